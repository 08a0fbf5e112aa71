"""Seal personal values, and open them again only with a record of who, when and why (P5-P7)."""

import hashlib
import hmac
import secrets
import uuid
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection, transaction
from django.utils import timezone

from ..entry_stamp import micros
from ..erasures import digest_of, note_erasures
from ..facts import VaultRead, VaultWrittenAnew
from ..gate import Lineage, Viewer
from ..handles import name_handles
from ..keys import MasterKeys, add_wrapping_key, read_keys
from ..models import VaultItem, VaultKey, VaultReading
from ..personal import FIELDS
from ..vouched_rows import check_kept, told_of
from .journal import record

ERASED = "value"
"""The kind of a value on the list of what was deleted; its name there is its handle."""

REPLACED = "replaced"
"""The kind of a value in whose place another one stands under its handle; its moment tells the two apart."""

ITEMS_OF_A_KEY = 100_000
"""A data key is replaced long before random nonces could meet."""


@lru_cache(maxsize=1)
def master_keys() -> MasterKeys:
    """Return the key file's content, read once for each process."""
    return read_keys()


@lru_cache(maxsize=64)
def data_key(pk: int) -> bytes:
    """Return a data key in the clear; it stays in memory only."""
    row = VaultKey.objects.get(pk=pk)
    if row.master not in master_keys().wrapping:
        master_keys.cache_clear()  # rotated by another process since this one read the file
    return unwrap(bytes(row.wrapped), master_keys().wrapping[row.master])


def wrap(key: bytes, master: bytes) -> bytes:
    """Encrypt a data key with a master key."""
    nonce = secrets.token_bytes(12)
    return nonce + AESGCM(master).encrypt(nonce, key, b"data key")


def unwrap(wrapped: bytes, master: bytes) -> bytes:
    """Decrypt a data key."""
    return AESGCM(master).decrypt(wrapped[:12], wrapped[12:], b"data key")


