# 进行中或已完成检测的卡片，以及 /tasks。

task-head = 📄 <b>{ $title }</b> · { $check }

task-confirmed = ⏳ 等待提交 · { $numbers } 个号码
task-waiting-service_down = 目前无法连接服务。我会继续尝试；在它答复之前不会产生任何费用。
task-waiting-service_busy = 服务繁忙，要求稍等。一旦允许，我就提交名单。
task-waiting-service_broken = 服务报告了自身的错误，不产生费用。我会再试几次。
task-submitting = ⏳ 正在提交 { $numbers } 个号码…
task-submitted = ⏳ 在服务的队列中 · { $numbers } 个号码
task-processing = { $bar } { $done } / { $numbers }
task-known = { $all } 个中有 { $numbers } 个提交给服务 · { $known } 个已知
task-time-left = 剩余时间：{ $time }
task-cost = 费用 { $cost }
task-exported = ✅ 已检测：{ $numbers }。正在获取结果文件…
task-exported-trouble = ✅ 已检测：{ $numbers }。结果文件暂时无法获取；我会继续尝试，并已通知机器人所有者。
task-delivered = ✅ 完成 · 已检测 { $numbers } 个号码。结果文件在本聊天中。
task-known-done = 另有 { $known } 个来自记忆：文件下方的按钮包含全部 { $all } 个。
task-recalling = ⏳ 正在写出记住的内容 · { $numbers } 个号码
task-remembered = ✅ 完成 · { $numbers } 个号码来自记忆。名单在本聊天中。
task-remembered-privately = ✅ 完成 · { $numbers } 个号码来自记忆。名单已私下发给提交者。

task-unconfirmed =
    ⚠️ <b>不知道服务是否收下了这份名单。</b>

    连接在不巧的时候中断。名单可能已被收下并扣费，也可能没有。为避免重复付费，我不会自行再次发送。

    已通知机器人所有者，可以向服务查明。您也可以现在决定。即使放弃，仍可能被扣费。
task-guess-taken = 💡 其间账户余额有所减少：名单很可能已被收下。
task-guess-taken-by = 💡 其间账户余额减少了 { $fell }：名单很可能已被收下。
task-guess-not_taken = 💡 其间账户余额没有减少：名单很可能没有被收下。
task-guess-unsure = 💡 其间账户余额有所减少，但与这份名单的价格不符：无法确定。
task-guess-unsure-by = 💡 其间账户余额减少了 { $fell }，而这份名单的价格是 { $cost }：无法确定。
task-failed = ❌ 服务收下了名单，但后来放弃了。
task-failed-do = 机器人所有者可以向服务询问任务 <code>{ $ref }</code>。如要再试，请重新发送名单。
task-expired-no_progress = ⌛ 服务很久没有推进这份名单。我已停止询问。
task-expired-unknown_task = ⌛ 服务表示已不认识这个任务。
task-expired-not_offered = ⌛ 此项检测在这里已不再设置，所以很久无法询问服务。我已停止尝试。重新设置后，点按“再次查看”即可继续。
task-expired-key_refused = ⌛ 服务很久不接受本机器人的密钥。我已停止询问。恢复后，点按“再次查看”即可继续。
task-expired-service_busy = ⌛ 服务很久都太忙，无法答复。我已停止询问。
task-expired-result = ⌛ 服务已有结果，但整整一天都无法获取文件。
task-expired-result_unsafe = ☣️ 服务的文件不正常：解压后远远超出结果应有的大小。我不会转交它，并已通知机器人所有者。点按“再次查看”会重新获取一次。
task-expired-result_set_aside = ☠️ 我在读取服务的文件时两次中断，因此不会再自行尝试。结果保存在服务处，并已通知机器人所有者。点按“再次查看”会再读取一次。
task-expired-unreached = ⌛ 结果在这里存放了 30 天，一直无法送达本聊天，我已删除我的副本。点按“再次查看”会再次向服务索取。
task-expired-known_gone = ⌛ 关于这份名单记住的内容已被清除。请重新发送名单：仍记得的部分不收费。
task-expired-do = 机器人所有者可以向服务询问任务 <code>{ $ref }</code>。
task-cost-again = 重新发送需再付 { $cost }。
task-earlier-unclear = ⚠️ 之前有一次提交没有得到明确答复：那一次仍可能被扣费。
task-cancelled = 已放弃。我不再为此项检测发送任何内容。没有产生任何费用。您的名单还在这里：
task-cancelled-perhaps_charged = 已放弃。我不再为此项检测发送任何内容，但已在途中的提交仍可能被扣费。您的名单还在这里：
task-cancelled-undecided = ⌛ 此项检测已等待 30 天，我已将其放弃并删除名单。如需检测，请重新发送名单。
money-gone = 此项检测的费用已经产生：{ $cost }。
money-gone-unpriced = 此项检测的费用已经产生。
money-not-gone = 没有产生任何费用。
money-unclear = 不知道是否已扣费。
task-service-says = 服务表示：“{ $text }”

