"""The ground of every test: the real database, a vault key, and people with posts."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from django.db import connections
from django.test import override_settings
from django.utils import translation
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker, Settings

from shige.machine.database.cluster import Cluster
from shige.matters import clock
from shige.members import keys as register
from shige.project.settings import database
from shige.trust import checkpoints, keys
from shige.trust.commands.vault import data_key, master_keys
from shige.trust.entry_stamp import checkpoint_keys
from tests.imprint import Imprint, Made, take
from tests.matters.town import WEDNESDAY, Town, build

# The same examples at every run in CI; whoever develops meets new ones. How long one takes is nowhere
# asserted, as a busy machine is no fault of the program.
hypothesis_settings.register_profile("ci", derandomize=True, print_blob=True, deadline=None)
hypothesis_settings.register_profile("here", deadline=None)
hypothesis_settings.load_profile("ci" if os.environ.get("CI") == "true" else "here")

pytest_plugins = ["tests.run_folder", "tests.shares", "tests.cluster_fixture"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker, database_cluster: Cluster) -> Iterator[None]:
    """Test as the ordinary role, which owns no table: what row-level security forbids stays forbidden."""
    address = database(database_cluster.program_url)
    with django_db_blocker.unblock():
        connections["default"].settings_dict.update(address)
        yield
        connections["default"].close()


@pytest.fixture(scope="session")
def key_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the key files once: every test gets copies of its own, as making them forces them to the disk."""
    folder = tmp_path_factory.mktemp("keys")
    with override_settings(
        SHIGE_VAULT_KEY_FILE=folder / "vault.key", SHIGE_MEMBERS_KEY_FILE=folder / "members.key"
    ):
        keys.make_keys()
        register.make_keys()
    checkpoints.make_keys(folder / "checkpoint.key")
    return folder


@pytest.fixture(scope="session")
def imprinted(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, key_files: Path
) -> Callable[[Callable[[], Made]], Imprint[Made]]:
    """Return a function that lets a builder write once for all tests, with the keys that they have."""

    def imprint(builder: Callable[[], Made]) -> Imprint[Made]:
        keys_of_tests = {
            "SHIGE_VAULT_KEY_FILE": key_files / "vault.key",
            "SHIGE_MEMBERS_KEY_FILE": key_files / "members.key",
            "SHIGE_CHECKPOINT_KEY_FILE": key_files / "checkpoint.key",
        }
        with django_db_blocker.unblock(), override_settings(**keys_of_tests), translation.override("en"):
            taken = take(builder)
        forget_keys()
        return taken

    return imprint


@pytest.fixture(scope="session")
def small_town(imprinted: Callable[[Callable[[], Town]], Imprint[Town]]) -> Imprint[Town]:
    """Build the small town of `tests.matters.town` once."""
    return imprinted(build)


@pytest.fixture
def town(db: None, small_town: Imprint[Town]) -> Town:
    """Put the small town into the database."""
    return small_town.put()


@pytest.fixture
def morning() -> Iterator[None]:
    """Let everything happen on a Wednesday at ten."""
    with clock.at(WEDNESDAY):
        yield


@pytest.fixture(autouse=True)
def own_files(tmp_path: Path, settings: Settings, key_files: Path) -> Iterator[None]:
    """Give every test key files and folders of its own, and no place to wait for beside other processes."""
    settings.DATA = tmp_path
    for key in key_files.iterdir():
        shutil.copy(key, tmp_path)
    settings.SHIGE_VAULT_KEY_FILE = tmp_path / "vault.key"
    settings.SHIGE_MEMBERS_KEY_FILE = tmp_path / "members.key"
    settings.SHIGE_CHECKPOINT_KEY_FILE = tmp_path / "checkpoint.key"
    settings.SHIGE_CHECKPOINTS = tmp_path / "checkpoints"
    settings.SHIGE_ERASURES = tmp_path / "erasures.jsonl"
    settings.SHIGE_SAMPLE_FILE = tmp_path / "sample.json"
    settings.MEDIA_ROOT = tmp_path / "media"
    yield
    forget_keys()


def forget_keys() -> None:
    """Let keys be read anew from whichever files the settings name."""
    checkpoint_keys.cache_clear()
    master_keys.cache_clear()
    data_key.cache_clear()
    register.register_keys.cache_clear()


@pytest.fixture(autouse=True)
def said_in_english() -> Iterator[None]:
    """Let commands speak English to every test, whatever language a page before it was asked in."""
    with translation.override("en"):
        yield


@pytest.fixture
def commands_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commands of the program work on the test's own database instead of starting one."""
    monkeypatch.setattr("shige.territory.cli.running", lambda data: nullcontext())
    monkeypatch.setattr("shige.project.office_cli.running", lambda data: nullcontext())
