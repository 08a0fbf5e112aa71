"""Files take no more of the program than their share: a form waits shortly, once, with one time for all."""

import io
import os
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from shige.files import attachments
from shige.files import queue as turn
from shige.files.attachments import Given, read_all
from shige.files.queue import NotTriedError, turn_of
from shige.files.sandbox import read_in_box
from shige.machine.front import door as front
from tests.files.made import jpeg

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turn, "WAIT", 0.3)
    monkeypatch.setattr(turn, "_threads", threading.Semaphore(16))


@contextmanager
def working(*senders: str) -> Iterator[None]:
    """Let forms of these senders have places, each in a thread of its own."""
    done, begun = threading.Event(), threading.Barrier(len(senders) + 1)

    def work(sender: str) -> None:
        with turn_of(sender) as own:
            own.left()
            begun.wait(10)
            done.wait(30)

    threads = [threading.Thread(target=work, args=(sender,)) for sender in senders]
    for thread in threads:
        thread.start()
    begun.wait(10)
    try:
        yield
    finally:
        done.set()
        for thread in threads:
            thread.join()


def waited(sender: str) -> float | None:
    """Return within how many seconds a sender was refused; None where they had their turn."""
    began = time.monotonic()
    try:
        with turn_of(sender) as own:
            own.left()
    except NotTriedError:
        return time.monotonic() - began
    return None


def photos(count: int) -> list[Given]:
    return [Given(f"{number}.jpg", 9, io.BytesIO(jpeg()), f"{number}" * 32) for number in range(count)]


def test_a_form_waits_shortly_and_is_then_refused_and_a_place_is_given_back() -> None:
    with working("a", "b", "c"):
        assert 0.2 < (waited("d") or 0) < 1.5
    assert waited("d") is None


def test_a_form_waits_once_and_not_for_each_of_its_files() -> None:
    with working("a", "b", "c"):
        began = time.monotonic()
        read = read_all(photos(6), 6)
        assert time.monotonic() - began < 1.5
    assert not read.taken and len(read.faults) == 6 and "Many files" in read.faults[0]
    assert len(read.untried) == 6 and not read.refused, "nobody saw them: the next press sends them again"


def test_one_sender_has_one_place_and_leaves_the_others_to_others() -> None:
    with working("a"):
        assert waited("a") is not None
        assert waited("b") is None


def test_of_one_sender_one_more_form_waits_and_a_third_is_refused_at_once() -> None:
    with working("a"):
        second = threading.Thread(target=waited, args=("a",))
        second.start()
        time.sleep(0.1)
        assert (waited("a") or 9) < 0.1
        second.join()


def test_some_threads_of_a_process_are_never_spent_on_files(monkeypatch: pytest.MonkeyPatch) -> None:
    assert turn.OF_PROCESS <= front.THREADS / 2
    monkeypatch.setattr(turn, "_threads", threading.Semaphore(turn.OF_PROCESS))
    monkeypatch.setattr(turn, "AT_ONCE", 8)
    with working(*"abcdefg"[: turn.OF_PROCESS]):
        assert (waited("h") or 9) < 0.1
    assert waited("h") is None


def test_all_files_of_a_form_have_one_time_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """Six files that never end cost the time of one; those after it were not tried."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(ROOT / "src"), str(ROOT))))
    monkeypatch.setattr(turn, "SECONDS", 1.5)

    def opened(content: bytes) -> None:
        if read_in_box("tests.files.greedy", b"sleep").status:
            raise ValidationError("unreadable")

    monkeypatch.setattr(attachments, "opened", opened)
    began = time.monotonic()
    read = read_all(photos(6), 6)
    assert time.monotonic() - began < 5
    assert len(read.refused) == 1 and len(read.untried) == 5
    assert "by itself" in read.faults[-1]


def test_a_block_within_a_block_is_the_same_turn() -> None:
    with ExitStack() as held:
        outer = held.enter_context(turn_of("a"))
        outer.left()
        assert held.enter_context(turn_of("b")) is outer
    assert waited("a") is None
