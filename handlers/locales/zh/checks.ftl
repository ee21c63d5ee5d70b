# 各项检测。CHECKERS_FILE 中的检测若在此没有文本，则显示该文件中的文字。

check-tg_active = Telegram 活跃度
check-tg_active-about = 查询每个号码的 Telegram 账号最近一次上线是在几天之内：1 天、7 天、30 天，或未知。
column-tg_active = Telegram：最近上线（天前）

check-wa_detail = WhatsApp 详情
check-wa_detail-about = 查询每个号码是否开通 WhatsApp、其签名内容以及签名的最近修改时间。
column-wa_detail = WhatsApp：账号
column-wa_detail-signature = WhatsApp：签名
column-wa_detail-status_update = WhatsApp：签名修改日期

check-active_check = 号码状态
check-active_check-about = 查询每个号码是否在用：在用、停用或未知。
column-active_check = 是否在用

check-band = Band
check-band-about = 查询每个号码是否有 Band 账号。
column-band = Band：账号

check-tg = Telegram
check-tg-about = 查询每个号码是否有 Telegram 账号。

check-ws = WhatsApp
check-ws-about = 查询每个号码是否开通 WhatsApp。

check-ws_active = WhatsApp 活跃度
check-ws_active-about = 查询每个号码的 WhatsApp 账号是否在用。

check-viber = Viber
check-viber-about = 查询每个号码是否有 Viber 账号。

check-line = LINE
check-line-about = 查询每个号码是否有 LINE 账号。

check-zalo = Zalo
check-zalo-about = 查询每个号码是否有 Zalo 账号。

check-signal = Signal
check-signal-about = 查询每个号码是否有 Signal 账号。

check-rcs = RCS
check-rcs-about = 查询每个号码的手机能否接收 RCS 消息。

check-imessage = iMessage
check-imessage-about = 查询每个号码能否接收 iMessage。

check-vk = VK
check-vk-about = 查询每个号码是否有 VK 账号。

check-max = MAX
check-max-about = 查询每个号码是否有 MAX 账号。

check-facebook = Facebook
check-facebook-about = 查询每个号码是否有 Facebook 账号。

check-instagram = Instagram
check-instagram-about = 查询每个号码是否有 Instagram 账号。

check-phoneCheck = 号码信息
check-phoneCheck-about = 查询服务对每个号码所知的信息，按服务的原文显示。

check-usaCarrier = 美国运营商
check-usaCarrier-about = 查询每个美国号码的运营商，按服务的原文显示。
