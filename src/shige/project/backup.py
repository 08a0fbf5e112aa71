"""`shige backup` and `shige restore`: the database and the files of a data folder as one file."""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from shige.project.addresses import Addresses, database, database_alone
from shige.project.archive import FORMAT, Manifest, unpack, write
from shige.project.dump import dump, is_empty, load, user_of
from shige.project.refusal import Refusal
from shige.project.restored import Restored, check_anchorage, declare_restored
from shige.project.transient import FOLDERS, TABLES

_DUMP = "database.dump"
_MEDIA = "media"


@dataclass(frozen=True, slots=True)
class Keys:
    """The key files of a data folder, which a backup leaves out unless told: who has both reads all."""

    vault: Path
    signing: Path

    @classmethod
    def of(cls, data: Path) -> "Keys":
        """Find them where the settings look for them."""
        vault = os.environ.get("SHIGE_VAULT_KEY_FILE")
        return cls(Path(vault) if vault else data / "vault.key", data / "secret.key")

    def by_member(self) -> dict[str, Path]:
        """Give the name of each in the backup."""
        return {"keys/vault.key": self.vault, "keys/secret.key": self.signing}


def backup(data: Path, target: Path, with_keys: bool) -> Manifest:
    """Write database, media and a manifest into one file, whole or not at all, for its owner only (0600).

    The program may run meanwhile: the database is as of one moment, the media are read after it. What is
    transient (sessions, drafts, uploads) stays out.

    Parameters
    ----------
    data : Path
        The data folder.
    target : Path
        The file, replaced where it exists.
    with_keys : bool
        Whether the vault's key and the signing key go in too.

    Raises
    ------
    Refusal
        The database cannot be reached or read whole.
    """
    with database(data) as addresses, _workspace(target.absolute().parent) as workspace:
        dump(addresses.keeper, workspace / _DUMP, without=TABLES)
        members = {_DUMP: workspace / _DUMP, **_media(data)}
        if with_keys:
            members |= {name: path for name, path in Keys.of(data).by_member().items() if path.exists()}
        partial = workspace / "backup.tar"
        manifest = write(partial, members, user_of(addresses.owner), user_of(addresses.program))
        partial.replace(target)
    return manifest


def restore(data: Path, source: Path, replace: bool) -> tuple[Manifest, Restored | None]:
    """Put a backup's content in the place of what the database holds.

    The file is unpacked and checked first; media are added beside those that are there; the database
    changes in one transaction; only then what the backup does not have goes. Cut short anywhere, the old
    state or the new one works. That the journal was replaced is signed among the checkpoints.

    Parameters
    ----------
    data : Path
        The data folder, on which nothing else runs.
    source : Path
        A file from `backup`.
    replace : bool
        Whether tables that exist may go.

    Raises
    ------
    Refusal
        The file is damaged or newer than this program, the database is not empty, or its roles differ.
    """
    with database_alone(data) as addresses, _workspace(data.absolute()) as workspace:
        if not replace and not is_empty(addresses.keeper):
            raise Refusal("The database is not empty: add --replace to lose what it holds.")
        check_anchorage(data)
        manifest = unpack(source, workspace)
        _check_fits(manifest, addresses)
        with _added_media(workspace / _MEDIA, data / _MEDIA):
            load(addresses.keeper, manifest.owner_role, workspace / _DUMP)
        _place_keys(workspace, data)
        restored = declare_restored(addresses.keeper, data, manifest.made)
    return manifest, restored


@contextmanager
def _workspace(parent: Path) -> Iterator[Path]:
    """Give a folder of ours alone on the file system of the target, so that moving out of it is atomic."""
    with tempfile.TemporaryDirectory(prefix=".shige-", dir=parent) as folder:
        yield Path(folder)


def _media(data: Path) -> dict[str, Path]:
    kept = (path for path in _files(data / _MEDIA) if path.relative_to(data / _MEDIA).parts[0] not in FOLDERS)
    return {path.relative_to(data).as_posix(): path for path in sorted(kept)}


def _check_fits(manifest: Manifest, addresses: Addresses) -> None:
    if manifest.format > FORMAT or _numbers(manifest.program) > _numbers(version("shige")):
        raise Refusal(
            f"The backup was made by version {manifest.program}: install that version or a later one."
        )
    roles = (user_of(addresses.owner), user_of(addresses.program))
    if roles != (manifest.owner_role, manifest.program_role):
        raise Refusal(
            f"The backup gives its rights to the roles {manifest.owner_role} (owner) and "
            f"{manifest.program_role} (program); here they are {roles[0]} and {roles[1]}: use the same names."
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