def key_in_use() -> int:
    """Return the id of the newest data key, making the first one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM trust_vaultkey")
        newest: int | None = cursor.fetchone()[0]
    return newest if newest is not None else make_data_key()


def make_data_key() -> int:
    """Add a data key, wrapped by the master key in use."""
    masters = master_keys()
    wrapped = wrap(secrets.token_bytes(32), masters.wrapping[masters.current])
    return VaultKey.objects.create(wrapped=wrapped, master=masters.current).pk


def blind_index(field: str, value: str) -> bytes:
    """Return the keyed hash by which an equal value is found without opening any."""
    return hmac.digest(master_keys().blind, f"{field}\0{value}".encode(), hashlib.sha256)


def seal(field: str, value: str) -> uuid.UUID:
    """Encrypt one value of a declared personal field inside the caller's transaction.

    Raises
    ------
    KeyError
        The field was never declared with a purpose and a retention.
    """
    return seal_all({field: value})[field]


def seal_all(values: Mapping[str, str]) -> dict[str, uuid.UUID]:
    """Encrypt the values of several declared fields with two statements; return their handles by field."""
    items = sealed_items(values)
    VaultItem.objects.bulk_create(items)
    return {item.field: item.handle for item in items}


def seal_rows(
    rows: Sequence[Mapping[str, str]], since: Sequence[datetime | None]
) -> list[dict[str, uuid.UUID]]:
    """Encrypt the values of many rows with few statements; return the handles of each row by field.

    The time of a row's values runs ``since`` then, or from now on; what is past its retention is left out.
    """
    key = key_in_use() if any(rows) else 0
    made = [
        [sealed_item(field, row[field], key, start) for field in row if not is_over(field, start)]
        for row, start in zip(rows, since, strict=True)
    ]
    VaultItem.objects.bulk_create([item for items in made for item in items], batch_size=1000)
    return [{item.field: item.handle for item in items} for items in made]


def is_over(field: str, since: datetime | None) -> bool:
    """Say whether a value that is kept since then is past its retention (P6)."""
    return since is not None and FIELDS[field].ends(since) <= timezone.now()


def sealed_items(values: Mapping[str, str]) -> list[VaultItem]:
    """Return values encrypted under handles of their own, for whoever inserts them with what they are of."""
    if not values:
        return []
    key = key_in_use()
    return [sealed_item(field, value, key) for field, value in values.items()]


def sealed_item(
    field: str, value: str, key: int, since: datetime | None = None, handle: uuid.UUID | None = None
) -> VaultItem:
    """Return one value encrypted, not yet saved; without a ``handle`` under one of its own.

    Its time runs ``since`` then, or from now on.
    """
    declared, handle, nonce = FIELDS[field], handle or uuid.uuid4(), secrets.token_bytes(12)
    return VaultItem(
        handle=handle,
        field=field,
        key_id=key,
        nonce=nonce,
        sealed=AESGCM(data_key(key)).encrypt(nonce, value.encode(), handle.bytes),
        blind=blind_index(field, value) if declared.indexed else None,
        expires_at=declared.ends(since or timezone.now()),
    )


def reveal(
    viewer: Viewer,
    handles: Iterable[uuid.UUID],
    reason: str,
    *,
    role: str = "",
    lineage: Lineage | None = None,
) -> Mapping[uuid.UUID, str]:
    """Open values; who opened them, when and why is committed before the text is returned.

    Raises
    ------
    ValueError
        No reason is given.
    RuntimeError
        Called inside a transaction, whose end the record would have to wait for.
    """
    wanted = list(handles)
    if not reason.strip():
        raise ValueError("Say why the data is opened.")
    note_readings(viewer, wanted, reason, role=role, lineage=lineage)
    with transaction.atomic():
        name_handles(wanted)
        return {item.handle: opened(item) for item in VaultItem.objects.filter(handle__in=wanted)}


def note_readings(
    viewer: Viewer,
    handles: Iterable[uuid.UUID],
    reason: str = "",
    *,
    role: str = "",
    lineage: Lineage | None = None,
) -> None:
    """Commit that somebody opens something personal, before it is handed over (P7).

    Raises
    ------
    RuntimeError
        Called inside a transaction, whose end the record would have to wait for.
    """
    with transaction.atomic(durable=True):
        keep_readings(viewer, handles, reason, role, lineage)


def keep_readings(
    viewer: Viewer,
    handles: Iterable[uuid.UUID],
    reason: str,
    role: str,
    lineage: Lineage | None = None,
    verb: str = "vault.revealed",
) -> None:
    """Keep, inside the caller's transaction, who read of which values and why, for those whose they are.

    The journal vouches for each reading by its hash: why it was read stands there only in that form.

    Raises
    ------
    RuntimeError
        Something in the database swallows the readings, so that nothing may be handed over.
    """
    readings = [
        VaultReading(
            handle=handle,
            person_id=viewer.person,
            role=role,
            reason=reason,
            at=timezone.now(),
            salt=secrets.token_bytes(16),
        )
        for handle in handles
    ]
    VaultReading.objects.bulk_create(readings)
    check_kept(readings)
    for reading in readings:
        fact = VaultRead(reason_given=bool(reason), kept=told_of(reading))
        record(viewer, verb, "vault_item", reading.handle, 1, lineage, fact)


def opened(item: VaultItem) -> str:
    """Decrypt one item; it opens only under its own handle."""
    sealed = AESGCM(data_key(item.key_id)).decrypt(bytes(item.nonce), bytes(item.sealed), item.handle.bytes)
    return sealed.decode()


def handles_of(field: str, value: str) -> list[uuid.UUID]:
    """Return the handles under which a value is kept, found by its blind index; nothing is opened.

    Called inside the caller's transaction, which puts on record that somebody looked (``keep_readings``).
    """
    return handles_under(field, blind_index(field, value))


def handles_under(field: str, blind: bytes) -> list[uuid.UUID]:
    """Return the handles of a blind index, as ``handles_of`` does for the value that it hides."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('shige.blind', %s, true)", [blind.hex()])
    return list(VaultItem.objects.filter(field=field, blind=blind).values_list("handle", flat=True))


@transaction.atomic
def kept_alike(handles: Iterable[uuid.UUID]) -> dict[uuid.UUID, bytes]:
    """Return by handle a mark that equal values share; nothing is opened, and what is gone has none.

    For counting people, not values: whoever calls it keeps the marks nowhere.
    """
    wanted = list(handles)
    name_handles(wanted)
    found = VaultItem.objects.filter(handle__in=wanted).values_list("handle", "blind")
    marks = {handle: bytes(blind) for handle, blind in found if blind}
    name_handles([])
    return marks


def replace(
    viewer: Viewer, handle: uuid.UUID, field: str, value: str, lineage: Lineage | None = None
) -> None:
    """Put another value under a handle, so that who read the one before can still be told; empty deletes.

    Once restored, a backup lacks the one before as well.
    """
    name_handles([handle])
    note_erasures(REPLACED, map(_listed, VaultItem.objects.filter(handle=handle)))
    forget(viewer, [handle], lineage)
    if value:
        sealed_item(field, value, key_in_use(), handle=handle).save(force_insert=True)


