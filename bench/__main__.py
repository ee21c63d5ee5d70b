"""`make bench`: every measurement, one after the other, with the machine it ran on."""

import os
import platform
from datetime import UTC, datetime

from bench import joining, lookups, phones, workbooks


def main() -> None:
    """Run and print."""
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"
    print(f"{datetime.now(UTC):%Y-%m-%d}, {machine}")
    for measured in (phones, workbooks, joining, lookups):
        for line in measured.run():
            print(line, flush=True)


if __name__ == "__main__":  # the bots' processes import this module again
    main()
