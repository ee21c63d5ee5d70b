# 名单卡片：收到了什么。

list-pasted = 粘贴的名单
list-and-more = { $name } 及另外 { $more } 个文件

list-reading = 📄 <b>{ $title }</b>
    正在读取…

list-ready = 📄 <b>{ $title }</b>：{ $ready } 个号码已就绪
list-duplicates = { $duplicates } 个重复
list-rejected = { $rejected } 个不是号码
list-national = 有 { $national } 行看起来是不带国家代码的号码。请告诉我是哪个国家或地区，就会把它们算进来。
list-title = 📄 <b>{ $title }</b>
list-choose = 要做哪项检测？目前还没有任何花费。
button-more-checks = 更多检测
list-no-checks = 目前没有设置任何检测，因此无从选择。机器人所有者可用 <code>numberdesk doctor</code> 查看原因。
list-discarded = 📄 <b>{ $title }</b>
    名单已删除。号码已清除，没有产生任何费用。

# 名单是如何理解的；没有需要假定的，就什么也不说。
list-of-table = { $source }：{ $assumed }
list-more-tables = 以及另外 { $more } 个
list-all-columns = 所有列
list-columns = { $count ->
   *[other] 列 { $names }
}
list-column-name = “{ $header }”
list-columns-many = { $count } 列
list-read-as = 按 { $country } 读取
list-read-coded = 按开头的国家代码读取
list-unread = 看起来属于 { $country }，尚未读取
list-reads-badly = 许多行不是该国家或地区的号码。如果它们属于别处，请在下方更改。
list-old-forms = { $old } 个号码是旧格式，例如 { $written }，已按 { $present } 读取
list-old-forms-out = 未收录 { $old } 个旧格式号码
list-unusual = 未收录 { $unusual } 个不寻常的号码：长度可能正确，但不在已知号段内，例如 { $example }
list-unusual-in = 已包含 { $unusual } 个不寻常的号码，例如 { $example }
list-hidden = 未收录 { $hidden } 个隐藏行
list-hidden-in = 已包含隐藏行

# 只有用户本人才能回答的问题。
ask-column = { $source } 中有多列号码。要检测哪一列？
ask-country = 有 { $national } 行是不带国家代码的号码。它们属于哪个国家或地区？
ask-country-again = 不带国家代码的号码已按 { $country } 读取。它们属于哪个国家或地区？
ask-country-rival = 在这里，不带国家代码的号码按 { $country } 读取，但这些看起来是 { $rival } 的号码。它们属于哪个国家或地区？
ask-country-how = 请在下方选择，或直接发送国家或地区的名称或代码，例如 <i>巴西</i> 或 <i>+55</i>。
ask-country-how-here = 请在下方选择，或用国家或地区的名称或代码回复本消息，例如 <i>巴西</i> 或 <i>+55</i>。
ask-country-none = 没有找到“{ $text }”这个国家或地区。请试试它的英文名称或代码。
button-column = { $header }：{ $example }
button-column-bare = 第 { $place } 列：{ $example }
button-all-columns = 全部
button-country = 选择 { $national } 个号码的国家
button-change-country = 更改国家或地区
button-always = 这里始终用 { $country }
button-another-column = 换一列
button-another-column-of = { $source }：换一列
button-unusual-in = 包含 { $unusual } 个不寻常的号码
button-unusual-out = 去掉 { $unusual } 个不寻常的号码
button-hidden-in = 包含 { $hidden } 个隐藏行
button-hidden-out = 去掉隐藏行
button-old-forms-in = 包含 { $old } 个旧格式号码
button-old-forms-out = 去掉 { $old } 个旧格式号码
country-is = 在这里，不带国家代码的号码按 <b>{ $country }</b>（+{ $code }）读取。
country-none = 目前还不知道不带国家代码的号码属于哪个国家或地区。
country-how = 请在下方另选一个，或发送 <code>/country</code> 加名称，例如 <code>/country 巴西</code>。已发送的名单保持不变。

button-left-out = 查看未收录的内容
button-discard = 删除名单

