"""Says in a signed line, outside the database, that a restore has put another journal in its place."""

import base64
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg

from shige.trust.checkpoints import (
    CheckpointKeys,
    ErasedError,
    KeyFileError,
    Kind,
    Line,
    Log,
    LogError,
    append,
    check_erased,
    is_empty,
    make_keys,
    read_keys,
    read_log,
)
from shige.trust.checkpoints.keys import NAME_BYTES, name_of

from ..refusal import Refusal


@dataclass(frozen=True, slots=True)
class Anchorage:
    """Where key and checkpoints of a data folder are; neither is in any backup."""

    key: Path
    folder: Path

    @classmethod
    def of(cls, data: Path) -> "Anchorage":
        """Find them where the settings look for them."""
        key, folder = os.environ.get("SHIGE_CHECKPOINT_KEY_FILE"), os.environ.get("SHIGE_CHECKPOINTS")
        return cls(
            Path(key) if key else data / "checkpoint.key", Path(folder) if folder else data / "checkpoints"
        )


def signing_keys(place: Anchorage) -> CheckpointKeys:
    """Return the keys of a data folder, made where there are neither keys nor checkpoints yet.

    Raises
    ------
    Refusal
        The key file is missing though checkpoints exist, or others may read it.
    """
    try:
        return _keys_and_log(place)[0]
    except (KeyFileError, LogError) as error:
        raise Refusal(str(error)) from None


def trusted(place: Anchorage, public: Path | None) -> dict[bytes, bytes]:
    """Return the public halves of the keys whose backups are taken, by name.

    Parameters
    ----------
    public : Path or None
        A file with public halves (``checkpoint.pub``), for a machine without the key.
    """
    known: dict[bytes, bytes] = {}
    try:
        if place.key.exists():
            known |= read_keys(place.key).public()
        if public:
            halves = [base64.b64decode(line) for line in public.read_text().split()]
            known |= {name_of(half): half for half in halves}
    except (KeyFileError, OSError, ValueError) as error:
        raise Refusal(f"Nothing was restored: {error}") from None
    return known


@dataclass(frozen=True, slots=True)
class Restored:
    """What the signed break says: how far the restored journal goes, how far the one before went.

    ``continues`` is False where the restored journal is not an earlier state of the one before.
    """

    position: int
    lost: int
    continues: bool


def check_anchorage(data: Path) -> None:
    """Refuse where the break could not be signed afterwards, before anything is restored."""
    place = Anchorage.of(data)
    try:
        _keys_and_log(place)
    except (KeyFileError, LogError) as error:
        raise Refusal(
            f"Nothing was restored: {error} Put back the key {place.key} and the checkpoints "
            f"{place.folder}, or move both out of the way to begin new ones."
        ) from None


def check_erasures(data: Path, path: Path, public: dict[bytes, bytes]) -> None:
    """Refuse a list of deletions that is not as the program wrote it, before anything is restored."""
    place = Anchorage.of(data)
    try:
        keys, log = _keys_and_log(place)
        told = next((line.more["erased"] for line in reversed(log.lines) if "erased" in line.more), None)
        check_erased(path, public | keys.public(), told)
    except (KeyFileError, LogError, ErasedError) as error:
        raise Refusal(
            f"Nothing was restored: {error}. Put back the copy that you keep apart. Where there is none, "
            f"move the list and the checkpoints {place.folder} out of the way; what people had deleted after "
            "the backup was made is then back."
        ) from None


def declare_restored(url: str, data: Path, made: datetime) -> Restored | None:
    """Write the break for the journal that a database holds now; None where it has none.

    Parameters
    ----------
    url : str
        The address of a role that may see every row.
    data : Path
        The data folder.
    made : datetime
        When the backup was made.
    """
    place = Anchorage.of(data)
    with psycopg.connect(url) as connection:
        if connection.execute("SELECT to_regclass('trust_journalentry')").fetchone() == (None,):
            return None
        keys, log = _keys_and_log(place)
        count, position, head, now = _head(connection)
        last = log.lines[-1] if log.lines else None
        continues = _continues(connection, log, position)
        more: dict[str, Any] = {
            "reason": f"restored from the backup of {made.isoformat()}",
            "lost": {"position": last.position, "head": last.head} if last else {},
            "continues": continues,
            "public": keys.public()[keys.current].hex(),
            "taken": _unchecked(connection, keys),
        }
        append(place.folder, keys, Line(Kind.BREAK, position, count, head.hex(), now, "", "", more))
    return Restored(position, last.position if last else 0, continues)


def _keys_and_log(place: Anchorage) -> tuple[CheckpointKeys, Log]:
    if not place.key.exists() and is_empty(place.folder):
        make_keys(place.key)
    keys = read_keys(place.key)
    return keys, read_log(place.folder, {name.hex(): public for name, public in keys.public().items()})


def _head(connection: psycopg.Connection) -> tuple[int, int, bytes, datetime]:
    found = connection.execute(
        "SELECT (SELECT count(*) FROM trust_journalentry WHERE position IS NOT NULL), position, hash,"
        " pg_catalog.clock_timestamp() FROM (VALUES (1)) AS one LEFT JOIN LATERAL (SELECT position, hash"
        " FROM trust_journalentry WHERE position IS NOT NULL ORDER BY position DESC LIMIT 1) AS last ON true"
    ).fetchone()
    assert found  # noqa: S101
    count, position, head, now = found
    return count, position or 0, bytes(head) if head else bytes(32), now


def _continues(connection: psycopg.Connection, log: Log, position: int) -> bool:
    """Say whether the journal goes through the last checkpoint that it reaches."""
    reached = [at for at in log.marks() if 0 < at <= position]
    if not reached:
        return True
    mark = log.marks()[max(reached)]
    found = connection.execute(
        "SELECT hash FROM trust_journalentry WHERE position = %s", [mark.position]
    ).fetchone()
    return found is not None and bytes(found[0]).hex() == mark.head


def _unchecked(connection: psycopg.Connection, keys: CheckpointKeys) -> list[int]:
    """Return waiting entries of an older version, or of a key that is not here: taken as they are."""
    has_stamps = connection.execute(
        "SELECT 1 FROM pg_attribute WHERE attrelid = 'trust_journalentry'::regclass AND attname = 'stamp'"
    ).fetchone()
    stamp = "stamp" if has_stamps else "NULL::bytea"
    rows = connection.execute(
        f"SELECT id, {stamp} FROM trust_journalentry WHERE position IS NULL ORDER BY id"  # noqa: S608
    )
    return [pk for pk, made in rows if made is None or bytes(made)[:NAME_BYTES] not in keys.stamping]
