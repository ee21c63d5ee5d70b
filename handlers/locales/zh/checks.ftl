# 各项检测。CHECKERS_FILE 中的检测若在此没有文本，则显示该文件中的文字。

check-tg_active = Telegram 活跃度
check-tg_active-about = 查询每个号码的 Telegram 账号最近一次上线是在几天之内：1 天、7 天、30 天，或未知。

check-wa_detail = WhatsApp 详情
check-wa_detail-about = 查询每个号码是否开通 WhatsApp、其签名内容以及签名的最近修改时间。

check-active_check = 号码状态
check-active_check-about = 查询每个号码是否在用：在用、停用或未知。

check-band = Band
check-band-about = 查询每个号码是否有 Band 账号。
