"""The key after which a page of points begins, as it stands in an address: veiled."""

from shige.trust.veil import unveiled, veiled


def read_cursor(written: str) -> int:
    """Return the key that an address names; 0, the beginning, for what was not written here."""
    try:
        return int(unveiled("key", written)) if written else 0
    except ValueError:
        return 0


def written_cursor(key: int | None) -> str:
    """Write a key for an address; empty where there is no next page."""
    return veiled("key", str(key)) if key else ""
