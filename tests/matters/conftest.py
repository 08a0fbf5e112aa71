"""The ground of this room's tests: a small town, and keys for the vault."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from shige.matters import clock
from shige.trust import keys
from shige.trust.commands.vault import data_key, master_keys

from .town import WEDNESDAY, Town, build


@pytest.fixture(autouse=True)
def vault_keys(tmp_path: Path, settings: Settings) -> Iterator[None]:
    """Give every test key files and folders of its own."""
    settings.SHIGE_VAULT_KEY_FILE = tmp_path / "vault.key"
    settings.MEDIA_ROOT = tmp_path / "media"
    keys.make_keys()
    yield
    master_keys.cache_clear()
    data_key.cache_clear()


@pytest.fixture
def town(db: None) -> Town:
    """Build the small town."""
    return build()


@pytest.fixture
def morning() -> Iterator[None]:
    """Let everything happen on a Wednesday at ten."""
    with clock.at(WEDNESDAY):
        yield
