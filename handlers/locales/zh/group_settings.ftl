# 群组：在群里说的话，以及群组设置。群组的菜单项在最后。

group-hello = 👋 <b>您好！我检测电话号码名单，在这里也可以。</b>
group-hello-more =
    卡片上的按钮只听从提交者和群管理员。<code>/settings{ $bot }</code> 显示谁可以提交，以及结果发到哪里。

    Telegram 只允许机器人在群里每分钟发二十条消息，所以这里的卡片比私聊更新得慢。
group-sees-meant = 🔒 隐私模式已开启：Telegram 不让我看到大家的交谈。我只收到带有我名字的命令，以及对我消息的回复。
group-sees-all = 👁 Telegram 让我看到这里的所有内容。与我无关的，我不读就丢弃。

# 无论 Telegram 让机器人看到什么，在任何群里都有效的方式：用于问候、帮助和提示。
group-ways =
    • 发送文件，并以 <code>/check{ $bot }</code> 作为说明文字，
    • 或者把号码写在命令后面：<code>/check{ $bot } +44 20 7946 0018</code>
group-ways-reply = • 或者用 <code>/check{ $bot }</code> 回复带有号码的文件或消息
group-ways-no-reply = 在这类群里，回复可能不起作用：Telegram 往往不让我看到您回复的是什么。
group-help-head = <b>在这里怎么用</b>
group-help = 然后选择一项检测，点按 <b>开始</b>。在此之前不会产生任何费用。/tasks{ $bot } 显示这里正在进行的检测，/settings{ $bot } 显示谁可以提交。
group-usage = 这里面没有号码。
group-only-this = 在这里，我只接收带有 <code>/check{ $bot }</code> 的那条消息，或它所回复的消息。同一相册中的其他文件，以及被 Telegram 截断的长文本的其余部分，不在这份名单里。想放进同一份名单，请发送 .zip 或文本文件。
group-elsewhere = 此命令仅在私聊中可用：点按我的名字打开私聊，然后在那里发送。
group-as-channel = 您正以频道的名义发言，我无法知道是谁在提问，而检测需要有人负责。请在输入框旁选择您自己的名字，然后重新发送。
group-not-let-in = 只有获准使用本机器人的人把我加入的群，我才会留下。再见！
group-not-you = 抱歉，您不能在这里提交号码。这由群管理员在 /settings{ $bot } 中决定，使用权限由机器人的所有者授予。
group-paused = ⏸ 我在此群已暂停：添加我的人不再有使用权限。请由有权限的人将我移除后重新添加，或请机器人的所有者恢复其权限。
group-admins-only = 只有本群的管理员才能更改。
group-open-chat = ✅ <b>{ $title }</b>：结果已准备好，会私下发给您。请先打开与我的聊天，在此之前我不能给您发消息。
group-no-files = ✅ <b>{ $title }</b> · { $check }：结果已就绪，但本群不允许发送文件。提交者可以私下领取；或者由管理员在本群允许发送文件，结果就会发到这里。
group-goes-privately = ✅ <b>{ $title }</b> · { $check }：结果将私下发给提交者。
group-files-not-taken = 本群不允许发送文件，所以无法发到这里。管理员可以在群组权限中允许。
group-no-private = 您没有此机器人的使用权限，所以不能私下发给您。管理员可以在本群允许发送文件。

button-open-chat = 打开与我的聊天
button-privately = 私下发给我
button-try-here = 在这里再试一次

task-delivered-privately = ✅ 完成 · 已检测 { $numbers } 个号码。结果已私下发给提交者。

# /settings
settings-head = ⚙️ <b>本群设置</b>
settings-none = 无
settings-now-hand_in = 谁可以提交：<b>{ $who }</b>
settings-now-checks = 检测项目：<b>{ $checks }</b>
settings-now-language = 语言：<b>{ $language }</b>
settings-now-country = 没有国家代码的号码：<b>{ $country }</b>
settings-now-results = 结果发到：<b>{ $where }</b>
settings-now-first_file = 结果的首个文件：<b>{ $file }</b>

settings-hand_in = 谁可以在这里提交号码？检测费用由机器人的所有者承担。
settings-checks = 这里提供哪些检测？点击即可开启或关闭。
settings-language = 我在这里说哪种语言？
settings-country = 没有国家代码的号码属于哪个国家？如果不在其中，请写 <code>/country{ $bot }</code> 和国家名，例如 <code>/country{ $bot } 巴西</code>。
settings-results = 结果发到哪里？私下发送只适用于获准使用本机器人的人；其他人的结果会发到这里。
settings-first_file = 这里先发送结果的哪个文件？另一个点一下即可获取。

button-settings-hand_in = 谁可以提交
button-settings-checks = 检测项目
button-settings-language = 语言
button-settings-country = 国家
button-settings-results = 结果发到哪里
button-settings-first_file = 首个文件

hand-in-admins = 本群管理员
hand-in-invited = 所有获准使用机器人的人
hand-in-everyone = 群里所有人
results-here = 本群
results-private = 私下发给提交者
first-file-list = 带答复的您的名单
first-file-raw = 服务的原始文件

command-settings = 本群允许什么
command-check-here = 以 /check{ $bot } 为说明文字的文件，或写在后面的号码
command-people = 谁可以使用本机器人
command-groups = 我所在的群组
command-invite = 授予使用权限的链接
command-stats = 使用情况与故障
command-checks = 提供哪些检测
command-instances = 单个查询所用的实例
