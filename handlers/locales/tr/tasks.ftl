# Süren ya da biten bir kontrolün kartı ve /tasks.

task-head = 📄 <b>{ $title }</b> · { $check }

task-confirmed = ⏳ Gönderilmeyi bekliyor · { $numbers } numara
task-waiting-service_down = Hizmete şu anda ulaşılamıyor. Denemeyi sürdürüyorum; yanıt verene kadar hiçbir şey harcanmaz.
task-waiting-service_busy = Hizmet meşgul, beklememi istedi. İzin verir vermez listeyi göndereceğim.
task-waiting-service_broken = Hizmet kendi içinde bir hata bildiriyor; bunun ücreti yok. Birkaç kez daha deneyeceğim.
task-submitting = ⏳ { $numbers } numara gönderiliyor…
task-submitted = ⏳ Hizmetin sırasında · { $numbers } numara
task-processing = { $bar } { $done } / { $numbers }
task-known = { $all } numaradan { $numbers } tanesi hizmete gider · { $known } tanesi biliniyor
task-time-left = Kalan süre: { $time }
task-cost = Tutar { $cost }
task-exported = ✅ Kontrol edilen: { $numbers }. Sonuç dosyası alınıyor…
task-exported-trouble = ✅ Kontrol edilen: { $numbers }. Sonuç dosyası henüz alınamıyor; denemeyi sürdürüyorum, bot sahibine de bildirildi.
task-delivered = ✅ Bitti · { $numbers } numara kontrol edildi. Sonuç dosyası bu sohbette.
task-known-done = { $known } tanesi de bellekten: dosyanın altındaki düğmeler { $all } numaranın tümünü kapsar.
task-recalling = ⏳ Hatırladıklarımı yazıyorum · { $numbers } numara
task-remembered = ✅ Bitti · { $numbers } numara bellekten. Liste bu sohbette.
task-remembered-privately = ✅ Bitti · { $numbers } numara bellekten. Liste, gönderen kişiye özel olarak iletildi.

task-unconfirmed =
    ⚠️ <b>Hizmetin bu listeyi alıp almadığını bilmiyorum.</b>

    Bağlantı kötü bir anda koptu. Liste alınmış ve ücreti kesilmiş olabilir, olmayabilir de. İki kez ödenmesin diye listeyi kendiliğimden yeniden göndermiyorum.

    Bot sahibine bildirildi; durumu hizmetten öğrenebilir. Siz de şimdi karar verebilirsiniz. Vazgeçseniz bile ücret alınabilir.
