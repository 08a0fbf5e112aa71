import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from click.testing import CliRunner
from distributed import LocalCluster

from shige.cli import main
from shige.division.workers import cluster, processes, spread_out
from tests.division.cities import city, save
from tests.program import SHIGE, environment

FILES = ("assignment.csv", "grids.geojson", "report.json")


def shige(*words):
    done = CliRunner().invoke(main, ["divide", *map(str, words)])
    assert done.exit_code == 0, done.output
    return done


@pytest.fixture(scope="module")
def workers():
    """Two processes on this machine that wait for work."""
    options = {"threads_per_worker": 1, "host": "127.0.0.1", "dashboard_address": None}
    with LocalCluster(n_workers=2, **options) as started:
        yield started


def assert_same_files(one, other):
    for name in FILES:
        assert (one / name).read_bytes() == (other / name).read_bytes()


def test_a_cluster_gives_the_same_bytes(tmp_path, workers):
    units = save(tmp_path / "units.geojson", city(5, communities=3))
    shige(units, "--output", tmp_path / "here")
    shige(units, "--output", tmp_path / "there", "--scheduler", workers.scheduler_address)
    assert_same_files(tmp_path / "here", tmp_path / "there")


def test_a_worker_killed_in_the_middle_changes_nothing(tmp_path, workers):
    units = save(tmp_path / "units.geojson", city(6, communities=24, blocks=9))
    shige(units, "--output", tmp_path / "here")
    killed = []

    def kill():
        while not killed:
            for state in list(workers.scheduler.workers.values()):
                if state.processing:
                    pid = next(
                        w.process.pid for w in workers.workers.values() if w.worker_address == state.address
                    )
                    os.kill(pid, signal.SIGKILL)
                    killed.append(pid)
                    return
            time.sleep(0.01)

    killer = threading.Thread(target=kill, daemon=True)
    killer.start()
    shige(units, "--output", tmp_path / "there", "--scheduler", workers.scheduler_address)
    assert killed
    assert_same_files(tmp_path / "here", tmp_path / "there")


def test_an_address_where_nobody_answers_is_told(tmp_path):
    units = save(tmp_path / "units.geojson", city(5, communities=1))
    words = ["divide", str(units), "--output", str(tmp_path / "out"), "--scheduler", "tcp://127.0.0.1:9"]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 1
    assert "tcp://127.0.0.1:9" in done.output
    assert not (tmp_path / "out").exists()


def test_without_the_extra_it_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ValueError, match=r"pip install 'shige\[cluster\]'"), cluster("tcp://127.0.0.1:1"):
        pass


def test_results_come_in_the_order_of_the_items_and_are_counted():
    told = []
    with ThreadPoolExecutor(2) as pool:
        made = spread_out(abs, [-3, 2, -1], pool, lambda done, total: told.append((done, total)))
    assert made == [3, 2, 1]
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_processes_of_a_run_that_broke_are_not_waited_for():
    with pytest.raises(KeyboardInterrupt), processes(1) as pool:
        waiting = [pool.submit(time.sleep, 0.2) for _ in range(500)]
        raise KeyboardInterrupt
    until = time.monotonic() + 60
    while not waiting[-1].done() and time.monotonic() < until:
        time.sleep(0.05)
    assert waiting[-1].cancelled()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_run_that_is_broken_off_leaves_nothing(tmp_path, jobs):
    units = save(tmp_path / "units.geojson", city(6, communities=99, blocks=9))
    target = tmp_path / "results"
    target.mkdir()
    words = ["divide", str(units), "--output", str(target / "out"), "--jobs", jobs]
    run = subprocess.Popen(
        [*SHIGE, *words],
        env=environment(),
        start_new_session=True,
        stderr=subprocess.DEVNULL,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # background jobs ignore it
    )
    time.sleep(2.5)
    os.killpg(run.pid, signal.SIGINT)
    assert run.wait(timeout=60) != 0
    assert list(target.iterdir()) == []
