# /start、/help，以及对既非号码也非命令的内容的答复。

start =
    👋 <b>您好！我检测电话号码名单。</b>

    请发送含有号码的文件（文本、电子表格、联系人，或包含它们的 zip），也可以直接粘贴到这里。然后选择一项检测，查看价格，并在本聊天中收回您自己的名单，里面附上答复。

    在您点按 <b>开始</b> 之前，不会产生任何费用。
start-lookup = 也可以只发一个号码：我马上告诉您它有没有 Telegram 账号。
start-checks = 我可以检测：
start-check = • <b>{ $name }</b>：{ $about }
start-more-checks = 还有：{ $names }
start-no-checks = 目前没有设置任何检测。机器人所有者可用 <code>numberdesk doctor</code> 查看原因。
start-owner =
    🔑 您是本机器人的所有者。接下来可以：
    • /invite 生成一个链接，让一个人获得使用权限
    • /people 显示谁有使用权限，并设定每人每天可检测多少号码
    • /checks 开启或关闭更多检测
    • /stats 显示检测了什么、花费多少，以及哪里出了故障
    有人申请权限或出现问题时，我会在这里告诉您。

help =
    <b>使用说明</b>

    1. 发送文件或粘贴号码，每行一个。可以有空格、连字符和括号。缺少国家代码时，我会问一次是哪个国家或地区。
    2. 选择检测，然后点按 <b>开始</b>。在此之前不会产生任何费用。
    3. 看着进度，或去忙别的：结果会自动送来。用结果下方的按钮，可以取得其中一组号码、服务的原始文件，或再做一项检测。

    一起发送的多个文件会合并为一份名单；被 Telegram 切成几段的长文本也会重新拼好。

    /check — 这个号码有 Telegram 吗？
    /country — 不带国家代码的号码属于哪里
    /tasks — 进行中的检测和已有的结果
    /help — 本页
help-owner = 所有者专用：/checks、/people、/groups、/invite、/stats、/instances

fallback-text =
    没有在其中找到电话号码。请以文件或文字发送名单，每行一个号码，例如：

    <code>+44 20 7946 0018
    +7 987 654-32-10</code>

    更多说明请看 /help
fallback-photo = 我无法从图片中读取号码。请以文字、文本文件、电子表格或联系人发送。
fallback-voice = 我听不了语音。请以文字、文本文件、电子表格或联系人发送号码。
fallback-other = 我无法从中读取号码。请以文字、文本文件、电子表格或联系人发送。
fallback-edited = 我只在消息到达时读取一次，所以我这里仍是修改前的内容。如果您改了号码，请用一条新消息重新发送。
fallback-command = 我不认识这个命令。发送 /help 查看我能做什么。

door-closed =
    这里是 Numberdesk，一个检测电话号码名单的机器人，仅对受邀者开放。

    如果是别人把它介绍给您的，请让对方为您开通：您的 Telegram ID 是 <code>{ $id }</code>。
