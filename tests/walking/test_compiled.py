import os
import subprocess
import sys

import pytest

from shige.walking import compiled
from shige.walking.compiled import settle_cache


@pytest.fixture
def where(monkeypatch, tmp_path):
    """Settle with folders that may or may not be written to; returns what numba is told."""

    def settled(*writable, **settings):
        for name in ("NUMBA_CACHE_DIR", "XDG_CACHE_HOME"):
            monkeypatch.setenv(name, "")  # so that it is put back afterwards
            monkeypatch.delenv(name)
        for name, value in {"HOME": "/home/nobody", "TMPDIR": str(tmp_path), **settings}.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(compiled.tempfile, "tempdir", None)
        monkeypatch.setattr(compiled, "_may_write", lambda folder: str(folder) in writable)
        settle_cache(compiled.Path("/opt/shige"))
        return os.environ.get("NUMBA_CACHE_DIR")

    return settled


def test_numba_chooses_where_it_can_write(where):
    assert where("/opt/shige") is None
    assert where("/home/nobody/.cache") is None
    assert where("/caches", XDG_CACHE_HOME="/caches") is None


def test_what_the_office_chose_stays(where):
    assert where(NUMBA_CACHE_DIR="/var/cache/numba") == "/var/cache/numba"


def test_a_read_only_place_gets_a_folder_of_its_own(where, tmp_path):
    assert where() == str(tmp_path / f"shige-numba-{os.getuid()}")
    assert (tmp_path / f"shige-numba-{os.getuid()}").stat().st_mode & 0o077 == 0


def test_a_folder_of_somebody_else_is_not_used(where, tmp_path, monkeypatch):
    monkeypatch.setattr(compiled.os, "getuid", lambda: 4242)
    chosen = where()
    assert chosen != str(tmp_path / "shige-numba-4242")
    assert chosen.startswith(str(tmp_path / "shige-numba-"))


def test_loops_are_kept_for_the_next_run(tmp_path):
    words = "from shige.walking import tour; import numpy; print(tour(numpy.eye(9, 2)).size)"
    settings = os.environ | {"NUMBA_CACHE_DIR": str(tmp_path / "kept")}
    done = subprocess.run(
        [sys.executable, "-c", words], env=settings, capture_output=True, text=True, check=True
    )
    assert done.stdout == "9\n"
    assert list((tmp_path / "kept").rglob("tours.*.nbi"))
