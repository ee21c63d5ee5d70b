# Меню команд.

command-start = Что умеет этот бот
command-check = Есть ли у номера Telegram?
command-tasks = Текущие и завершённые проверки
command-country = Чьи здесь номера без кода страны
command-help = Как это работает
command-language = Мой язык
command-privacy = Что я храню о вас
