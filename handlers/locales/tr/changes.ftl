# Aynı kontrolün iki sonucu arasında değişenler.

button-changed = Neler değişti
changes-head = <b>{ $title }</b> · { $check }: neler değişti
changes-before = Önce: { $date } · { $title } · { $numbers } numara
changes-now = Şimdi: { $date } · { $title } · { $numbers } numara
changes-line = { $change }: { $numbers }
changes-not-whole = İkisinden birinin yanıtlarını hatırlıyorum, numaralarını değil; bu yüzden hangi numaraların eklendiğini ya da çıktığını söyleyemem.
changes-gone = İki sonuçtan biri artık yok: dosyası gitmiş, yanıtları da bellekte değil. Listeyi bir kez daha kontrol edin; ondan sonrasını karşılaştırabilirim.
changes-file = { $title } · neler değişti
changes-head-number = Numara
changes-head-before = Önce
changes-head-before_day = Kontrol tarihi (önce)
changes-head-now = Şimdi
changes-head-now_day = Kontrol tarihi (şimdi)
changes-head-change = Değişiklik
change-days-became_yes = Yeniden etkin
change-days-became_no = Etkinliğini yitiren
change-became_yes = Şimdi: { $group }
change-became_no = Şimdi: { $group }
change-new = Yeni
change-gone = Artık yok
change-unchanged = Değişmedi
change-not_known = Bilinmiyor

button-compare = Şununla karşılaştır…
compare-which = <b>{ $title }</b> · { $check }, { $date }: hangi listeyle karşılaştırılsın?
compare-none = Burada aynı kontrolden geçen başka hiçbir listede bu numaraların üçte birinden fazlası yok.
compare-line = { $date } · { $title } · { $numbers }
