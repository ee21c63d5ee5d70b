# 名单中更少的号码：免检名单和其他名单。

button-pick = 排除…
pick-ask = 要去掉其中哪些号码？这不产生任何费用。
button-pick-without = 只留不在另一名单中的…
button-pick-common = 只留另一名单中也有的…
button-pick-ask = 永不检测这些号码

# 免检名单。
never-ask = 以后的每份名单都会去掉这 { $numbers } 个号码。我只保存无法还原号码的指纹，并删除这份名单。这样保存吗？
list-never = 🚫 <b>{ $title }</b>：以后的每份名单都会去掉这 { $numbers } 个号码。这份名单已删除，没有产生任何费用。
never-where = 在 /privacy 中可以查看您的免检名单有多少号码，并将其清空。
never-where-here = 在 <code>/settings{ $bot }</code> 中可以查看免检名单有多少号码，并将其清空。如果结果私下发送，则每人各有一份，在与我的私聊中查看我保存的内容时可见。
never-too-many = 加上这份名单，免检名单将超过 { $maximum } 个号码，因此保持原样。
never-standing = 🚫 免检名单：<b>{ $numbers } 个号码</b>，始于 { $date }。它们不会进入名单，直到您清空免检名单。
button-empty = 清空免检名单
never-empty-ask = <b>清空吗？</b>之后的名单会重新包含这些号码。我不保存号码，只保存指纹；若要恢复，需要重新发送。
never-emptied = 免检名单已清空，不再去掉任何号码。
never-kept = 免检名单保持原样。
list-excluded = { $numbers } 个号码在您的免检名单中 · 已去掉
list-excluded-in = 已包含免检名单中的号码
button-excluded-in = 包含 { $numbers } 个免检号码
button-excluded-out = 去掉免检号码
reason-excluded = 在您的免检名单中
trouble-all_excluded = 其中没有可检测的号码。
trouble-sealed = 我无法打开您的免检名单，因此不知道该去掉哪些号码。机器人的所有者可以查看原因。您也可以清空它，然后重新发送名单。

# 两份名单放在一起。
compare-without = 要去掉哪份名单的号码？
compare-common = 只留哪份名单的号码？
button-beside = { $source } · { $numbers } · { $date }
compare-title-without = { $title } · 不在 { $source }
compare-title-common = { $title } · 也在 { $source }
compare-no-other = 这里没有其他仍保存着号码的名单。
compare-all-common = <b>{ $title }</b> 的所有号码都在 <b>{ $source }</b> 中，因此没有生成名单。
compare-none-common = <b>{ $title }</b> 没有任何号码在 <b>{ $source }</b> 中，因此没有生成名单。
