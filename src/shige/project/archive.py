"""The file of a backup: a tar archive whose last member says what it holds."""

import hashlib
import os
import tarfile
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO

from pydantic import BaseModel, ValidationError

from shige.project.refusal import Refusal

FORMAT = 1
_MANIFEST = "manifest.json"


class Manifest(BaseModel):
    """What a backup says about itself; written last, so that a cut file has none."""

    format: int
    made: datetime
    program: str
    owner_role: str
    program_role: str
    sha256: dict[str, str]


def write(target: Path, members: Mapping[str, Path], owner_role: str, program_role: str) -> Manifest:
    """Write files under their names, then the manifest, into a new file for its owner only (0600)."""
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        with tarfile.open(fileobj=file, mode="w") as archive:
            written = {
                name: digest for name, path in members.items() if (digest := _add(archive, name, path))
            }
            manifest = Manifest(
                format=FORMAT,
                made=datetime.now(UTC),
                program=version("shige"),
                owner_role=owner_role,
                program_role=program_role,
                sha256=written,
            )
            last = target.with_name(_MANIFEST)
            last.write_text(manifest.model_dump_json(indent=1))
            _add(archive, _MANIFEST, last)
        file.flush()
        os.fsync(file.fileno())
    return manifest


def unpack(source: Path, workspace: Path) -> Manifest:
    """Read the files that the manifest names, and no other, comparing each with its digest.

    Raises
    ------
    Refusal
        The file is cut, changed, no backup at all, or leads out of the folder.
    """
    try:
        with tarfile.open(source) as archive:
            with _member(archive, _MANIFEST) as file:
                manifest = Manifest.model_validate_json(file.read())
            for name, digest in manifest.sha256.items():
                with _member(archive, name) as file:
                    if _copy(file, _place(workspace, name)) != digest:
                        raise Refusal(f"{source} is damaged: {name} differs from what was written.")
    except (tarfile.TarError, KeyError, OSError, ValidationError) as error:
        raise Refusal(f"{source} is not a whole backup: {error}") from None
    return manifest


def _add(archive: tarfile.TarFile, name: str, path: Path) -> str:
    """Put one file into the archive; gives its digest, empty where the file has gone meanwhile."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return ""  # a photo whose time was up, removed by the running program
    with file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        archive.addfile(archive.gettarinfo(arcname=name, fileobj=file), file)
    return digest


def _member(archive: tarfile.TarFile, name: str) -> IO[bytes]:
    file = archive.extractfile(name)
    if file is None:
        raise tarfile.ReadError(f"{name} is not a file")
    return file


def _place(workspace: Path, name: str) -> Path:
    place = (workspace / name).resolve()
    if not place.is_relative_to(workspace.resolve()):
        raise tarfile.ReadError(f"{name} leads out of the folder")
    place.parent.mkdir(parents=True, exist_ok=True)
    return place


def _copy(source: IO[bytes], target: Path) -> str:
    digest = hashlib.sha256()
    with target.open("wb") as file:
        while piece := source.read(1 << 20):
            digest.update(piece)
            file.write(piece)
    return digest.hexdigest()
