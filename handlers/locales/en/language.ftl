# /language.

language-name = English
language-which = Which language shall I speak here?
language-as-telegram = As my Telegram speaks
language-chosen = ✓ { $language }
