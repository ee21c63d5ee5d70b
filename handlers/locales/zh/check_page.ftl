# /checks，供所有者查看：哪些检测已开启、价格多少、最近一次使用的情况。

checks-none = 没有可开启的检测：尚未设置任何服务的密钥。
checks-head = <b>检测</b>：共 { $count } 项，已开启 { $on } 项。价格按 1000 个号码计。
checks-on = 🟢 <b>{ $check }</b>
checks-off = ⚪ <b>{ $check }</b>
checks-price = { $price }
checks-minimum = { $minimum } 个起
checks-never = 从未使用
checks-taken = { $date }：已收下
checks-open = { $date }：尚无答复
checks-refused = { $date }：被拒绝
checks-refused-words = { $date }：被拒绝，“{ $words }”

button-turn-on = 开启：{ $check }
button-turn-off = 关闭：{ $check }
