# The clean list: what comes back for free, before any check.

button-clean = 整理名单（免费）
clean-coming = 整理好的名单马上就来。
clean-there = 刚才已经发过了。

clean-caption = ✨ <b>{ $title }</b>，已整理：{ $numbers } 个号码
clean-line = { $line }：{ $numbers }
clean-left-out = { $rejected } 行未收录
clean-next = 每个号码都标有国家或地区和类型，每个未收录的行都注明原因。下一步：请在上方卡片上选择检测。
clean-next-lines = 每个号码都标有国家或地区和类型，每个未收录的行都注明原因。下一步：请在上方卡片上选择检测，或在这里只选一部分号码。
clean-file = { $title } 已整理

# The columns of the file, and what stands in them.
clean-head-number = E.164
clean-head-country = 国家或地区
clean-head-code = ISO
clean-head-line = 类型
clean-head-given = 原文
clean-head-row = 行
clean-head-remark = 备注
clean-again = 重复
line-mobile = 手机
line-fixed = 固话
line-either = 手机或固话
line-toll_free = 免费电话
line-premium = 收费电话
line-voip = VoIP
line-other = 其他
line-unknown = 未知

# Lists of some of its numbers.
kept-mobile = 仅手机
kept-no_fixed = 不含固话
kept-either = 其中 { $numbers } 个号码也可能是固话：在其国家（如美国、加拿大）无法从号码看出。它们可能是手机，因此予以保留。

clean-no-source = Telegram 已不再提供您的文件，因此无法整理。请重新发送；上方卡片上的号码仍可检测。
clean-too-much = 这超出了我给单份名单的上限，因此我停止了。上方卡片上的号码仍可检测。
clean-broken = 处理时出错了：这是我的问题，已记入日志。您的名单没有任何变化。
