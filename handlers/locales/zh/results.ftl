# 送来结果的消息。

result-ready = ✅ <b>{ $title }</b> · { $check }：结果已就绪。
result-caption = ✅ <b>{ $title }</b> · { $check }
result-counts = 已检测 { $numbers } 个号码
result-counts-known = { $all } 个号码 · 本次检测 { $numbers } 个，{ $sent_as ->
    [parts] 在这些文件中
   *[whole] 在此文件中
} · { $known } 个来自记忆，最早的答复为 { $date }
result-counts-own = { $all } 个号码 · 本次检测 { $numbers } 个 · { $known } 个来自记忆，最早的答复为 { $date }
result-counts-remembered = { $known } 个号码来自记忆，最早的答复为 { $date }。没有产生任何费用。
result-success = { $success } 个有答复
result-failure = { $failure } 个无答复
result-file = { $title } · { $check } · { $date }
result-file-remembered = { $title } · { $check } · 来自记忆 { $date }
result-too-big = ✅ <b>{ $title }</b> · { $check }：结果已就绪，但有 { $megabytes } MB，超出 Telegram 允许机器人发送的大小。机器人所有者可以从服务处获取任务 <code>{ $ref }</code>，并已收到通知。
result-gone = 这里已经没有该文件。我正在重新从服务获取，马上就来。
result-gone-known = 这里已经没有该文件。我正在重新写出，马上就来。
result-known-gone = 关于这份名单记住的内容已被清除，因此无法再生成。请重新发送名单：仍记得的部分不收费。
result-no-summary = 服务的文件采用了我不认识的格式，因此原样送上，没有汇总。
result-piece = ✅ <b>{ $title }</b> · { $check }：第 { $number } 部分（共 { $pieces } 部分）正在送来。
result-piece-caption = ✅ <b>{ $title }</b> · { $check } · 第 { $number } 部分，共 { $pieces } 部分
result-piece-file = { $title } · { $check } · { $date } · 第 { $number } 部分
picture-coming = 📊 <b>{ $title }</b> · { $check }：图片马上就来。

button-sheet = 我的表格（附答复）
button-raw = 原始文件
button-more = 更多…
button-another = 对这些号码做其他检测
button-all-numbers = 全部 { $numbers } 个号码
another-which = 对 <b>{ $title }</b> 做其他检测：用哪些号码？

button-again = 再检测一次
again-no-source = 这份名单的文件和号码都已经没有了。请再发送一次。

sheet-caption = <b>{ $title }</b>：您自己的各行，旁边是答复。
sheet-without = 不含 { $checks }：该结果的文件目前无法获取。
sheet-file = { $title }（附答复）
sheet-head-checked = 检测日期
sheet-head-checked-of = { $check }：检测日期
sheet-head-left-out = 未采用的原因
sheet-said-converted = 我无法写入这种格式，因此以 .xlsx 返回：各行为文本，不含样式和其他工作表。
sheet-said-signed = 您的文件带有签名，任何改动都会使签名失效：各行以文本形式放在新文件中。
sheet-said-large = 加上答复后，您的文件太大，无法原样返回：各行以文本形式放在新文件中。
sheet-said-strange = 您文件的结构无法添加内容：各行以文本形式放在新文件中。
sheet-no-source = Telegram 已不再提供您的文件。请重新发送；答复在上方的结果中。
sheet-later = 刚才没有成功：与 Telegram 的连接不太正常。请稍后再点一次。
sheet-not-given = 我试了几次，Telegram 都没有把需要的文件交给我。请过几分钟再点一次。
sheet-too-much = 这超出了我给单个文件的上限，因此我停止了。结果本身就在上面的文件里。
sheet-broken = 处理时出错了：这是我的问题，已记入日志。结果本身就在上面的文件里，没有任何丢失。

group-caption = <b>{ $title }</b> · { $group }
group-file = { $title } · { $group }
group-title = { $title } · { $group }
