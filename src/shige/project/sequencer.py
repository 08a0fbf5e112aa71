"""The process that gives the journal its order, several times a second (one for each database)."""

import os
import time

import django
import structlog

PAUSE = 0.5
"""Seconds in which entries gather: taken at once they come one by one, each with a commit of its own."""

log = structlog.get_logger()


def main() -> None:
    """Sequence the journal and let the figures follow, until the process is ended."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shige.project.settings")
    django.setup()
    from django.db import OperationalError, connection

    from shige.insight.commands import advance
    from shige.trust.commands import sequence

    while True:
        try:
            sequence()
            advance()
        except OperationalError as error:
            log.warning("journal waits for the database", error=str(error).splitlines()[0])
            connection.close()
        time.sleep(PAUSE)


if __name__ == "__main__":
    main()
