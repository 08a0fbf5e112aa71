"""The file of a backup: a tar archive whose last members say what it holds, and that this program wrote it.

The manifest names every file with its digest; its signature (Ed25519) is of the key that signs checkpoints.
"""

import base64
import hashlib
import json
import os
import tarfile
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pydantic import BaseModel

from shige.trust.checkpoints import CheckpointKeys

from ..refusal import Refusal
from .tables import Contents

FORMAT = 2
"""1 was a dump of SQL, which could carry commands: it is not read any more."""

SHORT = 64 * 1024 * 1024
"""The most bytes of what a backup says of itself, which is read before it is known who wrote it."""

_MANIFEST = "manifest.json"
_SIGNATURE = "manifest.signature"
_PURPOSE = b"shige backup\n"
"""Signed together with the manifest: nothing else that the key signs begins like this."""


class Manifest(BaseModel):
    """What a backup says about itself; written last, so that a cut file has none."""

    format: int
    made: datetime
    program: str
    contents: Contents
    sha256: dict[str, str]


def write(target: Path, members: Mapping[str, Path], contents: Contents, keys: CheckpointKeys) -> Manifest:
    """Write files by name, the manifest and its signature into a new file for its owner only (0600)."""
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
                contents=contents,
                sha256=written,
            )
            last = target.with_name(_MANIFEST)
            last.write_text(manifest.model_dump_json(indent=1))
            _add(archive, _MANIFEST, last)
            signed = target.with_name(_SIGNATURE)
            signature = base64.b64encode(keys.sign(_PURPOSE + last.read_bytes())).decode()
            signed.write_text(json.dumps({"key": keys.current.hex(), "signature": signature}))
            _add(archive, _SIGNATURE, signed)
        file.flush()
        os.fsync(file.fileno())
    return manifest


def unpack(source: Path, workspace: Path, public: Mapping[bytes, bytes]) -> Manifest:
    """Read the files that the manifest names, and no other, comparing each with its digest.

    Parameters
    ----------
    public : mapping
        The public halves of the keys that are trusted, by name.

    Raises
    ------
    Refusal
        The file is cut, changed, no backup at all, of an old format, not signed by a trusted key, or leads
        out of the folder.
    """
    try:
        with tarfile.open(source) as archive:
            manifest = _signed_manifest(source, archive, public)
            for name, digest in manifest.sha256.items():
                with _member(archive, name) as file:
                    if _copy(file, _place(workspace, name)) != digest:
                        raise Refusal(f"{source} is damaged: {name} differs from what was written.")
    except (
        tarfile.TarError, KeyError, OSError, ValueError, TypeError, AttributeError, RecursionError,
    ) as error:  # fmt: skip
        raise Refusal(f"{source} is not a whole backup: {error}") from None
    return manifest


def _signed_manifest(source: Path, archive: tarfile.TarFile, public: Mapping[bytes, bytes]) -> Manifest:
    """Return what a backup says of itself; nothing of it is believed before its signature fits."""
    text = _short(archive, _MANIFEST)
    if json.loads(text).get("format") != FORMAT:
        raise Refusal(
            f"Nothing was restored: {source} is of another format than this version reads. Restore it with "
            "the version that wrote it, and back up anew."
        )
    if _SIGNATURE not in archive.getnames():
        raise Refusal(f"Nothing was restored: {source} is not signed.")
    signed = json.loads(_short(archive, _SIGNATURE))
    try:
        key = Ed25519PublicKey.from_public_bytes(public[bytes.fromhex(signed["key"])])
        key.verify(base64.b64decode(signed["signature"]), _PURPOSE + text)
    except KeyError:
        raise Refusal(
            f"Nothing was restored: {source} is signed by a key that is not known here. Put the key file of "
            "the program that wrote it (checkpoint.key) in its place, or name its public half with --public."
        ) from None
    except InvalidSignature:
        raise Refusal(
            f"Nothing was restored: the signature of {source} does not fit, it was changed."
        ) from None
    return Manifest.model_validate_json(text)


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


def _short(archive: tarfile.TarFile, name: str) -> bytes:
    """Return a member that is read before anything of the file is believed."""
    with _member(archive, name) as file:
        text = file.read(SHORT + 1)
    if len(text) > SHORT:
        raise tarfile.ReadError(f"{name} is too long")
    return text


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
