"""A restore killed at any moment leaves the old state, or says that it must be repeated and can be."""

import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from shige.machine.backup.backup import backup
from shige.machine.backup.restored import Anchorage
from shige.machine.backup.unfinished import NOTE, WORKSPACE, settle
from shige.machine.database.cluster import Cluster
from shige.machine.processes.lock import hold
from shige.machine.refusal import Refusal
from shige.trust.checkpoints import make_keys
from tests.cluster_fixture import FAST, copy_data, reachable_folder
from tests.program import SHIGE, environment

pytestmark = pytest.mark.fault

OLD, NEW = (3, "now.jpg", b"key of now"), (2, "then.jpg", b"key of then")
"""Persons, the only photo and the vault's key: as they are in the folder, and as the backup has them."""

PERSONS = "INSERT INTO trust_person (username, service_name, password, is_active, created_at)"


def rewrite(data: Path, count: int, photo: str, key: bytes) -> None:
    """Give a folder so many persons, one photo and a vault's key."""
    cluster = Cluster(data, FAST)
    with cluster.available(), psycopg.connect(cluster.program_url) as connection:
        connection.execute("DELETE FROM trust_person")
        for number in range(count):
            connection.execute(f"{PERSONS} VALUES (%s, 'x', '', true, now())", [f"p{number}"])
    shutil.rmtree(data / "media", ignore_errors=True)
    (data / "media").mkdir()
    (data / "media" / photo).write_bytes(photo.encode())
    (data / "vault.key").write_bytes(key)


def state(data: Path) -> tuple[int, str, bytes]:
    """Return what a folder holds; the caller has its database running."""
    with psycopg.connect(Cluster(data, FAST).program_url) as connection:
        found = connection.execute("SELECT count(*) FROM trust_person").fetchone()
    photos = [path.name for path in (data / "media").rglob("*.jpg")]
    return found[0], ",".join(sorted(photos)), (data / "vault.key").read_bytes()


@pytest.fixture(scope="module")
def made(migrated_data: Path) -> Iterator[Path]:
    """Make a folder in the old state, and beside it the backup of another."""
    with reachable_folder() as place:
        data = place / "data"
        data.mkdir()
        copy_data(migrated_data, data)
        make_keys(Anchorage.of(data).key)
        rewrite(data, *NEW)
        backup(data, place / "file", with_keys=True)
        rewrite(data, *OLD)
        yield place


@pytest.fixture
def place(made: Path) -> Iterator[Path]:
    with reachable_folder() as fresh:
        copy_data(made, fresh)
        fresh.chmod(0o711)
        yield fresh


def restoring(place: Path) -> subprocess.Popen[bytes]:
    argv = [*SHIGE, "restore", str(place / "file"), "--replace", "--data", str(place / "data")]
    return subprocess.Popen(argv, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def killed(place: Path, moment: Callable[[], bool]) -> bool:
    """Begin a restore and kill it as soon as something is so; tell whether it was killed."""
    process = restoring(place)
    while process.poll() is None and not moment():
        time.sleep(0.001)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    return process.returncode == -signal.SIGKILL


def settled(place: Path) -> tuple[int, str, bytes] | str:
    """Start as the program does: return what it would serve, or why it refuses."""
    data = place / "data"
    cluster = Cluster(data, FAST)
    with hold(data), cluster.serving():
        try:
            settle(data, cluster.owner_url)
        except Refusal as refusal:
            return str(refusal)
        assert not list(data.glob(f"{WORKSPACE}*"))
        with psycopg.connect(cluster.owner_url) as connection:
            assert connection.execute("SELECT to_regnamespace('restoring')").fetchone() == (None,)
        return state(data)


def check(place: Path) -> str:
    """Say how a killed restore ended: nothing but the old state, the new one, or a repetition is right."""
    found = settled(place)
    if isinstance(found, str):
        assert f"shige restore {place / 'file'} --replace" in found
        again = restoring(place)
        said, _ = again.communicate()
        assert again.returncode == 0, said.decode()
        assert settled(place) == NEW
        return "repeated"
    if found == NEW:
        return "new"
    assert (found[0], found[2]) == (OLD[0], OLD[2]) and OLD[1] in found[1]
    return "old"


def test_killed_in_its_last_steps_it_must_be_repeated(place: Path) -> None:
    assert killed(place, (place / "data" / NOTE).exists)
    assert check(place) in ("repeated", "old")


def test_killed_when_the_rows_are_in_place_and_the_keys_are_not_nothing_is_served(place: Path) -> None:
    key = place / "data" / "vault.key"

    def put_aside() -> bool:
        try:
            return key.read_bytes() != OLD[2]
        except FileNotFoundError:
            return True

    assert killed(place, put_aside)
    assert check(place) == "repeated"


@pytest.mark.parametrize("moments", [3, pytest.param(8, marks=pytest.mark.attack)])
def test_killed_at_any_moment_the_old_state_stands_or_it_is_repeated(made: Path, moments: int) -> None:
    with reachable_folder() as whole:
        copy_data(made, whole)
        began = time.monotonic()
        process = restoring(whole)
        said, _ = process.communicate()
        took = time.monotonic() - began
        assert process.returncode == 0, said.decode()
        assert settled(whole) == NEW
    ends = []
    for number in range(moments):
        with reachable_folder() as fresh:
            copy_data(made, fresh)
            at = time.monotonic() + took * (number + 1) / (moments + 1)
            killed(fresh, lambda at=at: time.monotonic() >= at)
            ends.append(check(fresh))
    print(ends)
    assert "old" in ends
