"""`shige backup` and `shige restore`: the database and the files of a data folder as one file."""

import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from secrets import token_hex

from ..database.addresses import database, database_alone
from ..database.dump import is_empty, user_of
from ..processes.leash import spawn
from ..processes.services import program_environment
from ..refusal import Refusal
from .archive import Manifest, unpack, write
from .own_folder import own_folder
from .restored import (
    Anchorage,
    Restored,
    check_anchorage,
    check_erasures,
    declare_restored,
    signing_keys,
    trusted,
)
from .staging import STAGED_MEMBERS, STAGING, staging, take_place
from .tables import write_tables
from .transient import FOLDERS, TABLES
from .unfinished import begin, end, is_noted, workspace

_TABLES = "tables"
_MEDIA = "media"


@dataclass(frozen=True, slots=True)
class Keys:
    """The key files of a data folder, which a backup leaves out unless told: who has both reads all."""

    vault: Path
    members: Path
    signing: Path

    @classmethod
    def of(cls, data: Path) -> "Keys":
        """Find them where the settings look for them."""
        vault, members = (os.environ.get(f"SHIGE_{name}_KEY_FILE") for name in ("VAULT", "MEMBERS"))
        return cls(
            Path(vault) if vault else data / "vault.key",
            Path(members) if members else data / "members.key",
            data / "secret.key",
        )

    def by_member(self) -> dict[str, Path]:
        """Give the name of each in the backup."""
        return {
            "keys/vault.key": self.vault,
            "keys/members.key": self.members,
            "keys/secret.key": self.signing,
        }


def erasures_of(data: Path) -> Path:
    """Find the list of deletions where the settings look for it; it is in no backup, which it outlives."""
    path = os.environ.get("SHIGE_ERASURES")
    return Path(path) if path else data / "erasures.jsonl"


