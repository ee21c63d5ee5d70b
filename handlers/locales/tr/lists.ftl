# Liste kartı: ne gönderildi.

list-pasted = Yapıştırılan liste
list-and-more = { $name } ve { $more } dosya daha

list-reading = 📄 <b>{ $title }</b>
    Okunuyor…

list-ready = 📄 <b>{ $title }</b>: { $ready } numara hazır
list-duplicates = { $duplicates } yinelenen
list-rejected = { $rejected } satır numara değil
list-national = { $national ->
    [one] Bir satır ülke kodu olmayan bir numaraya benziyor. Ülkesini söylerseniz o da sayılır.
   *[other] { $national } satır ülke kodu olmayan numaralara benziyor. Ülkeyi söylerseniz onlar da sayılır.
}
list-title = 📄 <b>{ $title }</b>
list-choose = Hangi kontrol yapılsın? Henüz hiçbir şey harcanmadı.
button-more-checks = Diğer kontroller
list-no-checks = Şu anda kurulu bir kontrol yok, bu yüzden seçilecek bir şey de yok. Bot sahibi nedenini <code>numberdesk doctor</code> ile görebilir.
list-discarded = 📄 <b>{ $title }</b>
    Liste silindi. Numaralar da kalıcı olarak silindi; hiçbir şey harcanmadı.

# Listenin ne sayıldığı; varsayım gerektirmeyen hakkında bir şey söylenmez.
list-of-table = { $source }: { $assumed }
list-more-tables = ve { $more } tane daha
list-all-columns = bütün sütunlar
list-columns = { $count ->
    [one] { $names } sütunu
   *[other] { $names } sütunları
}
list-column-name = “{ $header }”
list-columns-many = { $count } sütun
list-read-as = { $country } olarak okundu
list-read-coded = başlarındaki ülke kodlarıyla okundu
list-unread = { $country } numaralarına benziyor, henüz okunmadı
list-reads-badly = Birçok satır bu ülkenin numarası değil. Başka bir ülkedense aşağıdan değiştirin.
list-old-forms = { $old ->
    [one] Bir numara eski biçimdeydi: { $written }, şöyle okundu: { $present }
   *[other] { $old } numara eski biçimdeydi, örneğin { $written }; şöyle okundu: { $present }
}
list-old-forms-out = Eski biçimdeki { $old } numara dışarıda bırakıldı
list-unusual = Alışılmadık { $unusual } numara dışarıda bırakıldı: uzunlukları olası, ama bildiğim hiçbir aralıkta değiller, örneğin { $example }
list-unusual-in = Alışılmadık { $unusual } numara dahil edildi, örneğin { $example }
list-hidden = { $hidden } gizli satır dışarıda bırakıldı
list-hidden-in = Gizli satırlar dahil edildi

# Yalnızca kişinin söyleyebileceği şeyler.
ask-column = { $source } içinde birden çok sütunda numara var. Hangisini kontrol edeyim?
ask-country = { $national ->
    [one] Bir satırda ülke kodu olmayan bir numara var. Hangi ülkeden?
   *[other] { $national } satırda ülke kodu olmayan numaralar var. Hangi ülkeden?
}
ask-country-again = Ülke kodu olmayan numaralar şu ülkenin sayıldı: { $country }. Hangi ülkeden?
ask-country-rival = Ülke kodu olmayan numaralar burada şu ülkenin sayılır: { $country }. Ama bunlar şu ülkenin numaralarına benziyor: { $rival }. Hangi ülkeden?
ask-country-how = Aşağıdan seçin ya da ülkenin adını veya kodunu yazın, örneğin <i>Brezilya</i> ya da <i>+55</i>.
ask-country-how-here = Aşağıdan seçin ya da bu mesajı ülkenin adıyla veya koduyla yanıtlayın, örneğin <i>Brezilya</i> ya da <i>+55</i>.
ask-country-none = “{ $text }” adında bir ülke bilmiyorum. Lütfen İngilizce adını ya da kodunu deneyin.
button-column = { $header }: { $example }
button-column-bare = { $place }. sütun: { $example }
button-all-columns = Hepsi
button-country = { $national ->
    [one] Ülkesini belirt
   *[other] { $national } numaranın ülkesini belirt
}
button-change-country = Ülkeyi değiştir
button-always = Burada hep { $country }
button-another-column = Başka bir sütun
button-another-column-of = { $source }: başka bir sütun
button-unusual-in = Alışılmadık { $unusual } numarayı dahil et
button-unusual-out = Alışılmadık { $unusual } numarayı çıkar
button-hidden-in = { $hidden } gizli satırı dahil et
button-hidden-out = Gizli satırları çıkar
button-old-forms-in = Eski biçimdeki { $old } numarayı dahil et
button-old-forms-out = Eski biçimdeki { $old } numarayı çıkar
country-is = Ülke kodu olmayan numaralar burada şu ülkenin sayılır: <b>{ $country }</b> (+{ $code }).
country-none = Ülke kodu olmayan numaraların hangi ülkeden olduğunu henüz bilmiyorum.
country-how = Aşağıdan başka birini seçin ya da <code>/country</code> ve ülkenin adını yazın, örneğin <code>/country Brezilya</code>. Daha önce gönderdiğiniz listeler olduğu gibi kalır.

