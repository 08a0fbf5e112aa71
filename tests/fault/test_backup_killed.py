"""A backup killed at any moment leaves no half file, and what it left beside it the next one removes."""

import os
import signal
import subprocess
import tarfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from shige.machine.backup.own_folder import PREFIX, own_folder, sweep
from shige.machine.backup.restored import Anchorage
from shige.machine.database.cluster import Cluster
from shige.machine.processes.lock import hold
from shige.trust.checkpoints import make_keys
from tests.cluster_fixture import FAST, copy_data, reachable_folder
from tests.program import SHIGE, environment

pytestmark = pytest.mark.fault


@pytest.fixture
def data(migrated_data: Path) -> Iterator[Path]:
    """A running database with photos that take a moment to pack."""
    with reachable_folder() as folder:
        data = folder / "data"
        data.mkdir()
        copy_data(migrated_data, data)
        make_keys(Anchorage.of(data).key)
        (data / "media").mkdir()
        for number in range(40):
            (data / "media" / f"{number}.jpg").write_bytes(os.urandom(2**20))
        with hold(data), Cluster(data, FAST).serving():
            yield data


def backing_up(data: Path, file: Path) -> subprocess.Popen[bytes]:
    argv = [*SHIGE, "backup", str(file), "--data", str(data)]
    return subprocess.Popen(argv, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def stopped(
    data: Path, file: Path, moment: Callable[[], bool], by: signal.Signals
) -> subprocess.Popen[bytes]:
    """Begin a backup and send it a signal as soon as something is so."""
    process = backing_up(data, file)
    while not moment():
        assert process.poll() is None, "it ended too early to be hurt"
        time.sleep(0.001)
    process.send_signal(by)
    return process


def left(parent: Path) -> list[Path]:
    return list(parent.glob(f"{PREFIX}*"))


@pytest.mark.parametrize("within", ["lock", "tables", "backup.tar"])
def test_what_a_killed_backup_left_the_next_one_removes(data: Path, within: str) -> None:
    place = data.parent
    file = place / "file"
    process = stopped(data, file, lambda: bool(list(place.glob(f"{PREFIX}*/{within}"))), signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert len(left(place)) == 1 and not file.exists()
    again = backing_up(data, file)
    said, _ = again.communicate()
    assert again.returncode == 0, said.decode()
    assert not left(place)
    with tarfile.open(file) as archive:
        assert "media/0.jpg" in archive.getnames()


def test_the_folder_of_a_backup_that_still_works_is_left_alone(data: Path) -> None:
    place = data.parent
    begun = lambda: bool(list(place.glob(f"{PREFIX}*/backup.tar")))  # noqa: E731
    slow = stopped(data, place / "slow", begun, signal.SIGSTOP)
    quick = backing_up(data, place / "quick")
    assert quick.wait() == 0
    assert len(left(place)) == 1
    slow.send_signal(signal.SIGCONT)
    said, _ = slow.communicate()
    assert slow.returncode == 0, said.decode()
    assert (place / "slow").exists() and not left(place)


def test_only_what_a_backup_leaves_is_removed(tmp_path: Path) -> None:
    long_ago = time.time() - 48 * 3600
    older = tmp_path / f"{PREFIX}abcd_123"
    (older / "tables").mkdir(parents=True)
    others = [tmp_path / f"{PREFIX}notes", tmp_path / f"{PREFIX}abcdefgh", tmp_path / f"{PREFIX}fresh_12"]
    for other in others[:2]:
        other.mkdir()
        (other / "letter.txt").write_text("mine")
    (others[2] / "tables").mkdir(parents=True)
    for folder in [older, *others[:2]]:
        os.utime(folder, (long_ago, long_ago))
    sweep(tmp_path)
    assert not older.exists() and all(other.exists() for other in others)


def test_a_folder_is_removed_at_the_end_of_its_block(tmp_path: Path) -> None:
    with own_folder(tmp_path) as folder:
        sweep(tmp_path)
        assert folder.exists()
    assert not left(tmp_path)
