"""The program: command line, settings, composition root, intake of updates, health."""

from bot.lazy_models import put_off

put_off()  # before anything imports aiogram
