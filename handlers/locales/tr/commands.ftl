# Komut menüsü.

command-start = Bu bot ne yapar
command-check = Bu numaranın Telegram hesabı var mı?
command-tasks = Süren ve biten kontroller
command-country = Ülke kodu olmayan numaralar nereye ait
command-help = Nasıl çalışır
command-language = Dilim
command-privacy = Hakkınızda ne sakladığım
