"""Files that wait between the preview of an import and its decision."""

import json
import secrets
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404

from shige.files.locked import read_unlocked, write_locked
from shige.geo.datum import Datum
from shige.trust.whole_file import write_whole

from .ground import ImportFile

KEEP_SECONDS: Final = 24 * 3600
PARTS: Final = ("divisions", "units", "barriers", "areas", "base")


@dataclass(frozen=True, slots=True)
class Upload:
    """The files of one import as they were handed in, and what was declared for them."""

    token: str
    files: Mapping[str, ImportFile]
    datum: Datum
    trusted: bool = False


def root() -> Path:
    """Return the folder of all waiting files."""
    return Path(settings.DATA) / "imports"


def keep(person: int, files: Mapping[str, "UploadedFile[Any]"], datum: str, *, trusted: bool = False) -> str:
    """Put files aside for one person, encrypted (P6); return the token that finds them again."""
    token = secrets.token_urlsafe(16)
    folder = root() / token
    folder.mkdir(parents=True, mode=0o700)
    for part, file in files.items():
        write_locked(folder / part, b"".join(file.chunks()))
    names = {part: file.name for part, file in files.items()}
    about = {"person": person, "datum": datum, "trusted": trusted, "names": names}
    write_whole(folder / "about.json", json.dumps(about))
    return token


def find(person: int, token: str) -> Upload:
    """Return what a person put aside; Http404 where there is no such thing of theirs."""
    folder = root() / Path(token).name
    about = folder / "about.json"
    if not about.is_file():
        raise Http404(token)
    said = json.loads(about.read_text())
    if said["person"] != person:
        raise Http404(token)
    files = {part: ImportFile(said["names"][part], read_unlocked(folder / part)) for part in said["names"]}
    return Upload(token, files, said["datum"], said["trusted"])


def drop(token: str) -> None:
    """Remove the files of an import that is done or given up."""
    shutil.rmtree(root() / Path(token).name, ignore_errors=True)


def drop_stale() -> None:
    """Remove what nobody decided within a day."""
    for folder in root().glob("*"):
        if time.time() - folder.stat().st_mtime > KEEP_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)
