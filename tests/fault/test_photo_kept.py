"""Killed between photo and text, the program keeps the draft with its photo and what arrived of an upload."""

import http.client
import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fault.target import Program, until
from tests.fault.test_whole_program import WHOLE
from tests.files.made import jpeg

pytestmark = pytest.mark.fault

PHOTO = jpeg(1200, 900)
SPEAKS = {"Tus-Resumable": "1.0.0"}


class Browser:
    """A browser without script: keeps cookies and the form's token."""

    def __init__(self, port: int) -> None:
        self.port, self.cookies, self.token, self.draft = port, {}, "", ""

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> http.client.HTTPResponse:
        """Send one request on a connection of its own."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        line.request(method, path, body, self.head() | headers)
        answer = line.getresponse()
        answer.page = answer.read().decode(errors="replace")  # type: ignore[attr-defined]
        for cookie in answer.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        if found := re.search(r'csrfmiddlewaretoken" value="(\w+)"', answer.page):  # type: ignore[attr-defined]
            self.token = found[1]
        if found := re.search(r'name="d" value="([^"]+)"', answer.page):  # type: ignore[attr-defined]
            self.draft = found[1]
        return answer

    def head(self) -> dict[str, str]:
        """Return what every request carries."""
        held = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"Cookie": held, "X-CSRFToken": self.token, "Host": f"127.0.0.1:{self.port}"}

    def send_photo_without_words(self) -> None:
        """Send the first screen with a photo and no text: it comes back, the draft is kept."""
        parts = f'--b\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{self.token}\r\n'
        parts += f'--b\r\nContent-Disposition: form-data; name="d"\r\n\r\n{self.draft}\r\n'
        parts += '--b\r\nContent-Disposition: form-data; name="photos"; filename="a.jpg"\r\n\r\n'
        body = parts.encode() + PHOTO + b"\r\n--b--\r\n"
        answer = self.ask("POST", "/report/", body, **{"Content-Type": "multipart/form-data; boundary=b"})
        assert answer.status == 422


@pytest.fixture
def program(migrated_folder: Path) -> Iterator[Program]:
    program = Program(WHOLE, migrated_folder)
    program.start()
    yield program
    program.cleanse()


def kill_web(program: Program) -> None:
    """Kill the web process and wait until another one serves."""
    before = program.recorded()
    program.kill("web")
    until(lambda: program.recorded()["web"] != before["web"] and program._answers())


def test_a_draft_keeps_its_photo_and_an_upload_what_had_arrived(program: Program) -> None:
    browser = Browser(program.port)
    browser.ask("GET", "/report/")
    browser.send_photo_without_words()
    begun = browser.ask(
        "POST", f"/report/uploads/?d={browser.draft}", **SPEAKS, **{"Upload-Length": str(len(PHOTO))}
    )
    place = begun.headers["Location"]
    cut_in_the_middle(browser, place)
    kill_web(program)
    page = browser.ask("GET", f"/report/?d={browser.draft}").page  # type: ignore[attr-defined]
    (photo,) = set(re.findall(r"/report/photos/[\w-]+/\?d=[\w-]+", page))
    assert browser.ask("GET", photo).status == 200
    assert Browser(program.port).ask("GET", photo).status == 404
    came = int(browser.ask("HEAD", place, **SPEAKS).headers["Upload-Offset"])
    assert 0 <= came < len(PHOTO)
    piece = {"Upload-Offset": str(came), "Content-Type": "application/offset+octet-stream"}
    done = browser.ask("PATCH", place, PHOTO[came:], **SPEAKS, **piece)
    assert (done.status, done.headers["Upload-Offset"]) == (204, str(len(PHOTO)))
    assert program.stop() == 0
    assert program.left() == []


def cut_in_the_middle(browser: Browser, place: str) -> None:
    """Announce the whole file, send a third of it and break the connection."""
    lines = [f"PATCH {place} HTTP/1.1", *(f"{name}: {value}" for name, value in browser.head().items())]
    lines += ["Tus-Resumable: 1.0.0", "Upload-Offset: 0", "Content-Type: application/offset+octet-stream"]
    with socket.create_connection(("127.0.0.1", browser.port)) as line:
        line.sendall("\r\n".join([*lines, f"Content-Length: {len(PHOTO)}", "", ""]).encode())
        line.sendall(PHOTO[: len(PHOTO) // 3])
