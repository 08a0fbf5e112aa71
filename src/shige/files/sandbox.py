"""The box in which files of strangers are opened: a program of its own, with bounds on all that it may use.

A hostile picture, PDF or workbook is small and asks for gigabytes or for minutes. Each is therefore opened by
a process that lives for this one file, knows no secret of ours, and is ended by the kernel when it asks for
too much (``bounds``). Few of them work at a time (``turn``).
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from typing import IO, Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .bounds import TOO_LARGE, TOO_SLOW, UNREADABLE
from .queue import turn_of

ENDED: Final = {
    -signal.SIGXCPU: TOO_SLOW,
    -signal.SIGABRT: TOO_LARGE,  # a library that asked for memory in vain gives up so
    -signal.SIGKILL: TOO_LARGE,  # by the kernel, when the machine has no memory left
    -signal.SIGXFSZ: TOO_LARGE,
}
"""What the signal that ended a program says of its file; any other is a fault of the file."""

INHERITED: Final = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "LANG")


@dataclass(frozen=True, slots=True)
class Read:
    """What came out: an exit status (0, or one of ``bounds``), what is said about the file, and its parts."""

    status: int
    about: dict[str, Any] = field(default_factory=dict)
    parts: tuple[bytes, ...] = ()


def read_in_box(program: str, content: bytes, *arguments: str) -> Read:
    """Let a program of ours open a file.

    Parameters
    ----------
    program
        A module that uses ``bounds``, such as ``shige.files.plain_picture``.

    Raises
    ------
    NotTriedError
        Too many files of others are being opened, or those of the same form have used up its time.
    """
    with turn_of() as turn, _file(content) as given, _file() as taken:
        seconds = turn.left()
        # Not -I: that would hide where the program itself lies. -P: nothing beside the working folder is run.
        command = [sys.executable, "-P", "-m", program, *arguments]
        process = subprocess.Popen(  # noqa: S603 (our own program)
            command, env=_environment(), stdin=given, stdout=taken, stderr=subprocess.DEVNULL
        )
        try:
            status = process.wait(seconds)
        except subprocess.TimeoutExpired:
            status = TOO_SLOW
        finally:
            process.kill()
            process.wait()
        return _read(taken) if status == 0 else Read(ENDED.get(status, status))


def too_slow() -> ValidationError:
    """Return the refusal of a file that takes longer than it may, whatever it is."""
    return ValidationError(
        _("Opening this file takes too long. Please save it anew in a simpler form, or divide it.")
    )


def _read(taken: IO[bytes]) -> Read:
    taken.seek(0)
    try:
        head = json.loads(taken.readline())
        return Read(0, head["about"], tuple(taken.read(int(size)) for size in head["sizes"]))
    except (ValueError, TypeError, KeyError):
        return Read(UNREADABLE)


def _environment() -> dict[str, str]:
    return {name: os.environ[name] for name in INHERITED if name in os.environ}


def _file(content: bytes = b"") -> IO[bytes]:
    """Return an open file in memory, so that a full disk does not matter; on disk where that is unknown."""
    if not hasattr(os, "memfd_create"):
        made: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 (the caller closes it)
    else:
        made = os.fdopen(os.memfd_create("box"), "w+b")
    made.write(content)
    made.seek(0)
    return made
