"""What the program writes to its log: when, where and what kind of fault, never what people said."""

import logging
import re
import traceback
from types import TracebackType
from typing import Final

SECRET_PATHS: Final = re.compile(
    r"(/(?:m|members/own|members/join|wishes/claimed|services/booked|accounts/link|accounts/own-password"
    r"|api/v1/public/(?:matters|bookings))/)"
    r"[^/\s]+"
)
"""Addresses that hold a key: a tracking code, a sign-in link, a claim, a booking, a declaration."""

Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Discreet(logging.Formatter):
    """Leaves keys out of addresses, and out of faults everything but their kind and place.

    The text of an exception may quote a row or a form, and with it somebody's words.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, with the keys in it hidden."""
        return SECRET_PATHS.sub(r"\1…", super().format(record))

    def formatException(self, ei: Raised) -> str:  # noqa: N802
        """Return where it happened and the kinds of the exceptions that led to it."""
        error, said = ei[1], ""
        while error is not None:
            said = f"{''.join(traceback.format_tb(error.__traceback__))}{type(error).__qualname__}\n{said}"
            error = error.__cause__ or error.__context__
        return said.rstrip()


LOGGING: Final = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"discreet": {"()": Discreet, "format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"terminal": {"class": "logging.StreamHandler", "formatter": "discreet"}},
    "root": {"handlers": ["terminal"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["terminal"], "level": "WARNING", "propagate": False},
        # What is refused (4xx) is part of an ordinary day.
        "django.request": {"level": "ERROR"},
    },
}
"""To the terminal, which the supervisor and any system's journal keep."""
