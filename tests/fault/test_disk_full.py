"""A full disk refuses what is new, loses nothing acknowledged, and is over when there is room again."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import psutil
import pytest

from tests.cluster_fixture import copy_data, reachable_folder
from tests.fault.target import Program, until
from tests.fault.test_whole_program import REPORT, WHOLE, settle, shige

pytestmark = pytest.mark.fault

SIZE = "256m"
HEADERS = {"Content-Type": "application/json"}


@pytest.fixture
def small_disk(migrated_data: Path) -> Iterator[Path]:
    """Give a data folder on a file system of its own, of ``SIZE``; only root can make one."""
    with reachable_folder() as place:
        made = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=0711", "tmpfs", str(place)], capture_output=True
        )
        if made.returncode:
            pytest.skip("a small file system cannot be mounted here (that takes root)")
        try:
            data = place / "data"
            data.mkdir(mode=0o711)
            copy_data(migrated_data, data)
            yield data
        finally:
            subprocess.run(["umount", "-l", str(place)], check=True)


def fill(disk: Path) -> Path:
    """Use up all room."""
    filler = disk / "filler"
    with filler.open("ab", buffering=0) as file:
        for size in (2**20, 4096, 1):
            with suppress(OSError):
                while file.write(bytes(size)):
                    pass
    return filler


def asked(program: Program, method: str, path: str, body: str | None = None) -> tuple[int, bytes]:
    """Return status and content of one request; 0 where nobody answers."""
    connection = HTTPConnection("127.0.0.1", program.port, timeout=30)
    try:
        connection.request(method, path, body, HEADERS)
        answer = connection.getresponse()
        return answer.status, answer.read()
    except (OSError, HTTPException):
        return 0, b""
    finally:
        connection.close()


def file_one(program: Program) -> tuple[int, str]:
    """File a matter; return the status and, where it was taken, its code."""
    status, said = asked(program, "POST", "/api/v1/public/matters", json.dumps(REPORT))
    return status, json.loads(said)["tracking_code"] if status == 201 else ""


def starve(program: Program, disk: Path, acknowledged: set[str]) -> list[int]:
    """Fill the disk and file until it is refused for a while; return the statuses of what was refused."""
    filler = fill(disk)
    refused: list[int] = []
    for _ in range(3000):
        status, code = file_one(program)
        if code:
            acknowledged.add(code)
        else:
            refused.append(status)
            fill(disk)  # also what was freed by a server that ended
        if len(refused) >= 25:
            break
    assert asked(program, "GET", "/readyz")[0] in (503, 0)
    assert psutil.pid_exists(program.recorded()["supervisor"]), "the supervisor lives"
    filler.unlink()
    return refused


@pytest.mark.parametrize("cycles", [1, pytest.param(5, marks=pytest.mark.attack)])
def test_a_full_disk_is_survived(
    small_disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cycles: int
) -> None:
    monkeypatch.setenv("SHIGE_PUBLIC_RATE", "0")
    program = Program(WHOLE, small_disk)
    program.start()
    acknowledged: set[str] = set()
    try:
        settle(small_disk, tmp_path)
        for _ in range(cycles):
            refused = starve(program, small_disk.parent, acknowledged)
            assert len(refused) >= 25 and set(refused) <= {503}, refused
            until(lambda: asked(program, "GET", "/readyz")[0] == 200)
            until(lambda: bool(file_one(program)[1]))
        assert program.find(acknowledged) == acknowledged
        assert "unbroken" in shige(small_disk, "journal", "verify")
        assert program.stop() == 0
    finally:
        program.cleanse()
