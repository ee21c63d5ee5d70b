# /language.

language-name = Русский
language-which = На каком языке мне говорить здесь?
language-as-telegram = Как в моём Telegram
language-chosen = ✓ { $language }
