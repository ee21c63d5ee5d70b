# Bir sonucun özeti: dosyanın altındaki satırlar, resim, grupların düğmeleri.
# Kendi metni olmayan kontrol kendi ölçeğinin metnini alır: son görülmeden bu yana geçen gün ya da sözler.

# Resmin satırları.
bucket-days-day = Son 1 gün içinde
bucket-days-week = 2–7 gün önce
bucket-days-month = 8–30 gün önce
bucket-days-older = 30 günden uzun süre önce
bucket-words-yes = Evet
bucket-words-yes_with = Evet, ayrıntılı
bucket-words-yes_without = Evet, ayrıntısız
bucket-words-no = Hayır
bucket-words-unknown = Bilinmiyor
bucket-tg_active-day = Son 1 gün içinde çevrimiçi
bucket-tg_active-week = 2–7 gün önce çevrimiçi
bucket-tg_active-month = 8–30 gün önce çevrimiçi
bucket-tg_active-older = 30 günden uzun süre önce çevrimiçi
bucket-wa_detail-yes = WhatsApp var
bucket-wa_detail-yes_with = WhatsApp var, durum metni var
bucket-wa_detail-yes_without = WhatsApp var, durum metni yok
bucket-wa_detail-no = WhatsApp yok
bucket-active_check-yes = Etkin
bucket-active_check-no = Etkin değil
bucket-band-yes = Band var
bucket-band-no = Band yok
bucket-others = Diğer yanıtlar
bucket-missing = Hizmetin dosyasında yok

# Dosyanın altındaki satırın parçaları: 1.310 numara son 1 gün içinde görüldü (%64)
said-days-day = { $numbers } numara son 1 gün içinde görüldü ({ $share })
said-days-week = { $numbers } numara 2–7 gün önce görüldü ({ $share })
said-days-month = { $numbers } numara 8–30 gün önce görüldü ({ $share })
said-days-older = { $numbers } numara 30 günden uzun süre önce görüldü ({ $share })
said-words-yes = { $numbers } evet ({ $share })
said-words-yes_with = { $numbers } evet, ayrıntılı ({ $share })
said-words-yes_without = { $numbers } evet, ayrıntısız ({ $share })
said-words-no = { $numbers } hayır ({ $share })
said-words-unknown = { $numbers } bilinmiyor ({ $share })
said-wa_detail-yes = { $numbers } numarada WhatsApp var ({ $share })
said-wa_detail-yes_with = { $numbers } numarada WhatsApp ve durum metni var ({ $share })
said-wa_detail-yes_without = { $numbers } numarada WhatsApp var, durum metni yok ({ $share })
said-wa_detail-no = { $numbers } numarada WhatsApp yok ({ $share })
said-active_check-yes = { $numbers } etkin ({ $share })
said-active_check-no = { $numbers } etkin değil ({ $share })
said-band-yes = { $numbers } numarada Band var ({ $share })
said-band-no = { $numbers } numarada Band yok ({ $share })
said-word = { $numbers } “{ $word }” ({ $share })
said-others = { $numbers } diğer yanıt ({ $share })
said-missing = Hizmet { $numbers } numarayı döndürmedi ({ $share })
said-foreign = Dosyadaki { $numbers } numara listenizde yoktu

# Resimdeki çubukların çevresi.
chart-subtitle = { $check } · { $numbers } numara
chart-subtitle-day = { $check } · { $date } · { $numbers } numara
chart-footer = Tam dolu bir çubuk listenin tamamını gösterir.
chart-footer-known = { $known } tanesi bellekten, en eski yanıt: { $date }. Tam dolu bir çubuk listenin tamamını gösterir.

# Düğmeler: yalnızca bir grubun numaraları.
group-days-yes = Son 1 haftada görülen
group-days-no = 1 haftadır görülmeyen
group-words-yes = Evet
group-words-no = Hayır
group-words-unknown = Bilinmiyor
group-wa_detail-yes = WhatsApp olan
group-wa_detail-no = WhatsApp olmayan
group-active_check-yes = Etkin olan
group-active_check-no = Etkin olmayan
group-band-yes = Band: var
group-band-no = Band: yok
group-band-unknown = Bilinmeyen, diğer
group-button = { $group } · { $numbers }
