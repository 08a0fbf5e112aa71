"""What a journal entry is as bytes: the stamp that only the program can make, and the hash of the chain.

The stamp is made when the entry is written, with a key that the database does not hold
(`checkpoints.keys`): who changes or invents an entry in the database, waiting for its position or not, cannot
make one. The hash needs no key, so that somebody else can compute the chain again.
"""

import hashlib
import hmac
import json
import os
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final

from django.conf import settings

from .checkpoints import CheckpointKeys, read_keys
from .checkpoints.keys import NAME_BYTES
from .models import JournalEntry

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)
NONCE_BYTES: Final = 8
MAC_BYTES: Final = 16


@lru_cache(maxsize=1)
def checkpoint_keys() -> CheckpointKeys:
    """Return the key file's content, read once for each process."""
    return read_keys(settings.SHIGE_CHECKPOINT_KEY_FILE)


def content_of(entry: JournalEntry) -> bytes:
    """Return what an entry says in the one form that is stamped and chained, before and after it is kept."""
    content = [
        micros(entry.at),
        entry.actor_id,
        entry.verb,
        entry.object_type,
        entry.object_id,
        entry.object_version,
        [entry.district, entry.street, entry.community, entry.general, entry.leaf],
        _plain(entry.facts),
    ]
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def stamp_of(entry: JournalEntry) -> bytes:
    """Return a stamp for an entry: the name of the key, a random part that makes it single, and the MAC."""
    keys = checkpoint_keys()
    nonce = os.urandom(NONCE_BYTES)
    return keys.current + nonce + _mac(keys.stamping[keys.current], nonce, content_of(entry))


def is_known(stamp: bytes | memoryview | None) -> bool:
    """Say whether a stamp names a key that is at hand."""
    if stamp is None:
        return False
    name = bytes(stamp)[:NAME_BYTES]
    if name not in checkpoint_keys().stamping:
        checkpoint_keys.cache_clear()  # rotated by another process since this one read the file
    return name in checkpoint_keys().stamping


def is_stamped(entry: JournalEntry) -> bool:
    """Say whether the program has written exactly this."""
    if not is_known(entry.stamp):
        return False
    stamp = bytes(entry.stamp or b"")
    name, nonce, mac = stamp[:NAME_BYTES], stamp[NAME_BYTES : NAME_BYTES + NONCE_BYTES], stamp[-MAC_BYTES:]
    whole = len(stamp) == NAME_BYTES + NONCE_BYTES + MAC_BYTES
    return whole and hmac.compare_digest(
        mac, _mac(checkpoint_keys().stamping[name], nonce, content_of(entry))
    )


def digest(entry: JournalEntry) -> bytes:
    """Return the SHA-256 that chains an entry, which has its position, to the one before."""
    if entry.stamp is None:
        return _digest_of_old(entry)
    place = (entry.position or 0).to_bytes(8) + bytes(entry.previous_hash or b"")
    return hashlib.sha256(place + bytes(entry.stamp) + content_of(entry)).digest()


def micros(moment: datetime) -> int:
    """Return a moment as microseconds since 1970 (UTC)."""
    return (moment - EPOCH) // MICROSECOND


def _mac(key: bytes, nonce: bytes, content: bytes) -> bytes:
    return hmac.digest(key, nonce + content, "sha256")[:MAC_BYTES]


def _plain(value: object) -> object:
    """Return facts as they come back from the database, which keeps no 1.0 and no key but text."""
    if isinstance(value, dict):
        return {str(key): _plain(held) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(held) for held in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _digest_of_old(entry: JournalEntry) -> bytes:
    """Return the hash of an entry that was written before entries had stamps."""
    content = [
        entry.position,
        bytes(entry.previous_hash or b"").hex(),
        entry.at.timestamp(),
        entry.actor_id,
        entry.verb,
        entry.object_type,
        entry.object_id,
        entry.object_version,
        [entry.district, entry.street, entry.community, entry.general, entry.leaf],
        entry.facts,
    ]
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).digest()