button-left-out = Dışarıda kalanları göster
button-discard = Listeyi sil

left-out-caption = <b>{ $title }</b> listesinin dışında kalanlar, bulundukları satırla birlikte.
left-out-line = { $line }: { $text } — { $reason }
left-out-file = { $title } · dışarıda kalanlar.csv
left-out-gone = Bu listenin dışında kalanlar artık silinmiş.
left-out-head-file = Dosya
left-out-head-line = Satır
left-out-head-text = Metin
left-out-head-reason = Neden

reason-not_a_number = telefon numarası değil
reason-too_short = çok kısa
reason-too_long = çok uzun
reason-unknown_country = böyle bir ülke kodu yok
reason-unusual = olabilir, ama henüz bilinen bir aralıkta değil
reason-not_in_use = böyle bir numara yok
reason-no_country = ülke kodu eksik
reason-digits_lost = rakamlar e-tabloda kaybolmuş

# Bir liste neden okunamıyor. Her metin ne yapılacağını söyler.
trouble-empty = Dosya boş. Lütfen denetleyip yeniden gönderin.
trouble-not_a_list-protected = Bu dosya parola istiyor. Lütfen parolasız kaydedip yeniden gönderin.
trouble-not_a_list-spreadsheet = Bu e-tabloyu okuyamıyorum. Lütfen .xlsx ya da .csv olarak kaydedip gönderin.
trouble-not_a_list-archive = Bu tür arşivleri okuyamıyorum. Lütfen .zip ya da dosyaların kendisini gönderin.
trouble-not_a_list-empty_archive = Bu arşivde liste yok. Metin dosyalarını, e-tabloları ve kişileri (.vcf) okuyabilirim.
trouble-not_a_list-document = Bu bir belge ya da web sayfası, liste değil. Lütfen .txt, .csv ya da .xlsx dosyası gönderin.
trouble-harmful = Bu dosya açıldığında olması gerekenden çok daha büyük oluyor. Böyle dosyaları açmam. Lütfen listenin kendisini gönderin.
trouble-damaged = Bu dosya bozuk ya da eksik. Lütfen yeniden kaydedip bir daha gönderin.
trouble-too_wide = Bu tablo bir listeden çok daha büyük: çok fazla sütun ya da satır var. Lütfen yalnızca numara sütununu içeren bir dosya gönderin.
trouble-too_much = Bu dosyayı okumak, tek bir dosya için ayırdığımdan fazlasını istiyor; bu yüzden durdum. Hiçbir yere bir şey gönderilmedi. Lütfen yalnızca numara sütununu .csv veya .txt olarak kaydedip gönderin; uzunsa birkaç dosya halinde.
trouble-too_much_kept = Bu listeyle sizin için { $megabytes } MB'tan fazla numara saklamış olurdum. Lütfen gerekmeyen listeleri silin ya da sonuçları kullanılana kadar bekleyin ve yeniden gönderin.
lists-too-many = Okunmayı bekleyen { $count } listeniz var; bir kişi için sınır bu. Lütfen kartları gelince bunu yeniden gönderin; ondan hiçbir şey saklanmadı.
trouble-not_a_list-pdf = PDF içindeki numaraları okuyamam. Lütfen metin, metin dosyası ya da e-tablo olarak gönderin.
trouble-not_a_list-image = Bu bir resim. Lütfen numaraları metin, metin dosyası ya da e-tablo olarak gönderin.
trouble-not_a_list-unknown = Bu bir metin dosyası değil, okuyamıyorum. Lütfen metin dosyası, e-tablo ya da kişiler (.vcf) gönderin.
trouble-undecodable = Bu dosyanın harflerini çözemedim. Lütfen UTF-8 metin olarak kaydedip yeniden gönderin.
trouble-no_numbers = { $lines ->
    [0] İçinde tek bir satır bile yok.
    [one] Tek satırı bir telefon numarası değil.
   *[other] { $lines } satırın hiçbiri telefon numarası değil.
} Her satıra ülke koduyla bir numara yazın, örneğin <code>+44 20 7946 0018</code>.
trouble-country = Ülke kodu olmayan numaraları şu ülkenin saydım: { $country }. Başka bir ülkedense aşağıdan değiştirin.
trouble-nothing-spent = Hizmete hiçbir şey gönderilmedi, hiçbir şey harcanmadı.
trouble-here = Burada her şey <code>/check{ $bot }</code> ister: her dosyanın açıklamasında ya da numaraların önünde.
trouble-too_many = Çok fazla numara var: bir listede en fazla { $maximum } numara olabilir. Lütfen listeyi bölün.
trouble-sweep = { $count } numara hiç boşluk bırakmadan birbirini izliyor. Bu bot insanların elindeki listeleri temizler, numara aralıklarını taramaz.
trouble-too_big = Telegram botlara en fazla { $megabytes } MB boyutunda dosya veriyor. Lütfen dosyayı bölün ve parçaları birlikte gönderin: tek liste olurlar.
trouble-broken = Bu listede takıldım: hata listede değil, bende. Lütfen her satırda bir numara olacak şekilde düz metin olarak kaydedip gönderin.
trouble-download = Birkaç kez denedim ama Telegram dosyayı vermedi. Lütfen yeniden gönderin.
trouble-card = 📄 <b>{ $title }</b>
