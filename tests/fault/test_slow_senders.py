"""Two hundred connections that never finish what they send leave eight clients at work as they were."""

import json
import statistics
import threading
import time
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from bench.waiting import slow_senders

from tests.fault.target import Program
from tests.fault.test_whole_program import WHOLE, file_matter, settle

pytestmark = pytest.mark.fault

SLOW = 200
CLIENTS = 8
LONG = {"rounds": 5, "each": 30, "most": 2.0}
SHORT = {"rounds": 3, "each": 10, "most": 4.0}
"""Rounds, matters of each client in one, and the ratio allowed: few matters beside other tests vary more."""


def p95(program: Program, each: int) -> float:
    """Return within how many seconds 95 of 100 matters were filed by eight clients together."""
    times: list[float] = []

    def work() -> None:
        connection = HTTPConnection("127.0.0.1", program.port, timeout=60)
        for _ in range(each):
            began = time.perf_counter()
            file_matter(connection)
            times.append(time.perf_counter() - began)

    workers = [threading.Thread(target=work) for _ in range(CLIENTS)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(times) == CLIENTS * each, "every one was answered"
    return statistics.quantiles(times, n=20)[-1]


@pytest.mark.parametrize("form", [SHORT, pytest.param(LONG, marks=pytest.mark.attack)], ids=["short", "long"])
def test_p95_stays_within_twice(
    migrated_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: dict[str, Any]
) -> None:
    rounds, each, most = form["rounds"], form["each"], form["most"]
    monkeypatch.setenv("SHIGE_PUBLIC_RATE", "0")
    program = Program(WHOLE, migrated_folder)
    program.start()
    try:
        settle(migrated_folder, tmp_path)
        p95(program, each)
        ratios = []
        for _ in range(rounds):
            alone = p95(program, each)
            with slow_senders(f"http://127.0.0.1:{program.port}", SLOW):
                ratios.append(p95(program, each) / alone)
        print(json.dumps([round(ratio, 2) for ratio in ratios]))
        assert statistics.median(ratios) <= most, ratios
        assert program.stop() == 0
    finally:
        program.cleanse()
