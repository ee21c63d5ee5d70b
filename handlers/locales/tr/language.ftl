# /language.

language-name = Türkçe
language-which = Burada hangi dilde konuşayım?
language-as-telegram = Telegram dilim gibi
language-chosen = ✓ { $language }
