"""What people write above a column, in many languages."""

import re

NUMBER = re.compile(
    r"phone|mobile|msisdn|whats ?app|telegram|\bcell\b|^tel|handphone|"  # English, and everywhere
    r"телефон|моб|тел\b|номер|сотов|вотсап|ватсап|"  # Russian, Ukrainian, Bulgarian
    r"手机|手機|电话|電話|號碼|号码|联系方式|携帯|番号|"  # Chinese, Japanese
    r"전화|휴대|핸드폰|번호|"  # Korean
    r"\bcep\b|numara|telefon|gsm|"  # Turkish; German, Polish, Romanian and others
    r"tel[ée]f|m[óo]vil|celular|telem[óo]vel|t[ée]l[ée]ph|portable|"  # Spanish, Portuguese, French
    r"handy|mobil|rufnummer|cellulare|kom[óo]rk|"  # German, Nordic, Italian, Polish
    r"هاتف|جوال|موبايل|تليفون|تلفن|موبایل|همراه|شماره|"  # Arabic, Persian
    r"फ़?ोन|मोबाइल|नंबर|ফোন|মোবাইল|"  # Hindi, Bengali
    r"nomor|no\.? ?hp|telepon|điện thoại|di động|số đt|\bsđt\b|"  # Indonesian, Vietnamese
    r"โทร|มือถือ|טלפון|נייד|τηλ|κινητ",  # Thai, Hebrew, Greek
    re.IGNORECASE,
)
"""A column of phone numbers."""

COUNTRY = re.compile(
    r"country|\biso\b|dial(?:ling)? ?code|calling ?code|\bland\b|länder|\bpays\b|pa[íi]s|paese|"
    r"ülke|ulke|страна|країна|держава|kraj|země|negara|quốc gia|"
    r"国家|國家|国$|国名|국가|나라|دولة|الدولة|بلد|البلد|کشور|देश|ประเทศ|ארץ|מדינה|χώρα|țar|zemlja",
    re.IGNORECASE,
)
"""A column of countries."""
