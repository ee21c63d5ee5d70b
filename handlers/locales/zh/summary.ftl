# 检测结果的汇总：文件下方的文字、图片、分组按钮。
# 没有专用文本的检测使用其类别的文本：距上次上线的天数，或文字答复。

# 图片中的各行。
bucket-days-day = 1 天内
bucket-days-week = 2–7 天前
bucket-days-month = 8–30 天前
bucket-days-older = 超过 30 天前
bucket-words-yes = 是
bucket-words-yes_with = 是，有详情
bucket-words-yes_without = 是，无详情
bucket-words-no = 否
bucket-words-unknown = 未知
bucket-tg_active-day = 1 天内上线
bucket-tg_active-week = 2–7 天前上线
bucket-tg_active-month = 8–30 天前上线
bucket-tg_active-older = 超过 30 天未上线
bucket-wa_detail-yes = 有 WhatsApp
bucket-wa_detail-yes_with = 有 WhatsApp，有签名
bucket-wa_detail-yes_without = 有 WhatsApp，无签名
bucket-wa_detail-no = 无 WhatsApp
bucket-active_check-yes = 在用
bucket-active_check-no = 停用
bucket-band-yes = 有 Band
bucket-band-no = 无 Band
bucket-others = 其他答复
bucket-missing = 服务未返回

# 文件下方一行的各部分：1 天内上线 1,310 个（64%） · 2–7 天前上线 402 个（20%）
said-days-day = 1 天内上线 { $numbers } 个（{ $share }）
said-days-week = 2–7 天前上线 { $numbers } 个（{ $share }）
said-days-month = 8–30 天前上线 { $numbers } 个（{ $share }）
said-days-older = 超过 30 天未上线 { $numbers } 个（{ $share }）
said-words-yes = 是 { $numbers } 个（{ $share }）
said-words-yes_with = 是，有详情 { $numbers } 个（{ $share }）
said-words-yes_without = 是，无详情 { $numbers } 个（{ $share }）
said-words-no = 否 { $numbers } 个（{ $share }）
said-words-unknown = 未知 { $numbers } 个（{ $share }）
said-wa_detail-yes = 有 WhatsApp { $numbers } 个（{ $share }）
said-wa_detail-yes_with = 有 WhatsApp 且有签名 { $numbers } 个（{ $share }）
said-wa_detail-yes_without = 有 WhatsApp 但无签名 { $numbers } 个（{ $share }）
said-wa_detail-no = 无 WhatsApp { $numbers } 个（{ $share }）
said-active_check-yes = 在用 { $numbers } 个（{ $share }）
said-active_check-no = 停用 { $numbers } 个（{ $share }）
said-band-yes = 有 Band { $numbers } 个（{ $share }）
said-band-no = 无 Band { $numbers } 个（{ $share }）
said-word = “{ $word }” { $numbers } 个（{ $share }）
said-others = 其他答复 { $numbers } 个（{ $share }）
said-missing = 服务未返回的号码：{ $numbers } 个（{ $share }）
said-foreign = 文件中有 { $numbers } 个号码不在您的名单中

# 图片条形周围的文字。
chart-subtitle = { $check } · { $numbers } 个号码
chart-subtitle-day = { $check } · { $date } · { $numbers } 个号码
chart-footer = 满格表示整个名单。
chart-footer-known = 其中 { $known } 个来自记忆，最早的答复为 { $date }。满格表示整个名单。

# 按钮：只取一组号码。
group-days-yes = 一周内上线
group-days-no = 超过一周未上线
group-words-yes = 是
group-words-no = 否
group-words-unknown = 未知
group-wa_detail-yes = 有 WhatsApp
group-wa_detail-no = 无 WhatsApp
group-active_check-yes = 仅在用
group-active_check-no = 仅停用
group-band-yes = Band：有
group-band-no = Band：无
group-band-unknown = 未知或其他
group-button = { $group } · { $numbers }
