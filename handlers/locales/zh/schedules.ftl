# 每周、每月或每季度重新开始的检测。

button-repeat = 🔁 每月重复…
schedule-head = 🔁 <b>{ $title }</b> · { $check }
schedule-how-often = 这项检测要多久重新开始一次？
button-every-week = 每周
button-every-month = 每月
button-every-quarter = 每三个月
schedule-every-week = 每周一次，下次：{ $date }。
schedule-every-month = 每月一次，下次：{ $date }。
schedule-every-quarter = 每三个月一次，下次：{ $date }。
schedule-how = 前一天您会收到一张卡片，上面有<b>跳过这次</b>和<b>停止</b>。当天我会重新读取文件。届时如何开始检测？
schedule-texts = 粘贴的号码七天后会被删除，所以每次我都会请您再发一次名单。
schedule-no-price = 此项检测的价格未知，因此不能自动开始。
button-waits = 等我点“开始”
button-by-itself = 自动开始，最多 { $numbers } 个号码和 { $cost }
schedule-waits = 每份名单都等待<b>开始</b>。
schedule-by-itself = 不超过 { $numbers } 个号码和 { $cost } 时自动开始；超过时等待<b>开始</b>。
schedule-cost = 价格：{ $cost }
schedule-stopped = 已停止，不会再重新开始。
schedule-too-many = 您已有 { $count } 项这样的检测。请先停止其中一项。

schedule-says-planned = ✅ 已设置，没有任何花费。
schedule-says-tomorrow = 明天，{ $date }：{ $numbers } 个号码，与上次相同。
schedule-says-skipped = 这次已跳过。
schedule-says-begun = 名单已在此聊天中重新开始。
schedule-says-asks = ⚠️ 我已无法读取这份名单。请回复此消息再发一次：文件或号码都可以。之后我会用它继续。
schedule-says-paused = ⏸ 这次没有开始：把我加入此群的人已没有使用权限。
schedule-says-full = ⚠️ 这次没有开始：您有太多名单在等待读取。
schedule-says-numbers = ⚠️ 没有自动开始：号码多于约定的 { $numbers } 个。没有任何花费；请在名单的卡片上点<b>开始</b>。
schedule-says-dearer = ⚠️ 没有自动开始：费用超过约定的 { $cost }，或价格未知。没有任何花费；请在名单的卡片上点<b>开始</b>。
schedule-says-poor = ⚠️ 没有自动开始：账户余额可能不足。没有任何花费；充值后请在名单的卡片上点<b>开始</b>。
schedule-says-limits = ⚠️ 没有自动开始：有限额或条款未满足。没有任何花费；详情见名单的卡片。
schedule-says-off = ⚠️ 没有自动开始：此项检测目前不提供。没有任何花费；名单还在这里。

button-skip = 跳过这次
button-stop = 停止

stats-schedules = 🔁 定期检测：{ $on }，因无权限而结束：{ $done }
stats-schedule = { $name }：{ $check }，{ $every ->
    [week] 每周
    [month] 每月
   *[quarter] 每三个月
}，下次：{ $date }
button-schedules = 全部定期检测
button-sooner = ‹ 更早
button-later = 更晚 ›