def backup(data: Path, target: Path, with_keys: bool) -> Manifest:
    """Write database, media and a manifest into one file, whole or not at all, for its owner only (0600).

    The program may run meanwhile: the database is as of one moment, the media are read after it. What is
    transient (sessions, drafts, uploads) stays out. What a killed backup left beside the file is removed.

    Parameters
    ----------
    data : Path
        The data folder.
    target : Path
        The file, replaced where it exists.
    with_keys : bool
        Whether the keys of the vault and of the members' register, and the signing key, go in too.

    Raises
    ------
    Refusal
        The database cannot be reached or read whole.
    """
    with database(data) as addresses, own_folder(target.absolute().parent) as folder:
        keys = signing_keys(Anchorage.of(data))
        contents = write_tables(addresses.keeper, folder / _TABLES, without=TABLES)
        tables = {f"{_TABLES}/{name}.copy": folder / _TABLES / f"{name}.copy" for name in contents.tables}
        members = tables | _media(data)
        if with_keys:
            members |= {name: path for name, path in Keys.of(data).by_member().items() if path.exists()}
        partial = folder / "backup.tar"
        manifest = write(partial, members, contents, keys)
        partial.replace(target)
    return manifest


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a restore has led to: the manifest, the break in the journal, how much was deleted again."""

    manifest: Manifest
    restored: Restored | None
    erased: int


def restore(data: Path, source: Path, replace: bool, public: Path | None = None) -> Outcome:
    """Put a backup's content in the place of what the database holds.

    The file is unpacked and its signature checked first. The rows are read, as data, into tables that this
    program's migrations make in a schema of their own, all as the ordinary role that owns them; media are
    added beside those that are there; the tables change place in one transaction; only then what the backup
    does not have goes. What was deleted since the backup is deleted again, and that the journal was replaced
    is signed among the checkpoints. Killed before the tables change place, the old state stands; killed
    after, the program refuses to serve until the restore is repeated (``unfinished``).

    Parameters
    ----------
    data : Path
        The data folder, on which nothing else runs.
    source : Path
        A file from `backup`.
    replace : bool
        Whether tables that exist may go.
    public : Path, optional
        A file with the public half of the key that signed it, where the key itself is not here.

    Raises
    ------
    Refusal
        The file is damaged, not signed by a known key or newer than this program, the list of deletions was
        altered, or the database is not empty.
    """
    with database_alone(data) as addresses, workspace(data) as folder:
        if not replace and not is_empty(addresses.keeper) and not is_noted(data):
            raise Refusal("The database is not empty: add --replace to lose what it holds.")
        known = trusted(Anchorage.of(data), public)
        manifest = unpack(source, folder, known)
        _check_fits(manifest)
        check_anchorage(data)
        check_erasures(data, erasures_of(data), known)
        with (
            staging(addresses.owner, user_of(addresses.program)),
            _added_media(folder / _MEDIA, data / _MEDIA),
        ):
            erased = _refill(data, addresses.owner, folder / _TABLES, manifest)
            begin(data, source)
            try:
                take_place(addresses.owner)
            except Refusal:
                end(data)
                raise
        _place_keys(folder, data)
        restored = declare_restored(addresses.keeper, data, manifest.made)
        end(data)
    return Outcome(manifest, restored, erased)


def _refill(data: Path, owner_url: str, tables: Path, manifest: Manifest) -> int:
    """Read the rows into fresh tables by a program of its own; return how much was deleted again."""
    (tables / "contents.json").write_text(manifest.contents.model_dump_json())
    environment = {
        **program_environment(data, owner_url),
        "PGOPTIONS": f"-c search_path={STAGING},{STAGED_MEMBERS}",
        "SHIGE_SECRET_KEY": token_hex(32),  # nothing is signed with it
    }
    argv = [sys.executable, "-m", "shige.machine.backup.refill", str(tables), STAGING, STAGED_MEMBERS]
    with (tables / "said").open("w+b") as output:
        status = spawn(argv, env=environment, output=output).wait()
        output.seek(0)
        said = output.read().decode(errors="replace").strip()
    if status:
        raise Refusal(f"Nothing was restored, the database is as it was: {said[-2000:]}")
    return int(said.split()[-1])


def _media(data: Path) -> dict[str, Path]:
    kept = (path for path in _files(data / _MEDIA) if path.relative_to(data / _MEDIA).parts[0] not in FOLDERS)
    return {path.relative_to(data).as_posix(): path for path in sorted(kept)}


def _check_fits(manifest: Manifest) -> None:
    if _numbers(manifest.program) > _numbers(version("shige")):
        raise Refusal(
            f"The backup was made by version {manifest.program}: install that version or a later one."
        )


def _numbers(release: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", release)[:3]]


@contextmanager
def _added_media(source: Path, target: Path) -> Iterator[None]:
    """Move files in beside those that are there; after the block only they stay, on failure only those.

    Their names are never used twice, so that the two sets live side by side.
    """
    before = _files(target)
    places = {path: target / path.relative_to(source) for path in _files(source)}
    added = set(places.values())
    try:
        for path, place in places.items():
            place.parent.mkdir(parents=True, exist_ok=True)
            path.replace(place)
        yield
    except BaseException:
        _remove(added - before)
        raise
    _remove(before - added)


def _files(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


def _remove(paths: set[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def _place_keys(workspace: Path, data: Path) -> None:
    """Put keys into their place; one that is there and differs is set aside, never lost."""
    for name, place in Keys.of(data).by_member().items():
        key = workspace / name
        if not key.exists() or (place.exists() and place.read_bytes() == key.read_bytes()):
            continue
        if place.exists():
            place.rename(place.with_name(f"{place.name}.{datetime.now(UTC):%Y%m%dT%H%M%SZ}"))
        shutil.copyfile(key, place.with_name(place.name + ".partial"))
        place.with_name(place.name + ".partial").chmod(0o600)
        place.with_name(place.name + ".partial").replace(place)
