# 篮子：为某项检测保留的名单，直到号码数量达到要求。

basket-kept = 已保留。在这里继续发送号码，我会加进去。
basket-count = 🧺 <b>{ $check }</b>：已有 { $ready } 个，需要 { $minimum } 个。继续发送号码，我会加进去。目前还没有任何花费。
basket-full = 🧺 已够 <b>{ $check }</b> 所需的 { $minimum } 个。可以查看价格，或继续发送。目前还没有任何花费。
basket-known = 其中 { $known } 个此前已有答复：只计新号码。
basket-off = 🧺 这份名单所等的检测目前不提供。您发送的号码仍会加进去。
basket-added = 🧺 已加入 <b>{ $title }</b>。
basket-added-count = 🧺 已加入 <b>{ $title }</b>：{ $check } 现有 { $ready } 个，需要 { $minimum } 个。
basket-added-full = 🧺 已加入 <b>{ $title }</b>：现有 { $ready } 个，已够 { $check } 所需。

button-keep-list = 保留，继续添加
button-basket-full = { $check }：查看价格
button-other-check = 选择其他检测
button-no-more = 不再添加
button-take-out = 取出，单独成一份名单
