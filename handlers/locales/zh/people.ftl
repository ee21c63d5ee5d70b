# 谁可以使用机器人：申请、邀请、管理页面、额度与条款。

access-ask = 也可以点下面的按钮：我会询问机器人的所有者，并把答复告诉您。
access-waiting = 您的申请已转交机器人的所有者。有答复后我会在这里告诉您。
access-not-now = 您目前无法使用。从 { $date } 起可以（再次）申请。
access-link-gone = ⌛ 此链接已被使用或已过期。请索取新的链接。
access-yours = ✅ 您已获准使用。请发送号码名单，或发送 /start 了解我能做什么。
access-refused = 抱歉，此机器人目前不对您开放。一周后可以再次申请。
access-inside = 您已经可以使用：请发送号码名单。
button-ask = 申请使用

# 给所有者。
access-asked = 🙋 <b>{ $name }</b>（ID <code>{ $id }</code>）申请使用。
access-decided-member = ✅ <b>{ $name }</b>（ID <code>{ $id }</code>）已由 { $owner } 批准。
access-decided-refused = 🚫 <b>{ $name }</b>（ID <code>{ $id }</code>）已被 { $owner } 拒绝。
access-decided-removed = 🚫 <b>{ $name }</b>（ID <code>{ $id }</code>）已被 { $owner } 移除。
button-let-in = 批准
button-refuse = 拒绝
invite-link =
    🔗 此链接可让一个人加入，一天后失效。请只发给本人：

    { $link }

people-none = 还没有人加入。/invite 可以生成邀请链接。
people-head = 👥 <b>成员</b> · { $count }
people-gone = 最近 30 天内自行注销的人数：{ $count }
people-line = { $place }. <b>{ $name }</b> · { $role } · { $used }
people-used = 今天 { $used } 个号码
people-used-of = 今天 { $used } / { $limit } 个号码
person-head = 👤 <b>{ $name }</b>（ID <code>{ $id }</code>）
person-since = { $role }，自 { $date }
person-decided = 由 { $owner } 决定
person-consent = { $date } 同意条款
role-owner = 所有者
role-guest = 访客
role-asked = 申请中
role-member = 成员
role-refused = 已拒绝
role-removed = 已移除
button-remove = 移除
button-quota = 每天 { $quota }
button-no-limit = 不限
button-usual = 默认

# 管理页面上的预算。
budget-used = { $period ->
    [month] 本月已花费
   *[day] 今天已花费
}：{ $used }
budget-used-of = { $period ->
    [month] 本月已花费
   *[day] 今天已花费
}：{ $used } / { $limit }
budget-choose = 💰 <b>{ $name }</b> · { $period ->
    [month] 每月预算
   *[day] 每日预算
}
button-budget = { $period ->
    [month] 每月预算
   *[day] 每日预算
}

# /groups，给所有者。
groups-none = 我不在任何群组中。
groups-head = 👥 <b>群组</b> · { $count }
groups-line = { $place }. <b>{ $title }</b> · { $name } · 号码：今天 { $used } 个，30 天内 { $numbers } 个
groups-one = 👥 <b>{ $title }</b>（ID <code>{ $id }</code>）
groups-added = 添加者：{ $name }
groups-added-on = 添加者：{ $name }，{ $date }
groups-nobody = 未知
groups-paused = ⏸ 已暂停：添加我的人不再有使用权限。
groups-leave =
    <b>要退出这个群组吗？</b>

    <b>{ $title }</b>：那里的检测会继续。结果保留 30 天，有人再次添加我时发送。
button-leave = 退出

quota-left = 您今天还可检测 { $left } / { $limit } 个号码。
choose-over_quota = ⚠️ 超出了您今天的剩余额度。额度在 UTC 午夜重置；请届时再检测，或现在发送较短的名单。
choose-over_day = ⚠️ 此名单超过您每天可检测的总数（{ $limit } 个号码）。请分批发送，或向所有者申请更多额度。
quota-over-alert = 另一项检测用掉了您今天的剩余额度。没有开始，也没有产生任何费用。
access-over-alert = 您已无权使用此机器人，或尚未同意条款。没有开始，也没有产生任何费用。
sweep-refused = 同一号段的号码过多：七天内，每一千个相邻号码中最多可查 { $limit } 个。没有开始，也没有产生任何费用。请去掉该号段的大部分号码，或过几天再试。

# 预算：开始之前的页面、按钮上方的提示，以及给本人的一次通知。
budget-left = { $which ->
    [own_month] 您本月预算剩余
    [group_day] 本群今天的预算剩余
    [group_month] 本群本月预算剩余
   *[own_day] 您今天的预算剩余
}：{ $left } / { $limit }
choose-over_budget = ⚠️ { $which ->
    [own_month] 费用超出您本月预算的剩余部分（{ $left } / { $limit }）。预算于每月 1 日（UTC）重置。
    [group_day] 费用超出本群今天预算的剩余部分（{ $left } / { $limit }）。预算于 UTC 午夜重置。
    [group_month] 费用超出本群本月预算的剩余部分（{ $left } / { $limit }）。预算于每月 1 日（UTC）重置。
   *[own_day] 费用超出您今天预算的剩余部分（{ $left } / { $limit }）。预算于 UTC 午夜重置。
}没有扣费。
choose-uncounted = ⚠️ 这里设有预算，而此项检测没有可计入预算的 { $currency } 价格，因此无法开始。已通知机器人所有者。没有扣费。
budget-nearly = ⚠️ { $period ->
    [month] 您本月预算还剩 { $left }（共 { $limit }）。预算于每月 1 日（UTC）重置。
   *[day] 您今天的预算还剩 { $left }（共 { $limit }）。预算于 UTC 午夜重置。
}
budget-spent = ⛔ { $period ->
    [month] 您本月的预算（{ $limit }）已用完。预算于每月 1 日（UTC）重置。
   *[day] 您今天的预算（{ $limit }）已用完。预算于 UTC 午夜重置。
}

# 第一次检测之前。
consent-text =
    <b>首次检测前确认一次</b>

    您提交的号码会发送给外部服务。请确认您有权检测这些号码：它们属于您，或者您有法律允许的理由检测它们；并且您不会用结果打扰任何人。

    我会记录您的同意及其时间。
consent-noted = ✅ 已记录：您确认有权检测所提交的号码。
consent-send-again = 请再发送一次号码。
button-agree-start = 我确认 · 开始
button-agree = 我确认
