"""Checks a journal against its checkpoints without any code of the program: one file, to be copied anywhere.

It needs Python 3.11 with `cryptography` (and `psycopg` for a live database; `pg_restore` for a dump), a dump
or an address of the database, the folder of checkpoints, and the public key as the operator wrote it down
when the program was set up::

    python independent_verifier.py --checkpoints DIR --public FILE --backup FILE
    python independent_verifier.py --checkpoints DIR --public FILE --dump FILE
    python independent_verifier.py --checkpoints DIR --public FILE --database URL

It proves that up to the last checkpoint no entry is missing, was added or changed, and that each row of who
looked at what is the one that its entry tells of. It has no secret, so that it cannot check the stamps of
entries after the last checkpoint. Exit status: 0 unbroken, 1 tampered with, 2 not to be checked.

What it relies on is described in docs/operating.md, "The anchor of the journal".
"""

import argparse
import base64
import hashlib
import json
import subprocess
import sys
import tarfile
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

JOURNAL = "trust_journalentry"
ENTRY = (
    "id", "position", "at", "actor_id", "verb", "object_type", "object_id", "object_version", "district",
    "street", "community", "general", "leaf", "facts", "stamp", "previous_hash", "hash",
)  # fmt: skip
AREAS = ("district", "street", "community", "general", "leaf")
READINGS = {
    "trust_vaultreading": ("salt", "handle", "person_id", "role", "reason", "at"),
    "matters_readreceipt": ("task_id", "part_id", "person_id", "post_id", "at"),
    "matters_reading": ("matters", "person_id", "role", "how", "why", "at"),
}
NUMBERS = {
    "id", "position", "actor_id", "object_version", *AREAS, "person_id", "task_id", "part_id", "post_id",
}  # fmt: skip
BYTES = {"stamp", "previous_hash", "hash", "salt"}
ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
Row = dict[str, object]


class TamperedError(Exception):
    """The journal or its checkpoints are not what they were."""


def copied(line: str, columns: tuple[str, ...]) -> Row:
    """Read one line of COPY's text format."""
    return {name: value(name, text) for name, text in zip(columns, line.split("\t"), strict=True)}


def value(name: str, text: str) -> object:
    """Read one field of COPY's text format."""
    if text == "\\N":
        return None
    plain = unescaped(text)
    if name in NUMBERS:
        return int(plain)
    if name in BYTES:
        return bytes.fromhex(plain.removeprefix("\\x"))
    if name == "at":
        return datetime.fromisoformat(plain)
    if name == "matters":
        return [int(number) for number in plain.strip("{}").split(",") if number]
    return json.loads(plain) if name == "facts" else plain


def unescaped(text: str) -> str:
    """Undo the backslashes of COPY."""
    if "\\" not in text:
        return text
    parts, rest = [], text
    while rest:
        before, slash, after = rest.partition("\\")
        parts.append(before)
        if slash:
            parts.append(ESCAPES.get(after[0], after[0]))
        rest = after[1:]
    return "".join(parts)


class Dump:
    """The tables of a dump in PostgreSQL's custom format."""

    def __init__(self, path: Path, pg_restore: str) -> None:
        self.path, self.program = path, pg_restore

    def rows(self, table: str, wanted: tuple[str, ...]) -> Iterator[Row]:
        """Yield the rows of a table."""
        argv = [self.program, "--data-only", f"--table={table}", "--file=-", str(self.path)]
        text = subprocess.run(argv, check=True, capture_output=True).stdout.decode()
        lines = iter(text.split("\n"))
        for line in lines:
            if line.startswith(f"COPY public.{table} ("):
                columns = tuple(name.strip(' "') for name in line.split("(", 1)[1].split(")")[0].split(","))
                break
        else:
            return
        for line in lines:
            if line == "\\.":
                return
            row = copied(line, columns)
            yield {name: row[name] for name in wanted}


