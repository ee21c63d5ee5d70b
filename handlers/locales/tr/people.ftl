# Botu kim kullanabilir: erişim isteği, davetler, sahiplerin sayfaları, kotalar ve koşullar.

access-ask = Ya da düğmeye dokunun: bot sahibine sorarım ve yanıtını size iletirim.
access-waiting = İsteğiniz bot sahibinde. Yanıt gelince burada haber veririm.
access-not-now = Şu anda kullanamazsınız. { $date } tarihinden itibaren (yeniden) isteyebilirsiniz.
access-link-gone = ⌛ Bu bağlantı kullanılmış ya da süresi dolmuş. Yenisini isteyin.
access-yours = ✅ Artık kullanabilirsiniz. Bana bir numara listesi gönderin; neler yapabildiğimi /start anlatır.
access-refused = Üzgünüm, bu bot şu anda size açık değil. Bir hafta sonra yeniden isteyebilirsiniz.
access-inside = Zaten erişiminiz var: bana bir numara listesi gönderin.
button-ask = Erişim iste

# Sahiplere.
access-asked = 🙋 <b>{ $name }</b> (kimlik <code>{ $id }</code>) erişim istiyor.
access-decided-member = ✅ <b>{ $name }</b> (kimlik <code>{ $id }</code>): { $owner } erişim verdi.
access-decided-refused = 🚫 <b>{ $name }</b> (kimlik <code>{ $id }</code>): { $owner } reddetti.
access-decided-removed = 🚫 <b>{ $name }</b> (kimlik <code>{ $id }</code>): { $owner } erişimi kaldırdı.
button-let-in = Erişim ver
button-refuse = Reddet
invite-link =
    🔗 Bu bağlantı bir kişiyi içeri alır ve bir gün geçerlidir. Yalnızca o kişiye gönderin:

    { $link }

people-none = Henüz kimse yok. /invite bir bağlantı oluşturur.
people-head = 👥 <b>Kişiler</b> · { $count }
people-gone = Son 30 günde kendi isteğiyle ayrılanlar: { $count }
people-line = { $place }. <b>{ $name }</b> · { $role } · { $used }
people-used = bugün { $used } numara
people-used-of = bugün { $used } / { $limit } numara
person-head = 👤 <b>{ $name }</b> (kimlik <code>{ $id }</code>)
person-since = { $role }, { $date } tarihinden beri
person-decided = Karar: { $owner }
person-consent = Koşulları { $date } tarihinde kabul etti
role-owner = sahip
role-guest = konuk
role-asked = erişim istiyor
role-member = üye
role-refused = reddedildi
role-removed = çıkarıldı
button-remove = Çıkar
button-quota = Günde { $quota }
button-no-limit = Sınırsız
button-usual = Varsayılan

# Sahiplerin sayfalarındaki bütçeler.
budget-used = { $period ->
    [month] Bu ay harcanan
   *[day] Bugün harcanan
}: { $used }
budget-used-of = { $period ->
    [month] Bu ay harcanan
   *[day] Bugün harcanan
}: { $used } / { $limit }
budget-choose = 💰 <b>{ $name }</b> · { $period ->
    [month] aylık bütçe
   *[day] günlük bütçe
}
button-budget = { $period ->
    [month] Aylık bütçe
   *[day] Günlük bütçe
}

# /groups, sahipler için.
groups-none = Hiçbir grupta değilim.
groups-head = 👥 <b>Gruplar</b> · { $count }
groups-line = { $place }. <b>{ $title }</b> · { $name } · numara: bugün { $used }, 30 günde { $numbers }
groups-one = 👥 <b>{ $title }</b> (kimlik <code>{ $id }</code>)
groups-added = Ekleyen: { $name }
groups-added-on = Ekleyen: { $name }, { $date }
groups-nobody = bilinmiyor
groups-paused = ⏸ Duraklatıldı: beni ekleyen kişinin artık erişimi yok.
groups-leave =
    <b>Bu gruptan ayrılayım mı?</b>

    <b>{ $title }</b>: oradaki kontroller sürer. Sonuçlar 30 gün bekler ve biri beni yeniden eklerse gelir.
