"""The program: command line, settings, composition root, intake of updates, health."""

from bot.first_signals import end_at_once_if_told

end_at_once_if_told()  # before the imports that take long

from bot.lazy_models import put_off  # noqa: E402

put_off()  # before anything imports aiogram
