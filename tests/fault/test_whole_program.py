"""The whole program loses nothing that a resident was told is filed, whatever of it is killed."""

import json
import subprocess
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.fault.target import Program, Target, Writer, until
from tests.program import SHIGE, environment

pytestmark = pytest.mark.fault

SQUARE = [[104.0, 30.6], [104.0003, 30.6], [104.0003, 30.6003], [104.0, 30.6003], [104.0, 30.6]]
HOUSE = {
    "id": "H1",
    "community": "990101001001",
    "address": "示例路1号",
    "use": "residential",
    "households": 40,
    "shops": 0,
    "floors": 6,
    "entrances": 2,
    "lift": False,
}
REPORT = {"text": "路灯不亮", "category": "02.1", "location": {"lon": 104.0001, "lat": 30.6001}}


def file_matter(connection: HTTPConnection) -> str:
    """File a matter; what is acknowledged is its tracking code."""
    connection.request(
        "POST", "/api/v1/public/matters", json.dumps(REPORT), {"Content-Type": "application/json"}
    )
    answer = connection.getresponse()
    said = answer.read()
    if answer.status != 201:
        raise HTTPException(answer.status, said[:200])
    return str(json.loads(said)["tracking_code"])


def find_matters(connection: HTTPConnection, codes: set[str]) -> set[str]:
    """Look every code up."""
    found = set()
    for code in codes:
        connection.request("GET", f"/api/v1/public/matters/{quote(code)}")
        answer = connection.getresponse()
        answer.read()
        if answer.status == 200:
            found.add(code)
    return found


WHOLE = Target(
    "shige",
    lambda data, port: [*SHIGE, "up", "--no-sample", "--data", str(data), "--port", str(port)],
    file_matter,
    find_matters,
)


def shige(data: Path, *arguments: str) -> str:
    """Run another command of the program on the same data."""
    done = subprocess.run(
        [*SHIGE, *arguments, "--data", str(data)], env=environment(), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def settle(data: Path, tmp_path: Path) -> None:
    """Give the program one house and somebody who answers for it."""
    feature = {
        "type": "Feature",
        "geometry": {"type": "Polygon", "coordinates": [SQUARE]},
        "properties": HOUSE,
    }
    units = tmp_path / "units.geojson"
    units.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    shige(data, "import", "units", str(units))
    shige(
        data, "user", "add", "officer", "--name", "干事", "--role", "street_officer",
        "--area", "990101001000",
    )  # fmt: skip


def test_nothing_filed_is_lost_when_database_web_and_supervisor_are_killed(
    made_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHIGE_PUBLIC_RATE", "0")
    program = Program(WHOLE, made_folder)
    program.start()
    try:
        settle(made_folder, tmp_path)
        writer = Writer(program)
        with writer.writing():
            for part in ("database", "web"):
                writer.wait_for(40)
                before = program.recorded()
                program.kill(part)
                until(lambda part=part, before=before: program.recorded()[part] != before[part])
            writer.wait_for(40)
            program.kill("supervisor")
        assert program.left() == []
        program.start()
        assert program.find(writer.acknowledged) == writer.acknowledged
        assert "unbroken" in shige(made_folder, "journal", "verify")
        assert program.stop() == 0
        assert program.left() == []
    finally:
        program.cleanse()
