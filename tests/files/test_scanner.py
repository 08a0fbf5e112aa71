"""A virus scanner is asked where one is set, and what it did not find clean is not taken."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from shige.files.scanner import refuse_infected


@contextmanager
def clamd(server: socket.socket, answer: bytes, heard: list[bytes]) -> Iterator[None]:
    """Play clamd for one question."""

    def play() -> None:
        line, _ = server.accept()
        with line, line.makefile("rb") as said:
            assert said.read(10) == b"zINSTREAM\0"
            while length := int.from_bytes(said.read(4), "big"):
                heard.append(said.read(length))
            line.sendall(answer)

    thread = threading.Thread(target=play)
    thread.start()
    with server:
        yield
        thread.join(10)


def asked(settings: Any, answer: bytes, content: bytes = b"x" * 200_000) -> bytes:
    """Ask a scanner on loopback that gives this answer; return what it heard."""
    server, heard = socket.create_server(("127.0.0.1", 0)), []
    settings.SHIGE_CLAMD = f"tcp://127.0.0.1:{server.getsockname()[1]}"
    with clamd(server, answer, heard):
        refuse_infected(content)
    return b"".join(heard)


def test_clean_content_passes_whole(settings: Any) -> None:
    assert asked(settings, b"stream: OK\0") == b"x" * 200_000


def test_what_is_infected_is_refused(settings: Any) -> None:
    with pytest.raises(ValidationError, match="virus"):
        asked(settings, b"stream: Eicar-Signature FOUND\0")


@pytest.mark.parametrize("answer", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"nonsense"])
def test_an_answer_that_is_no_verdict_refuses(settings: Any, answer: bytes) -> None:
    with pytest.raises(ValidationError, match="cannot be checked"):
        asked(settings, answer)


@pytest.mark.parametrize(
    "address", ["tcp://127.0.0.1:1", "unix:/nowhere/clamd", "ftp://x", "tcp://127.0.0.1"]
)
def test_a_scanner_that_cannot_be_reached_refuses(settings: Any, address: str) -> None:
    settings.SHIGE_CLAMD = address
    with pytest.raises(ValidationError, match="cannot be checked"):
        refuse_infected(b"x")


def test_a_socket_file_is_an_address_too(settings: Any, tmp_path: Path) -> None:
    server, heard = socket.socket(socket.AF_UNIX), []
    server.bind(str(tmp_path / "c"))
    server.listen()
    settings.SHIGE_CLAMD = f"unix:{tmp_path / 'c'}"
    with clamd(server, b"stream: OK\0", heard):
        refuse_infected(b"abc")
    assert heard == [b"abc"]


def test_without_a_scanner_nothing_is_asked(settings: Any) -> None:
    settings.SHIGE_CLAMD = ""
    refuse_infected(b"x")
