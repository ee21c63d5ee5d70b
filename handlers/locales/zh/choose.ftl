# 选定检测之后、开始之前的页面。

choose-head = 📄 <b>{ $title }</b> · { $check }
choose-about = <i>{ $about }</i>
choose-count = 将有 { $numbers } 个号码提交给服务。
choose-cost = 价格：{ $cost }
choose-balance = 账户余额：{ $balance }
choose-minimum = 服务接受的最小名单：{ $minimum } 个号码
choose-again = ⚠️ 这份名单已于 { $date } 做过此项检测。
choose-too_few = ⚠️ 此项检测至少需要 { $minimum } 个号码，而这份名单只有 { $numbers } 个。请选择其他检测，或发送更长的名单。
choose-too_large = ⚠️ 此项检测最多接受 { $maximum } 个号码。请拆分名单。
choose-too-poor = ⚠️ 余额可能不足。如果服务拒绝，不会产生任何费用。
choose-unavailable = 此项检测暂不可用：服务不接受本机器人的密钥。已通知机器人所有者。您的名单会保留。

button-start = 开始
