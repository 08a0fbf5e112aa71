"""One line of the checkpoints: what it says, how it is written, and whether its signature fits."""

import base64
import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from .keys import CheckpointKeys

FORMAT = 1


class LogError(Exception):
    """The checkpoints themselves do not hold together."""


class Kind(StrEnum):
    """What a line stands for."""

    BEGIN = "begin"
    """The first line: entries up to its position are taken as they are found."""
    CHECKPOINT = "checkpoint"
    STOP = "stop"
    """A checkpoint at an orderly stop."""
    BREAK = "break"
    """The journal was replaced on purpose, such as by a restore; ``more`` says why and what is gone."""
    KEY = "key"
    """A new key is in use from the next line on; ``more`` holds its public half."""
    FAULT = "fault"
    """The sequencer found something that the program had not written; ``more`` says what."""


@dataclass(frozen=True, slots=True)
class Line:
    """What the journal was at a moment.

    Parameters
    ----------
    position, head : int, str
        The last position and its hash (hex); 0 and zeros for an empty journal.
    count : int
        Entries up to that position, as counted.
    at : datetime
        The time of the database.
    previous : str
        SHA-256 (hex) of the line before, without its end; empty for the first.
    key : str
        Name of the key that signs (hex).
    more : dict
        What else a kind says.
    """

    kind: Kind
    position: int
    count: int
    head: str
    at: datetime
    previous: str
    key: str
    more: dict[str, Any] = field(default_factory=dict)
    signature: str = ""

    def content(self) -> dict[str, Any]:
        """Return what is signed."""
        return {
            "format": FORMAT,
            "kind": str(self.kind),
            "position": self.position,
            "count": self.count,
            "head": self.head,
            "at": self.at.isoformat(),
            "previous": self.previous,
            "key": self.key,
            "more": self.more,
        }

    def signed(self, keys: CheckpointKeys) -> bytes:
        """Return the line as it is written, signed by the key in use."""
        signature = base64.b64encode(keys.sign(written(self.content()))).decode()
        return written({**self.content(), "signature": signature})

    @classmethod
    def read(cls, text: bytes) -> Self:
        """Read a line as it was written; ValueError (or KeyError) where it is none."""
        held = json.loads(text)
        if not isinstance(held, dict) or held.pop("format") != FORMAT:
            raise ValueError("not a line of this format")
        return cls(
            **{**held, "kind": Kind(held["kind"]), "at": datetime.fromisoformat(held["at"])},
        )

    def check(self, public: dict[str, bytes]) -> None:
        """Raise LogError unless one of these public keys, by name, has signed the line."""
        try:
            key = Ed25519PublicKey.from_public_bytes(public[self.key])
            key.verify(base64.b64decode(self.signature), written(self.content()))
        except (KeyError, ValueError, InvalidSignature):
            raise LogError(f"the checkpoint of {self.at.isoformat()} is not signed by a known key") from None


def written(content: dict[str, Any]) -> bytes:
    """Return the one way in which content is written: keys in order, no spaces, ASCII only."""
    return json.dumps(content, sort_keys=True, separators=(",", ":")).encode()


def link(text: bytes) -> str:
    """Return what the next line says of this one."""
    return hashlib.sha256(text).hexdigest()
