"""The passwords of the database that the program keeps for itself."""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Credentials:
    """One password for each database role of the embedded cluster."""

    superuser: str
    owner: str
    program: str


def load_credentials(path: Path) -> Credentials:
    """Read the passwords; FileNotFoundError where there are none."""
    return Credentials(**json.loads(path.read_text()))


def make_credentials(path: Path) -> Credentials:
    """Make new passwords of 192 bits and keep them in a file that only its owner reads (0600)."""
    made = Credentials(*(secrets.token_urlsafe(24) for _ in range(3)))
    write_private(path, json.dumps(asdict(made)))
    return made


def write_private(path: Path, text: str) -> None:
    """Write a file whole or not at all, readable by its owner only."""
    partial = path.with_name(path.name + ".partial")
    partial.unlink(missing_ok=True)
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
