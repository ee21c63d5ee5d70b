# Bizim tarafımızda bir şey bozulduğunda.

error = Benim tarafımda bir sorun oluştu. Gönderdiklerinizin hiçbiri kaybolmadı ve başka bir şey harcanmayacak. Lütfen yeniden deneyin; sorun sürerse bot sahibine şu kodu iletin: <code>{ $ref }</code>
error-short = Benim tarafımda bir sorun oluştu ({ $ref }). Lütfen yeniden deneyin.
update-set-aside = Burada gönderilen ya da dokunulan bir şeyin ortasında üç kez durdum, artık kendiliğimden denemiyorum. /tasks{ $bot } süren ve ödenmiş işleri gösterir. Hâlâ gerekiyorsa lütfen yeniden gönderin ya da dokunun.
