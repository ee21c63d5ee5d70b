# 多个页面共用的词语。
# 时长会出现在冒号之后（“剩余时间：约 5 分钟”），也会出现在“前”字之前。

minutes = 约 { $count } 分钟

hours = 约 { $count } 小时

days = 约 { $count } 天

moment = 不到 1 分钟

button-back = ‹ 返回

# 点按按钮后的简短提示。
notice-gone = 此卡片已过期。请发送 /tasks{ $bot } 查看当前情况。
notice-not-yours = 此卡片属于其他人。
notice-kept = 已记下。
notice-done = 这一步已经完成。
notice-moved-on = 此按钮显示之后情况已有变化，因此没有执行。当前情况请看卡片。
notice-under-way = 名单正在提交，因此仍可能被扣费。如果服务这次没有收下，我不会再试。
notice-earlier = 此按钮来自旧版本，已不起作用。请发送 /tasks{ $bot } 查看当前情况。
cost-about = ≈ { $cost }