task-guess-taken = 💡 Bu arada hesabın bakiyesi azaldı: liste büyük olasılıkla alındı.
task-guess-taken-by = 💡 Bu arada hesabın bakiyesi { $fell } azaldı: liste büyük olasılıkla alındı.
task-guess-not_taken = 💡 Bu arada hesabın bakiyesi azalmadı: liste büyük olasılıkla alınmadı.
task-guess-unsure = 💡 Bu arada hesabın bakiyesi azaldı, ama bu listenin tutarı kadar değil: bundan kesin bir şey çıkmaz.
task-guess-unsure-by = 💡 Bu arada hesabın bakiyesi { $fell } azaldı, bu liste ise { $cost } tutar: bundan kesin bir şey çıkmaz.
task-failed = ❌ Hizmet listeyi aldı, ama sonra vazgeçti.
task-failed-do = Bot sahibi hizmete <code>{ $ref }</code> görevini sorabilir. Bir daha denemek için listeyi yeniden gönderin.
task-expired-no_progress = ⌛ Hizmet bu listede uzun süredir ilerlemiyor. Sormayı bıraktım.
task-expired-unknown_task = ⌛ Hizmet bu görevi artık tanımadığını söylüyor.
task-expired-not_offered = ⌛ Bu kontrol burada artık kurulu değil; bu yüzden hizmete uzun süredir soramadım. Denemeyi bıraktım. Yeniden kurulunca “Yeniden bak” ile sürer.
task-expired-key_refused = ⌛ Hizmet uzun süredir bu botun anahtarını kabul etmiyor. Sormayı bıraktım. Kabul edince “Yeniden bak” ile sürer.
task-expired-service_busy = ⌛ Hizmet uzun süredir yanıt veremeyecek kadar meşgul. Sormayı bıraktım.
task-expired-result = ⌛ Sonuç hizmette hazır, ama dosyası bütün bir gün boyunca alınamadı.
task-expired-result_unsafe = ☣️ Hizmetin dosyası olması gerektiği gibi değil: açıldığında bir sonucun olabileceğinden çok daha büyük oluyor. Bunu iletmiyorum, bot sahibine de bildirildi. “Yeniden bak” düğmesi dosyayı bir kez daha aldırır.
task-expired-result_set_aside = ☠️ Hizmetin dosyasını okurken iki kez durdum; bunu kendiliğimden yeniden denemiyorum. Sonucu hizmette duruyor, bot sahibine de bildirildi. “Yeniden bak” onu bir kez daha okutur.
task-expired-unreached = ⌛ Sonuç burada 30 gün bekledi, bu sohbete ulaştırılamadı; bendeki kopyayı sildim. “Yeniden bak” onu hizmetten bir kez daha ister.
task-expired-known_gone = ⌛ Bu listeden hatırladıklarım artık silindi. Listeyi yeniden gönderin: hâlâ hatırladıklarım ücretsizdir.
task-expired-do = Bot sahibi hizmete <code>{ $ref }</code> görevini sorabilir.
task-cost-again = Yeniden göndermek { $cost } daha tutar.
task-earlier-unclear = ⚠️ Daha önceki bir gönderme denemesine açık bir yanıt gelmedi: o deneme için yine de ücret alınabilir.
task-cancelled = Vazgeçildi. Bu kontrol için başka bir şey göndermiyorum. Hiçbir şey harcanmadı. Listeniz hâlâ burada:
task-cancelled-perhaps_charged = Vazgeçildi. Bu kontrol için başka bir şey göndermiyorum, ama hizmet yolda olan gönderim için yine de ücret alabilir. Listeniz hâlâ burada:
task-cancelled-undecided = ⌛ Bu kontrol 30 gün bekledi; ondan vazgeçtim ve listeyi sildim. Kontrol ettirmek için listeyi yeniden gönderin.
money-gone = Bu kontrolün parası harcandı: { $cost }.
money-gone-unpriced = Bu kontrolün parası harcandı.
money-not-gone = Hiçbir şey harcanmadı.
money-unclear = Ücret alınıp alınmadığı bilinmiyor.
task-service-says = Hizmet diyor ki: “{ $text }”

rejected-refused = ❌ Hizmet listeyi reddetti. Hiçbir şey harcanmadı.
rejected-key_refused = ❌ Hizmet şu anda bu botun anahtarını kabul etmiyor. Hiçbir şey harcanmadı, bot sahibine de bildirildi.
rejected-balance_too_low = ❌ Hizmetteki hesabın bakiyesi bu liste için yetersiz. Hiçbir şey harcanmadı. Bot sahibinden bakiye yüklemesini isteyin ya da daha kısa bir liste gönderin.
rejected-too_large = ❌ Liste bu hizmet için çok büyük. Hiçbir şey harcanmadı. Lütfen listeyi bölüp parçaları tek tek gönderin.
rejected-too_few = ❌ Liste, hizmetin bu kontrol için kabul ettiğinden küçük. Hiçbir şey harcanmadı. Başka bir kontrol seçin ya da listeyi bekletip daha fazla ekleyin.
rejected-unknown_task = ❌ Hizmet bu kontrolü sunmuyor. Hiçbir şey harcanmadı.
rejected-not_offered = ❌ Bu kontrol artık kurulu değil. Hiçbir şey harcanmadı.
rejected-numbers_gone = ❌ Bu listenin numaralarını artık okuyamıyorum; bu yüzden hiçbir şey göndermedim. Hiçbir şey harcanmadı. Kontrol ettirmek için listeyi yeniden gönderin.
rejected-held_back = ❌ Bu liste gönderilemeden önce uzun süre duraklamıştım; bu yüzden göndermedim. Hiçbir şey harcanmadı.
rejected-service_down = ❌ Hizmete uzun süre ulaşılamadı, denemeyi bıraktım. Liste gönderilmedi. Hiçbir şey harcanmadı.
rejected-service_busy = ❌ Hizmet uzun süre çok meşguldü, denemeyi bıraktım. Liste gönderilmedi. Hiçbir şey harcanmadı.
rejected-service_broken = ❌ Hizmet üst üste birkaç kez kendi hatasını bildirdi, denemeyi bıraktım. Kurallarına göre bu ücretsiz. Hiçbir şey harcanmadı.
rejected-do = Listeniz hâlâ burada. Başka bir kontrol seçin ya da daha sonra yeniden deneyin:

