"""The supervisor starts in order, starts again what dies, and leaves nothing behind."""

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import psutil
import pytest

from shige.machine.processes import supervisor as supervisor_module
from shige.machine.processes.leash import MARK
from shige.machine.processes.supervisor import COME_AGAIN, Errand, Service, Supervisor, ending
from shige.machine.refusal import Refusal

ENVIRONMENT = dict(os.environ)


@pytest.fixture(autouse=True)
def handlers_put_back():
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def python(code, *arguments):
    return [sys.executable, "-c", code, *map(str, arguments)]


def append(path, then="import time; time.sleep(600)"):
    """A process that adds its number to a file and then does something."""
    return python(f"import os, sys; open(sys.argv[1], 'a').write(f'{{os.getpid()}}\\n'); {then}", path)


def lines(path):
    return path.read_text().splitlines() if path.exists() else []


def stop_when(reached):
    """Ask this process to stop, as Ctrl-C does, once something is so."""

    def wait():
        while not reached():
            threading.Event().wait(0.02)
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=wait, daemon=True).start()


def test_a_service_that_dies_is_started_again_until_asked_to_stop(tmp_path):
    starts = tmp_path / "starts"
    service = Service("web", append(starts, "sys.exit(3)"), ENVIRONMENT, lambda: bool(lines(starts)))
    stop_when(lambda: len(lines(starts)) >= 3)
    with Supervisor(tmp_path) as supervisor:
        supervisor.start(service)
        supervisor.watch()
    assert len(lines(starts)) >= 3
    assert not (tmp_path / "processes.json").exists()


def test_before_is_done_before_every_start(tmp_path):
    order = tmp_path / "order"

    def before():
        with order.open("a") as file:
            file.write("before\n")

    service = Service(
        "web", append(order, "sys.exit(3)"), ENVIRONMENT, lambda: len(lines(order)) > 1, before=before
    )
    stop_when(lambda: len(lines(order)) >= 4)
    with Supervisor(tmp_path) as supervisor:
        supervisor.start(service)
        supervisor.watch()
    assert [line == "before" for line in lines(order)[:4]] == [True, False, True, False]


def test_all_processes_end_with_the_block_the_last_ones_after_others_and_the_first_at_the_end(tmp_path):
    ended = tmp_path / "ended"
    code = (
        "import pathlib, signal, sys, time\n"
        "place, delay = pathlib.Path(sys.argv[1]), float(sys.argv[2])\n"
        "def end(*_):\n"
        "    time.sleep(delay)\n"
        f"    open({str(ended)!r}, 'a').write(place.name + '\\n')\n"
        "    sys.exit()\n"
        "signal.signal(signal.SIGTERM, end)\n"
        "place.touch()\n"
        "signal.pause()\n"
    )
    with Supervisor(tmp_path) as supervisor:
        for name, delay in (("ground", 0), ("order", 0), ("web", 0.3), ("jobs", 0.2)):
            place, last = tmp_path / name, name == "order"
            command = python(code, place, delay)
            supervisor.start(Service(name, command, ENVIRONMENT, place.exists, last=last))
    assert set(lines(ended)[:2]) == {"web", "jobs"}
    assert lines(ended)[2:] == ["order", "ground"]


def test_a_service_that_ignores_the_request_is_killed(tmp_path):
    here = tmp_path / "here"
    stubborn = append(
        here, "import signal, time; signal.signal(15, signal.SIG_IGN); print(); time.sleep(600)"
    )
    service = Service("web", stubborn, ENVIRONMENT, lambda: bool(lines(here)), patience=0.2)
    with Supervisor(tmp_path) as supervisor:
        supervisor.start(service)
    assert not psutil.pid_exists(int(lines(here)[0]))


def test_a_service_that_ends_instead_of_getting_ready_is_named(tmp_path):
    with pytest.raises(Refusal, match="web did not start"), Supervisor(tmp_path) as supervisor:
        supervisor.start(Service("web", python("raise SystemExit(1)"), ENVIRONMENT, lambda: False))


def test_a_task_that_fails_is_named(tmp_path):
    with pytest.raises(Refusal, match="The migration failed"), Supervisor(tmp_path) as supervisor:
        supervisor.run(Errand("The migration", python("raise SystemExit(1)"), ENVIRONMENT))


def test_a_request_to_stop_ends_a_long_task(tmp_path):
    here = tmp_path / "here"
    stop_when(lambda: bool(lines(here)))
    with Supervisor(tmp_path) as supervisor:
        supervisor.run(Errand("The sample", append(here), ENVIRONMENT))
        raise AssertionError("the task has no end of its own")
    assert not psutil.pid_exists(int(lines(here)[0]))


