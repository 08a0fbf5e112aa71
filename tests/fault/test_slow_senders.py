"""Two hundred connections that never finish what they send leave eight clients at work as they were."""

import json
import statistics
import threading
import time
from http.client import HTTPConnection
from pathlib import Path

import pytest
from bench.waiting import slow_senders

from tests.fault.target import Program
from tests.fault.test_whole_program import WHOLE, file_matter, settle

pytestmark = [pytest.mark.fault, pytest.mark.attack]

SLOW = 200
CLIENTS = 8
EACH = 30
ROUNDS = 5


def p95(program: Program) -> float:
    """Return within how many seconds 95 of 100 matters were filed by eight clients together."""
    times: list[float] = []

    def work() -> None:
        connection = HTTPConnection("127.0.0.1", program.port, timeout=60)
        for _ in range(EACH):
            began = time.perf_counter()
            file_matter(connection)
            times.append(time.perf_counter() - began)

    workers = [threading.Thread(target=work) for _ in range(CLIENTS)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(times) == CLIENTS * EACH, "every one was answered"
    return statistics.quantiles(times, n=20)[-1]


def test_p95_stays_within_twice(made_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHIGE_PUBLIC_RATE", "0")
    program = Program(WHOLE, made_folder)
    program.start()
    try:
        settle(made_folder, tmp_path)
        p95(program)
        ratios = []
        for _ in range(ROUNDS):
            alone = p95(program)
            with slow_senders(f"http://127.0.0.1:{program.port}", SLOW):
                ratios.append(p95(program) / alone)
        print(json.dumps([round(ratio, 2) for ratio in ratios]))
        assert statistics.median(ratios) <= 2, ratios
        assert program.stop() == 0
    finally:
        program.cleanse()
