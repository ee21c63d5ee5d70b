# /instances，供所有者查看：查询服务各实例的状态。

instances-none = 尚未设置任何实例：GREEN_API_INSTANCES 为空。
instances-head = <b>查询服务的实例</b>
instances-waiting = { $waiting ->
    [0] 无人排队。
   *[other] 有 { $waiting } 个查询在排队。
}
instance-head = <b>{ $id }</b>
instance-works = 🟢 正常
instance-over = 🟡 可以再次使用；下一个查询会试用它
instance-held = ⏸ 已由所有者暂停，直到您恢复
instance-trouble-limit = ⏸ 已达上限；暂停至 { $at }
instance-trouble-unready = 🌙 正在启动或未授权；下次尝试：{ $at }
instance-trouble-quota = 🪫 套餐内的请求已用完；下次尝试：{ $at }
instance-trouble-refused = ⛔ ID 或令牌被拒绝；下次尝试：{ $at }
instance-trouble-expired = ⌛ 已过期或已删除；下次尝试：{ $at }
instance-trouble-suspended = 🚫 其账号已被 Telegram 限制；下次尝试：{ $at }
instance-trouble-busy = ⏳ 要求我们等到 { $at }
instance-trouble-failing = ⚠️ 没有正常答复；下次尝试：{ $at }
instance-budget = 十分钟内的号码：{ $spent } / { $budget }
instance-month = 本月（UTC）查询：{ $lookups }
instance-last = 最近答复：{ $answer }（{ $ago }前）
instance-answer-yes = 有账号
instance-answer-no = 无账号，或已隐藏
instance-answer-not_a_number = 不是电话号码
instance-answer-limit = 已达上限
instance-answer-unready = 正在启动或未授权
instance-answer-quota = 请求已用完
instance-answer-refused = 被拒绝
instance-answer-expired = 已过期或已删除
instance-answer-suspended = 账号受限
instance-answer-busy = 请求过多
instance-answer-failing = 无法理解的答复

button-pause = 暂停 { $id }
button-resume = 恢复 { $id }
button-resume-early = 提前恢复 { $id }
button-refresh = 刷新
