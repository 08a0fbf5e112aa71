"""The ground of these tests: a small town, and keys for the vault."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from shige.trust import keys
from shige.trust.commands.vault import data_key, master_keys
from tests.matters.town import Town, build


@pytest.fixture(autouse=True)
def vault_keys(tmp_path: Path, settings: Settings) -> Iterator[None]:
    """Give every test key files and folders of its own."""
    settings.SHIGE_VAULT_KEY_FILE = tmp_path / "vault.key"
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.SHIGE_PUBLIC_RATE = 0
    keys.make_keys()
    yield
    master_keys.cache_clear()
    data_key.cache_clear()


@pytest.fixture
def town(db: None) -> Town:
    """Build the small town."""
    return build()