rejected-refused = ❌ 服务拒绝了名单。没有产生任何费用。
rejected-key_refused = ❌ 服务目前不接受本机器人的密钥。没有产生任何费用，并已通知机器人所有者。
rejected-balance_too_low = ❌ 服务账户的余额不足以检测这份名单。没有产生任何费用。请让机器人所有者充值，或发送较短的名单。
rejected-too_large = ❌ 名单超出此服务的上限。没有产生任何费用。请拆分后逐份发送。
rejected-too_few = ❌ 名单小于此项检测的最低要求。没有产生任何费用。请选择其他检测，或保留名单并继续添加。
rejected-unknown_task = ❌ 服务不提供此项检测。没有产生任何费用。
rejected-not_offered = ❌ 此项检测已不再设置。没有产生任何费用。
rejected-numbers_gone = ❌ 我已无法读取这份名单中的号码，因此没有提交任何内容。没有产生任何费用。如需检测，请重新发送名单。
rejected-held_back = ❌ 在提交这份名单之前，我停顿了很久，所以没有提交。没有产生任何费用。
rejected-service_down = ❌ 很久无法连接服务，我已停止尝试。名单没有提交。没有产生任何费用。
rejected-service_busy = ❌ 服务很久都太忙，我已停止尝试。名单没有提交。没有产生任何费用。
rejected-service_broken = ❌ 服务连续几次报告自身的错误，我已停止尝试。按其规则这是免费的。没有产生任何费用。
rejected-do = 您的名单还在这里。请选择其他检测，或稍后再试：

button-cancel = 不提交
button-send-again = 重新发送（可能重复扣费）
button-drop = 放弃
button-look-again = 再次查看
button-file-again = 重新发送文件

button-found = 我在服务处找到了
button-not-now = 取消
found-ask = <b>{ $title }</b> 在 { $service } 是哪个任务？请用服务页面上显示的任务 ID 回复本消息。如果服务认识它，且其名单同样有 { $numbers } 个号码，我就跟进并取回结果。不会再次发送或付费。
found-followed = ✅ 找到了。我现在跟进该任务；不会再次发送。
found-not-no_id = 这不是任务 ID：它由字母、数字和符号组成，不含空格。请再次回复该问题。
found-not-unknown = 服务不认识此 ID 的任务。请核对后再次回复该问题。
found-not-other_list = 该任务的号码数量与这份名单（{ $numbers }）不同，所以不是它。没有任何改动。
found-not-uncounted = 服务还没有数完该任务的号码，无法比较。请几分钟后再次回复该问题。
found-not-taken = 该任务已属于本机器人的另一份名单。没有任何改动。
found-not-unreachable = 现在无法询问服务。没有任何改动；请稍后再次回复该问题。
found-not-late = 这份名单的情况已有变化。我没有做任何改动；请用 /tasks{ $bot } 查看当前情况。
found-not-anonymous = 您正以群的名义发言，我无法知道您是谁。请用您自己的名字再次回复该问题。

tasks-head = <b>您的检测</b>
tasks-find = 按名称查找：发送 /tasks{ $bot } 加名称中的一个词。
tasks-found = 名称含“<b>{ $word }</b>”的检测
tasks-none-found = 这里没有名称含“<b>{ $word }</b>”的内容。/tasks{ $bot } 会显示全部。
button-newer = ‹ 较新
button-older = 较早 ›
button-first-file = 首个文件：{ $file }
tasks-none = 这里还什么都没有。请发送文件或粘贴号码来开始。
tasks-none-here = 这里还没有内容。/help{ $bot } 会说明如何开始。
tasks-line = { $icon } { $date } · { $title } · { $check } · { $numbers }
tasks-line-progress = { $icon } { $date } · { $title } · { $check } · { $done } / { $numbers }
