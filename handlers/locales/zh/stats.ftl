# /stats，给所有者。

stats-sound = 🟢 一切正常。
stats-service-paused = 🔑 <b>{ $service }</b> 不接受密钥
stats-instance-rests = ⏸ 实例 <b>{ $instance }</b> 暂停至 { $at }
stats-instance-held = ⏸ 实例 <b>{ $instance }</b> 已由所有者暂停
stats-unconfirmed = ⚠️ 过去一天有 { $tasks } 项检测状态不明
stats-expired = ⌛ 过去一天有 { $tasks } 项检测超时
stats-day = 今天（UTC）
stats-week = 最近 7 天
stats-month = 最近 30 天
stats-line = <b>{ $head }</b>：检测 { $tasks } 项，号码 { $numbers } 个
stats-bars = <code>{ $bars }</code> 每日号码数，最多 { $numbers }
stats-balance = { $service } 余额：{ $balance }
button-stats-day = 天
button-stats-week = 周
button-stats-month = 月
