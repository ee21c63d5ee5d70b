"""The command line."""

import asyncio
import signal
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from bot import settings as settings_
from runtime.errors import plain
from runtime.memory import give_back_what_is_large
from runtime.traces import leave_no_traces

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)

EXIT_CONFIG = 78  # EX_CONFIG of sysexits.h: a restart is useless until the operator acts
EXIT_TROUBLE = 1  # a restart may succeed

_NO_SETTINGS = "Numberdesk can't start with these settings:"


def main() -> None:
    """Entry point of `numberdesk`."""
    leave_no_traces()
    app(prog_name="numberdesk")


def _settings() -> settings_.Settings:
    try:
        return settings_.load()
    except settings_.SettingsError as error:
        _stop(f"{_NO_SETTINGS}\n{error}\n.env.example lists every setting.")


def _stop(text: str, code: int = EXIT_CONFIG) -> NoReturn:
    print(plain(text), file=sys.stderr)
    raise typer.Exit(code)


@app.callback()
def numberdesk() -> None:
    """A Telegram bot that checks lists of phone numbers."""


@app.command()
def run() -> None:
    """Run the bot until SIGTERM or Ctrl-C."""
    give_back_what_is_large()
    settings = _settings()
    from bot.logs import configure

    configure(settings.log_level, settings.log_format, settings.secrets)
    from bot.app import build_app
    from bot.introduction import introduce, warn
    from bot.telegram.source import NotAuthorizedError
    from checking.services.catalogue import CatalogueError
    from runtime.errors import CannotListenError
    from runtime.memory import spare_the_collector
    from storage.database import AwayError, CannotOpenError, LostLeaseError

    stop = asyncio.Event()

    async def serve() -> None:
        for name in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(name, stop.set)
        async with build_app(settings) as bot:
            spare_the_collector()
            introducing = asyncio.create_task(introduce(settings, bot.ctx), name="introduction")
            try:
                await bot.run(stop)
            finally:
                introducing.cancel()

    try:
        warn()
        asyncio.run(serve())
    except NotAuthorizedError as error:
        _stop(
            f"Telegram doesn't accept BOT_TOKEN ({error}). Put there the token that BotFather "
            "shows, and look at TELEGRAM_API_URL, if you set it."
        )
    except CatalogueError as error:
        _stop(f"CHECKERS_FILE: {error}")
    except CannotOpenError as error:
        if not (stop.is_set() and error.passing):
            code = EXIT_TROUBLE if error.passing else EXIT_CONFIG
            _stop(f"Numberdesk can't start: {error}", code)
    except LostLeaseError:
        _stop("The other replicas took this one for dead; start it again.", EXIT_TROUBLE)
    except CannotListenError as error:
        _stop(f"Numberdesk can't start: {error}")
    except (AwayError, OSError) as error:
        _stop(f"Numberdesk can't go on: {error}", EXIT_TROUBLE)


@app.command()
def doctor() -> None:
    """Check settings, token, services, database, clock and disk; say what to do about each."""
    settings = _settings()
    from bot.operations.doctor import examine

    raise typer.Exit(asyncio.run(examine(settings)))


@app.command()
def rekey() -> None:
    """Seal everything that is stored under a new data key. Stop the bot first."""
    settings = _settings()
    from bot.operations.rekey import rekey as change
    from storage.database import CannotOpenError

    try:
        print(asyncio.run(change(settings)))
    except (CannotOpenError, OSError) as error:
        _stop(f"No new key is in use yet: {error}", EXIT_TROUBLE)


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="Where the copy goes; must not exist.")],
) -> None:
    """Copy the database into FILE, also while the bot runs. The key is not in it."""
    settings = _settings()
    from bot.operations.backup import NotOursError
    from bot.operations.backup import backup as copy
    from storage.database import CannotOpenError
    from storage.engines.sqlite_backup import BackupError

    try:
        print(copy(settings, file))
    except NotOursError as error:
        _stop(f"No backup was made: {error}")
    except (BackupError, CannotOpenError, OSError) as error:
        _stop(f"No backup was made: {error}", EXIT_TROUBLE)


@app.command()
def move(
    to: Annotated[
        str, typer.Option(help="The new DATABASE_URL: postgresql+asyncpg://user:password@host/name")
    ],
) -> None:
    """Copy a SQLite database into an empty one on PostgreSQL. Stop the bot first."""
    settings = _settings()
    from bot.operations.move import move as copy
    from storage.database import CannotOpenError
    from storage.upkeep.copy_database import CopyError

    try:
        print(asyncio.run(copy(settings, to)))
    except (CopyError, CannotOpenError, OSError) as error:
        _stop(f"Nothing was moved: {error}", EXIT_TROUBLE)


@app.command()
def demo(
    file: Annotated[
        Path | None, typer.Option(help="A list of numbers instead of the sample.")
    ] = None,
    check: Annotated[str, typer.Option(help="Which check, by its key.")] = "tg_active",
    result: Annotated[Path, typer.Option(help="Where the result is saved.")] = Path("demo-result"),
) -> None:
    """Play the main job on this machine: no token, no network, no real numbers checked."""
    from bot.playground.demo import play

    raise typer.Exit(asyncio.run(play(file, check, result)))


@app.command()
def chat(
    port: Annotated[int, typer.Option(help="Port of 127.0.0.1; 0: a free one.")] = 0,
) -> None:
    """Try the bot in a browser on this machine: no token, no network, no real numbers checked."""
    from bot.playground.supervisor import prepare

    prepare()  # imports in another process meanwhile
    from bot.playground.chat import chat as serve

    raise typer.Exit(asyncio.run(serve(port)))
