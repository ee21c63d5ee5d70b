# 选定检测之后、开始之前的页面。

choose-head = 📄 <b>{ $title }</b> · { $check }
choose-about = <i>{ $about }</i>
choose-count = 将有 { $numbers } 个号码提交给服务。
choose-uncompared = ⚠️ 这次未能将名单与记住的答复进行比对，因此全部号码都会提交给服务。
choose-known = { $all } 个号码 · { $known } 个在最近 { $days } 天内已有答复 · { $numbers } 个提交给服务
choose-known-cost = { $cost }，而不是 { $full }
choose-known-all = { $all } 个号码 · 全部在最近 { $days } 天内已有答复。不会向服务提交任何号码，也不会产生任何费用。
choose-known-details = 状态文字等详细内容不会被记住。“全部重新检测”会取回这些内容。
choose-cost = 价格：{ $cost }
choose-no-price = 此项检测的价格暂时未知。
choose-balance = 账户余额：{ $balance }
choose-minimum = 服务接受的最小名单：{ $minimum } 个号码
choose-again = ⚠️ 这份名单已于 { $date } 做过此项检测。
choose-too_few = ⚠️ 此项检测至少需要 { $minimum } 个号码，而这份名单只有 { $numbers } 个。请选择其他检测，或保留名单并继续添加。
choose-new_too_few = ⚠️ 此项检测至少需要 { $minimum } 个号码，而新号码只有 { $numbers } 个。请保留名单并继续添加，或用“全部重新检测”提交整份名单。
choose-too_large = ⚠️ 此项检测最多接受 { $maximum } 个号码。请拆分名单。
choose-too-poor = ⚠️ 余额可能不足，需要充值：已通知机器人所有者。如果服务拒绝，不会产生任何费用。
price-changed-alert = 价格已有变化。没有开始，也没有产生任何费用。请查看现在的价格，再点按“开始”。
price-changed-again = 价格已有变化，尚未重新发送。请查看现在的价格，再点按“重新发送”。
choose-unavailable = 此项检测暂不可用：服务不接受本机器人的密钥。已通知机器人所有者。您的名单会保留。
choose-turned-off = 此项检测已关闭。没有产生任何费用，您的名单会保留。请选择其他检测。

button-start = 开始
button-start-new = 检测 { $numbers } 个新号码
button-whole = 全部重新检测
button-from-memory = 从记忆中获取名单，免费
button-known = 从记忆中获取 { $known } 个，免费
known-title = { $title } · 来自记忆