class Backup:
    """The tables of a file of `shige backup`, whose manifest says which columns each has."""

    def __init__(self, path: Path) -> None:
        self.archive = tarfile.open(path)  # noqa: SIM115 (read until the end)
        self.tables = json.loads(self.archive.extractfile("manifest.json").read())["contents"]["tables"]

    def rows(self, table: str, wanted: tuple[str, ...]) -> Iterator[Row]:
        """Yield the rows of a table."""
        if table not in self.tables:
            return
        columns = tuple(self.tables[table]["columns"])
        for line in self.archive.extractfile(f"tables/{table}.copy").read().decode().split("\n")[:-1]:
            row = dict(zip(columns, line.split("\t"), strict=True))
            yield {name: value(name, row[name]) for name in wanted}


class Database:
    """The tables of a live database."""

    def __init__(self, url: str) -> None:
        import psycopg

        self.connection = psycopg.connect(url)
        self.connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")

    def rows(self, table: str, wanted: tuple[str, ...]) -> Iterator[Row]:
        """Yield the rows of a table."""
        names = ", ".join(f'"{name}"' for name in wanted)
        with self.connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) TO STDOUT") as copy:
            text = b"".join(bytes(part) for part in copy).decode()
        for line in text.split("\n")[:-1]:
            yield copied(line, wanted)


def read_checkpoints(folder: Path, public: Iterable[str]) -> list[Row]:
    """Read the lines of all files, each signed by a known key and chained to the one before."""
    known = {key_name(key): key for key in map(base64.b64decode, public)}
    lines: list[Row] = []
    before = ""
    for path in sorted(folder.glob("????-??.jsonl")):
        for raw in path.read_bytes().splitlines():
            try:
                line = json.loads(raw)
                signature = base64.b64decode(line.pop("signature"))
            except (ValueError, KeyError, AttributeError):
                continue  # broken off in the middle of writing: whatever it was, no line follows it
            content = json.dumps(line, sort_keys=True, separators=(",", ":")).encode()
            try:
                Ed25519PublicKey.from_public_bytes(known[line["key"]]).verify(signature, content)
            except (KeyError, InvalidSignature):
                raise TamperedError(
                    f"checkpoints: the line of {line['at']} is not signed by a known key"
                ) from None
            if lines and line["previous"] != before:
                raise TamperedError(
                    f"checkpoints: the line before that of {line['at']} is missing or changed"
                )
            if line["kind"] == "key":
                added = bytes.fromhex(line["more"]["public"])
                known[key_name(added)] = added
            lines.append(line)
            before = hashlib.sha256(raw).hexdigest()
    return lines


def key_name(public: bytes) -> str:
    """Return the name under which lines know a key."""
    return hashlib.sha256(public).digest()[:8].hex()


def marks_of(lines: list[Row]) -> dict[int, str]:
    """Return the hash at each position that a line vouches for, less what a signed break takes back."""
    marks: dict[int, str] = {}
    for line in lines:
        if line["kind"] == "break":
            goes_on = line["more"].get("continues", True)
            marks = {at: head for at, head in marks.items() if goes_on and at <= line["position"]}
        marks.setdefault(line["position"], line["head"])
    return marks


def chained(entry: Row) -> bytes:
    """Return the hash that an entry must have."""
    areas = [entry[name] for name in AREAS]
    said = [entry[name] for name in ("actor_id", "verb", "object_type", "object_id", "object_version")]
    if entry["stamp"] is None:  # written before entries bore stamps
        content = [entry["position"], entry["previous_hash"].hex(), entry["at"].timestamp(), *said, areas]
        return hashlib.sha256(compact([*content, entry["facts"]])).digest()
    content = compact([micros(entry["at"]), *said, areas, whole(entry["facts"])])
    place = entry["position"].to_bytes(8, "big") + entry["previous_hash"]
    return hashlib.sha256(place + entry["stamp"] + content).digest()


