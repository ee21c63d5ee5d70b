# 同一检测两次结果之间的变化。

button-changed = 有哪些变化
changes-head = <b>{ $title }</b> · { $check }：有哪些变化
changes-before = 之前：{ $date } · { $title } · { $numbers } 个号码
changes-now = 现在：{ $date } · { $title } · { $numbers } 个号码
changes-line = { $change }：{ $numbers }
changes-not-whole = 其中一次我只记得答案，不记得号码，因此无法判断哪些号码是新增的、哪些已不在。
changes-gone = 两份结果中有一份已经没有了：文件已失效，答案也不再记得。请把名单再检测一次，之后就可以比较。
changes-file = { $title } · 变化
changes-head-number = 号码
changes-head-before = 之前
changes-head-before_day = 检测日期（之前）
changes-head-now = 现在
changes-head-now_day = 检测日期（现在）
changes-head-change = 变化
change-days-became_yes = 重新活跃
change-days-became_no = 变为不活跃
change-became_yes = 现在：{ $group }
change-became_no = 现在：{ $group }
change-new = 新增
change-gone = 已不在
change-unchanged = 没有变化
change-not_known = 未知

button-compare = 与其他名单比较…
compare-which = <b>{ $title }</b> · { $check }，{ $date }：与哪份名单比较？
compare-none = 这里做过同一检测的其他名单中，没有一份包含这些号码的三分之一以上。
compare-line = { $date } · { $title } · { $numbers }
