# 通知所有者的内容，每个故障一次。

owner-key-refused = 🔑 <b>{ $service }</b> 拒绝了本机器人的密钥。在密钥被接受之前，它的检测全部停用；进行中的任务会保留。请在设置中填入有效的密钥并重启；如果密钥没有问题，请等待：我每十分钟再试一次。
owner-key-taken = 🔑 <b>{ $service }</b> 重新接受了密钥。它的检测已恢复。
owner-unconfirmed = ⚠️ 不清楚 <b>{ $service }</b> 是否收下了名单（任务 <code>{ $task }</code>，{ $check }）。已告知用户，用户可以重新发送或放弃。是否扣费，可在该服务自己的页面上查看。如果名单在那里，请点按按钮并告诉我任务 ID：我会跟进它，不会再次发送。
owner-second-task = ⚠️ <b>{ $service }</b> 已将名单收为其任务 <code>{ $remote }</code>，但无人跟进：在得知之前，检测 <code>{ $task }</code> 已被放弃或重新发送。很可能已扣费。结果可在该服务自己的页面上查看。
owner-download = ⚠️ 无法获取 <b>{ $service }</b> 任务 <code>{ $remote }</code> 的结果。我会继续尝试一天。
owner-unsafe = ☣️ <b>{ $service }</b> 任务 <code>{ $remote }</code> 的结果解压后远远超出结果应有的大小，或会写到不该写的位置。我不会转交它。用户可以让我重新获取；请向该服务询问这是什么。
owner-result-set-aside = ☠️ 机器人在查看 <b>{ $service }</b> 任务 <code>{ $remote }</code> 的结果时两次崩溃，该结果已搁置。每次崩溃之前发生的事见日志。
owner-list-set-aside = ☠️ 机器人在读取名单 <code>{ $ref }</code> 时两次崩溃，该名单已搁置，并已告知用户。每次崩溃之前发生的事见日志。
owner-mismatch = ⚠️ <b>{ $service }</b> 任务 <code>{ $remote }</code> 的结果与提交的号码不符：有的缺失，有的不同。结果已附带警告送达。
owner-too-big = ⚠️ <b>{ $service }</b> 任务 <code>{ $remote }</code> 的结果对 Telegram 来说太大。可在该服务自己的页面上获取；自建 Bot API 服务器可接收最大 2 GB 的文件。
owner-uncounted = ⚠️ 检测 <b>{ $check }</b> 没有 { $currency } 价格，因此有预算的人无法开始它。请在 CHECKERS_FILE 中设置价格，或在 /people 或 /groups 中取消预算。
owner-group-budget-nearly = ⚠️ { $period ->
    [month] 群组 <b>{ $group }</b> 本月预算还剩 { $left }（共 { $limit }）。预算于每月 1 日（UTC）重置。
   *[day] 群组 <b>{ $group }</b> 今天的预算还剩 { $left }（共 { $limit }）。预算于 UTC 午夜重置。
}
owner-group-budget-spent = ⛔ { $period ->
    [month] 群组 <b>{ $group }</b> 本月的预算（{ $limit }）已用完。预算于每月 1 日（UTC）重置，可在 /groups 中修改。
   *[day] 群组 <b>{ $group }</b> 今天的预算（{ $limit }）已用完。预算于 UTC 午夜重置，可在 /groups 中修改。
}
owner-balance-low = 🪫 <b>{ $service }</b> 的余额为 { $balance }，低于您设定的 { $alert }。请充值：费用超出余额的名单会被服务拒绝。
owner-balance-short = 🪫 有人选择的检测费用超出 <b>{ $service }</b> 的余额：{ $check }，{ $cost }。余额为 { $balance }。请充值；此提醒每天一次。

owner-instance-limit = ⏸ 查询服务的实例 <b>{ $instance }</b> 已达上限。暂时不再使用它，如果还不够就再久一些；查询会等待，或转到其他实例。发送 /instances 可查看还要等多久。
owner-instance-unready = 🌙 查询服务的实例 <b>{ $instance }</b> 正在启动或未授权。请在该服务的控制台重新登录；有人等待时，我每分钟试一次。
owner-instance-quota = 🪫 查询服务的实例 <b>{ $instance }</b> 本月套餐内的请求已用完。下个月开始之前不再使用它；如果您已升级套餐，可用 /instances 立即恢复。
owner-instance-refused = ⛔ 查询服务拒绝了实例 <b>{ $instance }</b> 的 ID 或令牌。请在 GREEN_API_INSTANCES 中填入正确的值并重启。
owner-instance-expired = ⌛ 查询服务的实例 <b>{ $instance }</b> 已过期，或已在那里删除。请续费，或将其从 GREEN_API_INSTANCES 中移除并重启；我每小时试一次。
owner-instance-suspended = 🚫 Telegram 限制了查询服务的实例 <b>{ $instance }</b> 的账号。限制多久请看该服务的控制台；其他实例照常答复时，我每小时试一次。
owner-instance-failing = ⚠️ 查询服务的实例 <b>{ $instance }</b> 连续多次没有正常答复。我会继续尝试，间隔越来越长。
owner-instance-back = 🟢 查询服务的实例 <b>{ $instance }</b> 已恢复正常。
