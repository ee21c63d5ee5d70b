# 单个查询：号码有没有 Telegram 账号？

lookup-yes = ✅ <b>{ $number }</b> 有 Telegram 账号。
    聊天 ID：<code>{ $account }</code>
lookup-unnamed = ✅ <b>{ $number }</b> 有 Telegram 账号。服务没有给出聊天 ID。
lookup-no = ➖ <b>{ $number }</b>：没有 Telegram 账号，或被隐私设置隐藏。
lookup-waiting = ⏳ 正在查询 <b>{ $number }</b>…
lookup-queued = ⏳ <b>{ $number }</b> 需要等待。
lookup-again = ⏳ 正在再次查询 <b>{ $number }</b>…
lookup-refused = ❌ 服务表示 <b>{ $number }</b> 不是电话号码。请检查后重新发送。
lookup-cancelled = 🗑 <b>{ $number }</b>：已取消，不再查询。

# 同样的内容，作为多号码卡片中的各行。
lookup-head = 🔎 <b>有 Telegram 吗？</b>已查询 { $done } / { $numbers }
lookup-line-yes = ✅ { $number } · <code>{ $account }</code>
lookup-line-unnamed = ✅ { $number } · 有账号
lookup-line-no = ➖ { $number } · 没有，或被隐私设置隐藏
lookup-line-waiting = ⏳ { $number }
lookup-line-again = ⏳ { $number } · 正在再次查询
lookup-line-refused = ❌ { $number } · 不是电话号码
lookup-line-cancelled = 🗑 { $number } · 已取消

lookup-why-failing = 查询服务没有正常答复。
lookup-why-slow = 查询服务答复缓慢。
lookup-why-busy = 查询服务要求等待。
lookup-why-quota = 本月的查询已用完。
lookup-why-other = 查询服务暂时无法使用；已通知机器人所有者。
lookup-why-limit = 查询服务在一段时间内只接受一定数量的号码。
lookup-place = 排队位置：{ $place }。下次尝试：{ $at }。
lookup-place-soon = 排队位置：{ $place }。队伍正在前进。
lookup-by-itself = 答复会自动发到这里，您无需任何操作。
lookup-stuck = 目前无法查询，也不知道何时恢复。机器人所有者可以查看原因。
lookup-memory = 来自已有记录：这是服务{ $age }前的答复。
lookup-memory-several = 部分结果来自已有记录；最早的答复是在{ $age }前。

lookup-usage =
    请在命令后写一个电话号码，例如 <code>/check{ $bot } +44 20 7946 0018</code>，最多十个，每行一个。您也可以用 <code>/check{ $bot }</code> 回复一条含有号码的消息。
lookup-no-number =
    没有在其中找到电话号码。请带上国家代码，例如 <code>/check{ $bot } +44 20 7946 0018</code>。
lookup-too-many = 您等待中的查询已达每人上限。它们都会得到答复；请在此之后继续查询，或把号码作为名单放在文件里发送。
lookup-too-many-short = 您等待中的查询已达每人上限。请等它们有答复后再继续。
lookup-over-day = 这超出了每人每天逐个查询的上限。没有查询，也没有产生任何费用。额度在 UTC 午夜重置；号码较多时，请放在文件里作为名单发送。
lookup-too-soon = 这个问题不久前刚问过。{ $at } 起可以再问一次。

button-copy = { $ids ->
    [1] 复制聊天 ID
   *[other] 复制 { $ids } 个聊天 ID
}
button-ask-again = 再次查询
button-cancel-lookup = 取消
button-look-up = 逐个查询有无 Telegram
