# The clean list: what comes back for free, before any check.

button-clean = Temiz liste (ücretsiz)
clean-coming = Temiz listeniz yolda.
clean-there = Bu az önce geldi.

clean-caption = ✨ <b>{ $title }</b>, temiz liste: { $numbers } numara
clean-line = { $line }: { $numbers }
clean-left-out = { $rejected } satır dışarıda kaldı
clean-next = Her numaranın ülkesi ve türü, dışarıda kalan her satırın nedeni yanında. Sonraki adım: yukarıdaki karttan bir kontrol seçin.
clean-next-lines = Her numaranın ülkesi ve türü, dışarıda kalan her satırın nedeni yanında. Sonraki adım: yukarıdaki karttan bir kontrol ya da buradan numaraların bir kısmını seçin.
clean-file = { $title } temiz liste

# The columns of the file, and what stands in them.
clean-head-number = E.164
clean-head-country = Ülke
clean-head-code = ISO
clean-head-line = Tür
clean-head-given = Yazıldığı gibi
clean-head-row = Satır
clean-head-remark = Not
clean-again = yinelenen
line-mobile = cep
line-fixed = sabit hat
line-either = cep veya sabit
line-toll_free = ücretsiz hat
line-premium = ücretli hat
line-voip = VoIP
line-other = diğer
line-unknown = bilinmiyor

# Lists of some of its numbers.
kept-mobile = Yalnızca cep
kept-no_fixed = Sabit hatlar olmadan
kept-either = { $numbers ->
    [one] Bu numaralardan biri sabit hat da olabilir: ülkesinde (ABD veya Kanada'da olduğu gibi) bu, numaradan anlaşılmaz. Cep olabileceği için bıraktım.
   *[other] Bu numaralardan { $numbers } tanesi sabit hat da olabilir: ülkelerinde (ABD veya Kanada'da olduğu gibi) bu, numaradan anlaşılmaz. Cep olabilecekleri için bıraktım.
}

clean-no-source = Telegram dosyanızı artık vermiyor, bu yüzden ondan temiz liste yapamıyorum. Lütfen yeniden gönderin; yukarıdaki karttaki numaralar yine de kontrol edilebilir.
clean-too-much = Bu, tek bir liste için ayırdığımdan fazlasını istiyor; bu yüzden durdum. Yukarıdaki karttaki numaralar yine de kontrol edilebilir.
clean-broken = Bunda takıldım: bu benim hatam ve günlüğe yazıldı. Listeniz olduğu gibi duruyor.
