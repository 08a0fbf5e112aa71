"""The passwords of the database that the program keeps for itself."""

import json
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from shige.trust.whole_file import write_whole


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
    write_whole(path, json.dumps(asdict(made)))
    return made
