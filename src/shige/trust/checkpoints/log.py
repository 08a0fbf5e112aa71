"""The files of the checkpoints: one for each month, to which lines are only ever added."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from .keys import CheckpointKeys, name_of
from .line import Kind, Line, LogError, link

TAIL = 1 << 16
"""Bytes in which the last line is looked for first."""


@dataclass(frozen=True, slots=True)
class Log:
    """Lines that hold together, and how many were passed over as broken off in the middle of writing."""

    lines: tuple[Line, ...]
    torn: int

    @property
    def first_position(self) -> int:
        """The position of the last line up to which entries were taken as they were found, else 0."""
        taken = (line.position for line in reversed(self.lines) if line.kind in {Kind.BEGIN, Kind.BREAK})
        return next(taken, 0)

    @property
    def taken(self) -> frozenset[int]:
        """Ids of entries that waited at such a line and whose stamp could not be checked."""
        return frozenset(pk for line in self.lines for pk in line.more.get("taken", ()))

    def marks(self) -> dict[int, Line]:
        """Return the lines that hold now, by position: a signed break takes back what lay behind it."""
        marks: dict[int, Line] = {}
        for line in self.lines:
            if line.kind is Kind.BREAK:
                goes_on = line.more.get("continues", True)
                marks = {at: mark for at, mark in marks.items() if goes_on and at <= line.position}
            marks.setdefault(line.position, line)
        return marks


def append(folder: Path, keys: CheckpointKeys, line: Line) -> bytes:
    """Sign a line, chain it to the last one, and return it only when it lies on the disk.

    Several processes may do it at once: each waits for the other.
    """
    with _alone(folder):
        before = _last(folder)
        chained = replace(line, previous=link(before[0]) if before else "", key=keys.current.hex())
        text = chained.signed(keys)
        path = folder / f"{line.at:%Y-%m}.jsonl"
        if before and path.name < before[1].name:
            path = before[1]  # the clock was put back: the order of the lines is that of the files
        # What a dead process left in the middle of a line stays there, ended, and is passed over.
        end = b"\n" if path.exists() and not _ended(path) else b""
        is_new = not path.exists()
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            _write_whole(descriptor, end + text + b"\n")
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if is_new:
            _sync_folder(folder)
    return text


def read_log(folder: Path, public: dict[str, bytes]) -> Log:
    """Read and check every line.

    Parameters
    ----------
    folder : Path
        Where the files are.
    public : dict
        Public keys by name that are trusted; a line of kind ``key`` adds one more.

    Raises
    ------
    LogError
        A line is not signed by a trusted key, or does not follow the one before.
    """
    known, torn, before = dict(public), 0, ""
    lines: list[Line] = []
    for text in _texts(folder):
        try:
            line = Line.read(text)
        except (ValueError, KeyError, TypeError):
            torn += 1
            continue
        line.check(known)
        # Older files may lie elsewhere: the first line that is here stands by its signature.
        if lines and line.previous != before:
            raise LogError(f"the line before the checkpoint of {line.at.isoformat()} is missing or changed")
        if line.kind is Kind.KEY:
            added = bytes.fromhex(line.more["public"])
            known[name_of(added).hex()] = added
        lines.append(line)
        before = link(text)
    return Log(tuple(lines), torn)


def last_line(folder: Path) -> bytes | None:
    """Return the last whole line as it is written."""
    found = _last(folder)
    return found[0] if found else None


def is_empty(folder: Path) -> bool:
    """Say whether no checkpoint was ever written here."""
    return _last(folder) is None


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("????-??.jsonl"))


def _texts(folder: Path) -> Iterator[bytes]:
    for path in _files(folder):
        with path.open("rb") as file:
            for text in file:
                if text.strip():
                    yield text.rstrip(b"\n")


def _last(folder: Path) -> tuple[bytes, Path] | None:
    """Return the last whole line and its file."""
    for path in reversed(_files(folder)):
        size = path.stat().st_size
        for part in (TAIL, size):
            with path.open("rb") as file:
                file.seek(max(size - part, 0))
                found = next((text for text in reversed(file.read().split(b"\n")) if _is_line(text)), None)
            if found is not None:
                return found, path
    return None


def _is_line(text: bytes) -> bool:
    try:
        Line.read(text)
    except (ValueError, KeyError, TypeError):
        return False
    return True


def _ended(path: Path) -> bool:
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(size - 1, 0))
        return size == 0 or file.read(1) == b"\n"


def _write_whole(descriptor: int, content: bytes) -> None:
    while content:
        content = content[os.write(descriptor, content) :]


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / "lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