button-leave = Ayrıl

quota-left = Bugün için kalan: { $left } / { $limit } numara.
choose-over_quota = ⚠️ Bu, bugün için kalandan fazla. Hak, UTC gece yarısında yenilenir; o zaman başlatın ya da şimdi daha kısa bir liste gönderin.
choose-over_day = ⚠️ Bu liste, bir günde kontrol ettirebileceğinizin tamamından büyük ({ $limit } numara). Parça parça gönderin ya da bot sahibinden daha fazlasını isteyin.
quota-over-alert = Bugün için kalanı başka bir kontrol kullandı. Hiçbir şey başlatılmadı ve harcanmadı.
access-over-alert = Bu bota artık erişiminiz ya da koşullara onayınız yok. Hiçbir şey başlatılmadı ve harcanmadı.
sweep-refused = Aynı aralıktan çok fazla numara: yedi günde bin komşu numaradan en çok { $limit }. Hiçbir şey başlatılmadı ve harcanmadı. O aralığın çoğunu çıkarın ya da birkaç gün sonra yeniden deneyin.

# Bütçeler: başlatmadan önceki sayfada, düğmenin üzerinde ve bir kez kişiye.
budget-left = { $which ->
    [own_month] Bu ayki bütçenizden kalan
    [group_day] Bu grubun bugünkü bütçesinden kalan
    [group_month] Bu grubun bu ayki bütçesinden kalan
   *[own_day] Bugünkü bütçenizden kalan
}: { $left } / { $limit }
choose-over_budget = ⚠️ { $which ->
    [own_month] Bunun fiyatı, bu ayki bütçenizden kalandan fazla ({ $left } / { $limit }). Bütçe ayın 1’inde yenilenir (UTC).
    [group_day] Bunun fiyatı, bu grubun bugünkü bütçesinden kalandan fazla ({ $left } / { $limit }). Bütçe UTC gece yarısında yenilenir.
    [group_month] Bunun fiyatı, bu grubun bu ayki bütçesinden kalandan fazla ({ $left } / { $limit }). Bütçe ayın 1’inde yenilenir (UTC).
   *[own_day] Bunun fiyatı, bugünkü bütçenizden kalandan fazla ({ $left } / { $limit }). Bütçe UTC gece yarısında yenilenir.
} Ücret alınmadı.
choose-uncounted = ⚠️ Burada bir bütçe var, bu kontrolün ise bütçeden düşülebilecek { $currency } fiyatı yok; bu yüzden başlatılamaz. Bot sahibine bildirildi. Ücret alınmadı.
budget-nearly = ⚠️ { $period ->
    [month] Bu ayki bütçenizden { $left } kaldı (toplam { $limit }). Bütçe ayın 1’inde yenilenir (UTC).
   *[day] Bugünkü bütçenizden { $left } kaldı (toplam { $limit }). Bütçe UTC gece yarısında yenilenir.
}
budget-spent = ⛔ { $period ->
    [month] Bu ayki bütçeniz ({ $limit }) bitti. Bütçe ayın 1’inde yenilenir (UTC).
   *[day] Bugünkü bütçeniz ({ $limit }) bitti. Bütçe UTC gece yarısında yenilenir.
}

# İlk kontrolden önce.
consent-text =
    <b>İlk kontrolden önce, bir kez</b>

    Gönderdiğiniz numaralar dış hizmetlere iletilir. Lütfen onları kontrol ettirmeye hakkınız olduğunu onaylayın: numaralar sizin, ya da yasanın izin verdiği bir nedenle ilişkide olduğunuz kişilerin; yanıtları kimseyi rahatsız etmek için kullanmayacaksınız.

    Kabul ettiğinizi ve zamanını kaydederim.
consent-noted = ✅ Kaydedildi: gönderdiğiniz numaraları kontrol ettirebileceğinizi onayladınız.
consent-send-again = Lütfen numarayı bir kez daha gönderin.
button-agree-start = Onaylıyorum · Başlat
button-agree = Onaylıyorum
