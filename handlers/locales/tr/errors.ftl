# Bizim tarafımızda bir şey bozulduğunda.

error = Benim tarafımda bir sorun oluştu. Gönderdiklerinizin hiçbiri kaybolmadı ve başka bir şey harcanmayacak. Lütfen yeniden deneyin; sorun sürerse bot sahibine şu kodu iletin: <code>{ $ref }</code>
error-short = Benim tarafımda bir sorun oluştu ({ $ref }). Lütfen yeniden deneyin.
