"""A restore that was killed: what it left is cleared away, or the program serves only once it is repeated.

Until the fresh tables take their place, all that a restore makes lies beside what is in use. From then until
the keys are in place and the break is signed, a note lies in the data folder.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from shige.trust.whole_file import write_whole

from ..refusal import Refusal
from .staging import clear, holds_tables

NOTE: Final = "restoring"
WORKSPACE: Final = ".restoring-"
"""How the names of folders begin in which a backup is unpacked; they hold all that it holds."""


def begin(data: Path, source: Path) -> None:
    """Note that the tables of a backup are about to take their place."""
    write_whole(data / NOTE, str(source.absolute()))


def end(data: Path) -> None:
    """Take the note away: all is done, or nothing was."""
    (data / NOTE).unlink(missing_ok=True)


def is_noted(data: Path) -> bool:
    """Tell whether a restore was cut short in its last steps."""
    return (data / NOTE).exists()


def settle(data: Path, owner_url: str) -> None:
    """Clear away what a restore left that was killed before it changed anything.

    The caller holds the data folder.

    Raises
    ------
    Refusal
        The restored tables are in their place already, and what belongs to them is perhaps not.
    """
    _sweep(data)
    if holds_tables(owner_url):  # they go to their place all together
        end(data)
    clear(owner_url)
    if is_noted(data):
        source = (data / NOTE).read_text()
        raise Refusal(
            f"A restore was cut short: the rows of {source} are in their place, keys and files perhaps not. "
            f"Repeat it: shige restore {source} --replace"
        )


@contextmanager
def workspace(data: Path) -> Iterator[Path]:
    """Give a folder in which a backup can be unpacked: ours alone, on the file system of the data."""
    _sweep(data)
    with tempfile.TemporaryDirectory(prefix=WORKSPACE, dir=data.absolute()) as folder:
        yield Path(folder)


def _sweep(data: Path) -> None:
    for folder in data.glob(f"{WORKSPACE}*"):
        shutil.rmtree(folder, ignore_errors=True)