button-cancel = Gönderimi iptal et
button-send-again = Yeniden gönder (çift ücret riski)
button-drop = Vazgeç
button-look-again = Yeniden bak
button-file-again = Dosyayı yeniden gönder

button-found = Hizmette buldum
button-not-now = İptal
found-ask = <b>{ $title }</b>, { $service } hizmetinde hangi görev? Bu iletiyi, hizmetin sayfalarında görünen görev kimliğiyle yanıtlayın. Hizmet onu tanıyorsa ve listesinde de { $numbers } numara varsa izler, sonucunu getiririm. Hiçbir şey yeniden gönderilmez ya da ödenmez.
found-followed = ✅ Bulundu. Artık o görevi izliyorum; hiçbir şey yeniden gönderilmiyor.
found-not-no_id = Bu bir görev kimliği değil: harf, rakam ve işaretlerden oluşur, boşluk içermez. Soruyu bir kez daha yanıtlayın.
found-not-unknown = Hizmet bu kimlikte bir görev tanımıyor. Yeniden bakıp soruyu bir kez daha yanıtlayın.
found-not-other_list = O görevde bu listedekinden ({ $numbers }) farklı sayıda numara var, yani bu değil. Hiçbir şey değişmedi.
found-not-uncounted = Hizmet o görevin numaralarını henüz saymadı, karşılaştıramıyorum. Soruyu birkaç dakika sonra yeniden yanıtlayın.
found-not-taken = O görev bu botun başka bir listesine ait. Hiçbir şey değişmedi.
found-not-unreachable = Şu anda hizmete soramıyorum. Hiçbir şey değişmedi; soruyu daha sonra yeniden yanıtlayın.
found-not-late = Bu arada bu listede durum değişti. Bir şey yapmadım; son durumu /tasks{ $bot } gösterir.
found-not-anonymous = Grup adına yazıyorsunuz, bu yüzden kim olduğunuzu göremiyorum. Lütfen soruyu kendi adınızla bir kez daha yanıtlayın.

tasks-head = <b>Kontrolleriniz</b>
tasks-find = Adıyla bulmak için /tasks{ $bot } ve addan bir sözcük gönderin.
tasks-found = Adında “<b>{ $word }</b>” geçen kontroller
tasks-none-found = Burada adında “<b>{ $word }</b>” geçen bir şey yok. Tümünü /tasks{ $bot } gösterir.
button-newer = ‹ Daha yeni
button-older = Daha eski ›
button-first-file = İlk dosya: { $file }
tasks-none = Burada henüz bir şey yok. Başlamak için bir dosya gönderin ya da numara yapıştırın.
tasks-none-here = Burada henüz bir şey yok. Nasıl başlanacağını /help{ $bot } anlatır.
tasks-line = { $icon } { $date } · { $title } · { $check } · { $numbers }
tasks-line-progress = { $icon } { $date } · { $title } · { $check } · { $done } / { $numbers }
