# /language.

language-name = 中文
language-which = 我在这里说哪种语言？
language-as-telegram = 与我的 Telegram 一致
language-chosen = ✓ { $language }
