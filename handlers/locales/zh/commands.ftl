# 命令菜单。

command-start = 本机器人的功能
command-check = 这个号码有 Telegram 吗？
command-tasks = 进行中和已完成的检测
command-country = 不带国家代码的号码属于哪里
command-help = 使用说明
command-language = 我的语言
command-privacy = 我保存了您的哪些信息