def compact(content: object) -> bytes:
    """Write JSON in the one way that is hashed."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def micros(moment: datetime) -> int:
    """Return microseconds since 1970."""
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def whole(held: object) -> object:
    """Write 2.0 as 2."""
    if isinstance(held, dict):
        return {key: whole(part) for key, part in held.items()}
    if isinstance(held, list):
        return [whole(part) for part in held]
    return int(held) if isinstance(held, float) and held.is_integer() else held


def told_of(table: str, row: Row) -> str:
    """Return what the entry of a row says of it."""
    values = [plain(row[name]) for name in READINGS[table]]
    text = json.dumps([table, *values], ensure_ascii=False, separators=(",", ":"))
    return f"{table} {micros(row['at'])} {hashlib.sha256(text.encode()).hexdigest()}"


def plain(held: object) -> object:
    """Write a value of a row as it is hashed."""
    if isinstance(held, datetime):
        return micros(held)
    return held.hex() if isinstance(held, bytes) else held


def check(source: Backup | Dump | Database, lines: list[Row]) -> str:
    """Return what is proved; TamperedError where something does not fit."""
    marks = marks_of(lines)
    readings = Counter(
        told_of(table, row) for table in READINGS for row in source.rows(table, READINGS[table])
    )
    entries = list(source.rows(JOURNAL, ENTRY))
    ordered = sorted((row for row in entries if row["position"] is not None), key=lambda row: row["position"])
    check_chain(ordered, marks)
    proved = max(marks, default=0)
    check_readings(entries, readings, proved)
    return (
        f"{len(ordered)} entries, unbroken up to entry {proved} of the last checkpoint ({len(lines)} lines); "
        f"{readings.total()} readings as the journal tells of them."
    )


def check_chain(ordered: list[Row], marks: dict[int, str]) -> None:
    """Follow the chain from its beginning to its end."""
    head, before = bytes(32), 0
    for expected, entry in enumerate(ordered, 1):
        if entry["position"] != expected:
            raise TamperedError(f"position {expected} is missing")
        if entry["previous_hash"] != head or entry["hash"] != chained(entry):
            raise TamperedError(f"entry {expected} was changed")
        head = entry["hash"]
        if expected in marks:
            if marks[expected] != head.hex():
                raise TamperedError(f"entries {before + 1} to {expected} are not those of the checkpoint")
            before = expected
    if len(ordered) < max(marks, default=0):
        raise TamperedError(f"entries {len(ordered) + 1} to {max(marks)} were cut off at the end")


def check_readings(entries: list[Row], readings: Counter[str], proved: int) -> None:
    """Compare what entries tell of rows with the rows, save those whose time was up, as a proved one says."""
    told = Counter(entry["facts"]["kept"] for entry in entries if "kept" in entry["facts"])
    gone = [entry for entry in entries if entry["verb"] == "journal.forgotten"]
    gone = [entry for entry in gone if entry["position"] and entry["position"] <= proved]
    for entry in gone:
        if entry["facts"]["before"] > micros(entry["at"]):
            raise TamperedError(f"entry {entry['position']} lets readings go of a time that had not come")
    until = {entry["object_id"]: entry["facts"]["before"] for entry in gone}
    for one in told - readings:
        table, moment, _ = one.split(" ")
        if int(moment) >= until.get(table, 0):
            raise TamperedError(f"a reading in {table} that an entry tells of was removed or changed")
    if readings - told:
        raise TamperedError(
            f"the journal does not know a reading in {next(iter(readings - told)).split(' ')[0]}"
        )


def main() -> int:
    """Check and say what was found."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--checkpoints", type=Path, required=True)
    parser.add_argument("--public", type=Path, required=True, help="file with the public key, base64")
    parser.add_argument("--pg-restore", default="pg_restore")
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--backup", type=Path, help="a file of `shige backup`")
    source.add_argument("--dump", type=Path, help="a dump in PostgreSQL's custom format")
    source.add_argument("--database", help="address of a role that may read the tables")
    given = parser.parse_args()
    try:
        lines = read_checkpoints(given.checkpoints, given.public.read_text().split())
        if not lines:
            print("There is no checkpoint to compare with.")
            return 2
        for line in lines:
            if line["kind"] in {"break", "fault"}:
                said = line["more"].get("reason") or line["more"].get("found")
                print(f"{line['at']} {line['kind']}: {said}")
        print(check(source_of(given), lines))
    except TamperedError as fault:
        print(f"TAMPERED WITH: {fault}")
        return 1
    return 0


def source_of(given: argparse.Namespace) -> Backup | Dump | Database:
    """Return where the tables are read from."""
    if given.backup:
        return Backup(given.backup)
    return Database(given.database) if given.database else Dump(given.dump, given.pg_restore)


if __name__ == "__main__":
    sys.exit(main())