@transaction.atomic
def write_anew(viewer: Viewer, handles: Iterable[uuid.UUID], form: Callable[[str], str]) -> int:
    """Put values into the form in which they are kept from now on; return how many changed.

    Handle, retention and readings stay, the blind index follows the new form. ``form`` returns an empty text
    for what it cannot read: that stays as it is.
    """
    wanted = list(handles)
    name_handles(wanted)
    items = list(VaultItem.objects.select_for_update().filter(handle__in=wanted))
    key = key_in_use() if items else 0
    changed = []
    for item in items:
        before = opened(item)
        after = form(before)
        if after and after != before:
            made = sealed_item(item.field, after, key, handle=item.handle)
            item.key_id, item.nonce, item.sealed, item.blind = key, made.nonce, made.sealed, made.blind
            changed.append(item)
    VaultItem.objects.bulk_update(changed, ["key", "nonce", "sealed", "blind"], batch_size=500)
    if changed:
        record(viewer, "vault.written_anew", "vault", "values", 1, fact=VaultWrittenAnew(count=len(changed)))
    return len(changed)


def sealed_copy(handle: uuid.UUID | None, field: str, under: uuid.UUID | None = None) -> uuid.UUID | None:
    """Seal what is kept under a handle once more, as ``field`` under another handle; nobody reads it.

    Called inside the caller's transaction; None where nothing is kept any more.
    """
    if handle is None:
        return None
    name_handles([handle])
    item = VaultItem.objects.filter(handle=handle).first()
    if item is None:
        return None
    made = sealed_item(field, opened(item), key_in_use(), handle=under)
    made.save(force_insert=True)
    return made.handle


def unseal(viewer: Viewer, handle: uuid.UUID, lineage: Lineage | None = None) -> str:
    """Take a value out of the vault for good, inside the caller's transaction, and say so in the journal.

    For what was sealed in doubt and needs no seal after all; empty where it is no longer kept.
    """
    name_handles([handle])
    item = VaultItem.objects.filter(handle=handle).first()
    value = opened(item) if item else ""
    forget(viewer, [handle], lineage)
    return value


def forget(viewer: Viewer, handles: Iterable[uuid.UUID], lineage: Lineage | None = None) -> int:
    """Delete values for good inside the caller's transaction, and say so in the journal."""
    wanted = list(handles)
    name_handles(wanted)
    count, _ = VaultItem.objects.filter(handle__in=wanted).delete()
    for handle in wanted:
        record(viewer, "vault.forgotten", "vault_item", handle, 2, lineage)
    return count


def erase(viewer: Viewer, handles: Iterable[uuid.UUID], lineage: Lineage | None = None) -> int:
    """Delete values as ``forget`` does, because somebody wants it: once restored, a backup lacks them too."""
    wanted = list(handles)
    count = forget(viewer, wanted, lineage)
    note_erasures(ERASED, map(str, wanted))
    return count


def erase_again(viewer: Viewer, digests: Collection[str]) -> int:
    """Delete, after a restore, the values that are on the list of what was deleted; return how many.

    Called as a role that sees every row.
    """
    return _forget_listed(viewer, lambda item: digest_of(ERASED, str(item.handle)) in digests)


def erase_replaced(viewer: Viewer, digests: Collection[str]) -> int:
    """Delete, after a restore, the values in whose place others stood, as ``erase_again`` does."""
    return _forget_listed(viewer, lambda item: digest_of(REPLACED, _listed(item)) in digests)


def _forget_listed(viewer: Viewer, is_listed: Callable[[VaultItem], bool]) -> int:
    items = VaultItem.objects.only("handle", "created_at").iterator()
    return forget(viewer, [item.handle for item in items if is_listed(item)])


def _listed(item: VaultItem) -> str:
    """Return the name of one value of a handle on the list."""
    return f"{item.handle} {micros(item.created_at)}"


@transaction.atomic
def forget_expired(viewer: Viewer, now: datetime | None = None) -> int:
    """Delete what has passed its retention (P6) at a moment, or by now."""
    expired = VaultItem.objects.filter(expires_at__lt=now or timezone.now()).values_list("handle", flat=True)
    return forget(viewer, list(expired[:5000]))


@transaction.atomic
def rotate(viewer: Viewer) -> int:
    """Put a new master key in use and wrap every data key again with it; return how many."""
    keys = add_wrapping_key()
    rows = list(VaultKey.objects.select_for_update())
    for row in rows:
        plain = unwrap(bytes(row.wrapped), keys.wrapping[row.master])
        row.wrapped, row.master = wrap(plain, keys.wrapping[keys.current]), keys.current
    VaultKey.objects.bulk_update(rows, ["wrapped", "master"])
    master_keys.cache_clear()
    record(viewer, "vault.rotated", "vault", "keys", len(keys.wrapping))
    return len(rows)