def test_what_a_killed_supervisor_left_is_ended_at_the_next_start(tmp_path):
    record = {"mark": "a-mark-of-this-test", "processes": {"supervisor": 1}}
    (tmp_path / "processes.json").write_text(json.dumps(record))
    left = subprocess.Popen(["sleep", "600"], env={**ENVIRONMENT, MARK: "a-mark-of-this-test"})
    other = subprocess.Popen(["sleep", "600"], env={**ENVIRONMENT, MARK: "another mark"})
    try:
        with Supervisor(tmp_path):
            assert not psutil.pid_exists(left.pid)
            assert other.poll() is None
    finally:
        for process in (left, other):
            process.kill()
            process.wait()


def test_an_ending_is_put_into_words():
    assert [ending(-9), ending(2)] == ["killed by SIGKILL", "status 2"]


def test_the_record_names_every_process(tmp_path):
    here = tmp_path / "here"
    with Supervisor(tmp_path) as supervisor:
        supervisor.start(Service("web", append(here), ENVIRONMENT, lambda: bool(lines(here))))
        recorded = json.loads(Path(tmp_path / "processes.json").read_text())["processes"]
    assert recorded == {"supervisor": os.getpid(), "web": int(lines(here)[0])}


def full_after(monkeypatch, successes):
    """Let the record be written so many times, and no more until the returned event is set."""
    room, written = threading.Event(), []
    real = supervisor_module.write_whole

    def write(path, content):
        if len(written) >= successes and not room.is_set():
            raise OSError(28, "No space left on device")
        written.append(content)
        real(path, content)

    monkeypatch.setattr(supervisor_module, "write_whole", write)
    return room


def test_a_full_disk_does_not_end_it_and_the_record_is_written_once_there_is_room(tmp_path, monkeypatch):
    starts = tmp_path / "starts"
    service = Service("web", append(starts, "sys.exit(3)"), ENVIRONMENT, lambda: bool(lines(starts)))
    room = full_after(monkeypatch, 2)
    monkeypatch.setattr(supervisor_module, "_RECORD_AGAIN", 0.05)
    recorded = []

    def reached():
        if len(lines(starts)) >= 3:
            room.set()
        if room.is_set():
            recorded[:] = [json.loads((tmp_path / "processes.json").read_text())["processes"]["web"]]
        return len(lines(starts)) >= 4 and recorded[-1:] != [int(lines(starts)[0])]

    stop_when(reached)
    with Supervisor(tmp_path) as supervisor:
        supervisor.start(service)
        supervisor.watch()
    assert len(lines(starts)) >= 4


def test_without_room_for_its_record_it_does_not_begin(tmp_path, monkeypatch):
    full_after(monkeypatch, 0)
    with pytest.raises(Refusal, match="make room"), Supervisor(tmp_path):
        pass


def test_a_service_that_cannot_be_started_again_is_tried_later(tmp_path):
    starts, hindered = tmp_path / "starts", []

    def before():
        if lines(starts) and not hindered:
            hindered.append(True)
            raise OSError(28, "No space left on device")

    service = Service("web", append(starts, "sys.exit(3)"), ENVIRONMENT, lambda: bool(lines(starts)), before)
    stop_when(lambda: len(lines(starts)) >= 2)
    with Supervisor(tmp_path) as supervisor:
        supervisor.start(service)
        supervisor.watch()
    assert hindered


def test_a_task_that_the_database_broke_off_is_done_once_more_and_another_is_not(tmp_path):
    tried = tmp_path / "tried"
    code = f"sys.exit(0 if len(open(sys.argv[1]).readlines()) > 2 else {COME_AGAIN})"
    with Supervisor(tmp_path) as supervisor:
        supervisor.run(Errand("migration", append(tried, code), ENVIRONMENT))
        assert len(lines(tried)) == 3
        with pytest.raises(Refusal):
            supervisor.run(Errand("migration", append(tmp_path / "failed", "sys.exit(1)"), ENVIRONMENT))
    assert len(lines(tmp_path / "failed")) == 1


def test_what_is_killed_during_a_task_or_its_own_start_is_started_again(tmp_path):
    starts, marker = tmp_path / "starts", tmp_path / "marker"
    service = Service("database", append(starts), ENVIRONMENT, lambda: len(lines(starts)) >= 2)
    kill_first = threading.Thread(
        target=lambda: (wait_for(lambda: len(lines(starts)) == 1), os.kill(int(lines(starts)[0]), 9))
    )
    kill_first.start()
    task = Errand("sample", append(marker, "import time; time.sleep(1.5)"), ENVIRONMENT)
    with Supervisor(tmp_path) as supervisor:
        supervisor.start(service)
        kill_second = threading.Thread(
            target=lambda: (wait_for(lambda: lines(marker)), os.kill(int(lines(starts)[1]), 9))
        )
        kill_second.start()
        supervisor.run(task)
        assert len(lines(starts)) == 3


def wait_for(reached):
    while not reached():
        threading.Event().wait(0.02)