left-out-caption = <b>{ $title }</b> 中未收录的内容及其所在行。
left-out-line = { $line }：{ $text } — { $reason }
left-out-file = { $title } · 未收录.csv
left-out-gone = 这份名单未收录的内容已经清除。
left-out-head-file = 文件
left-out-head-line = 行
left-out-head-text = 内容
left-out-head-reason = 原因

reason-not_a_number = 不是电话号码
reason-too_short = 太短
reason-too_long = 太长
reason-unknown_country = 没有这个国家代码
reason-unusual = 可能存在，但不在目前已知的号段内
reason-not_in_use = 不存在这样的号码
reason-no_country = 缺少国家代码
reason-digits_lost = 电子表格丢失了部分数字

# 名单为什么无法读取。每条都说明该怎么做。
trouble-empty = 文件是空的。请检查后重新发送。
trouble-not_a_list-protected = 此文件需要密码。请去掉密码，保存后重新发送。
trouble-not_a_list-spreadsheet = 无法读取这份电子表格。请另存为 .xlsx 或 .csv 后发送。
trouble-not_a_list-archive = 无法读取这种压缩包。请发送 .zip，或直接发送其中的文件。
trouble-not_a_list-empty_archive = 这个压缩包里没有名单。我能读取文本文件、电子表格和联系人（.vcf）。
trouble-not_a_list-document = 这是文档或网页，不是名单。请发送 .txt、.csv 或 .xlsx 文件。
trouble-harmful = 此文件解压后远远超出应有的大小。我不会打开这类文件。请直接发送名单。
trouble-damaged = 此文件已损坏或不完整。请重新保存后再发送。
trouble-too_wide = 这张表格远比一份名单大：列或行太多。请发送只含号码列的文件。
trouble-too_much = 读取此文件所需的资源超出我给单个文件的上限，因此我停止了；没有向任何地方发送任何内容。请只把号码那一列另存为 .csv 或 .txt 再发送，如果很长，请分成几个文件。
trouble-too_much_kept = 加上这份名单，我为您保存的号码将超过 { $megabytes } MB。请丢弃不需要的名单，或等它们的结果用完后再发送一次。
lists-too-many = 您有 { $count } 份名单正在等待读取，这是每人的上限。请在它们的卡片出现后再发送这一份；其中的内容没有保存。
trouble-not_a_list-pdf = 我无法从 PDF 中读取号码。请以文字、文本文件或电子表格发送。
trouble-not_a_list-image = 这是图片。请以文字、文本文件或电子表格发送号码。
trouble-not_a_list-unknown = 这不是文本文件，无法读取。请发送文本文件、电子表格或联系人（.vcf）。
trouble-undecodable = 无法识别此文件的文字编码。请存为 UTF-8 文本后重新发送。
trouble-no_numbers = { $lines ->
    [0] 里面一行也没有。
    [1] 唯一的一行不是电话号码。
   *[other] { $lines } 行中没有一个是电话号码。
}请每行写一个号码并带上国家代码，例如 <code>+44 20 7946 0018</code>。
trouble-country = 不带国家代码的号码已按 { $country } 读取。如果它们属于别处，请在下方更改。
trouble-nothing-spent = 没有向检测服务发送任何内容，也没有任何花费。
trouble-here = 在这里，所有内容都需要带上 <code>/check{ $bot }</code>：写在每个文件的说明文字里，或写在号码前面。
trouble-too_many = 号码太多：一份名单最多 { $maximum } 个。请拆分名单。
trouble-sweep = 其中有 { $count } 个号码连续排列，中间没有间断。本机器人用于清理您已有的名单，不用于遍历号段。
trouble-too_big = Telegram 只允许机器人获取不超过 { $megabytes } MB 的文件。请拆分后一起发送，各部分会合并为一份名单。
trouble-broken = 处理这份名单时我出错了：问题在我，不在名单。请另存为纯文本（每行一个号码）再发送。
trouble-download = 我试了几次，Telegram 都没有把文件交给我。请重新发送。
trouble-card = 📄 <b>{ $title }</b>
