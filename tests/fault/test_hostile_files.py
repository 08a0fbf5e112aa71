"""Sixteen forms with files that cost all the time there is leave pages and filing to everybody else."""

import http.cookiejar
import io
import itertools
import re
import statistics
import threading
import time
import urllib.error
import urllib.request
from http.client import HTTPConnection
from pathlib import Path

import pikepdf
import pytest

from tests.fault.target import Program
from tests.fault.test_whole_program import WHOLE, file_matter, settle
from tests.files.made import jpeg

pytestmark = pytest.mark.fault

FORMS = 16
FILES = 6
ATTACK_SECONDS = 15
SLOWEST = 10.0
"""Seconds that a page or a matter may take meanwhile, on a machine of two cores that does all of this."""


def costly() -> bytes:
    """Return a PDF of some kilobytes that takes longer than a process may work."""
    document, written = pikepdf.new(), io.BytesIO()
    document.add_blank_page()
    document.Root.X = pikepdf.Object.parse(b"[" + b"<</A<<>>>>" * 700_000 + b"]")
    document.save(written, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return written.getvalue()


def send(port: int, address: str, files: list[tuple[str, bytes]]) -> tuple[int, str]:
    """Send the first screen of a report with files, as a browser behind a proxy does."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    browser.addheaders = [("X-Forwarded-For", address), ("Accept-Language", "en")]
    place = f"http://127.0.0.1:{port}/report/"
    page = browser.open(place, timeout=120).read().decode()
    fields = {
        name: re.search(f'name="{name}" value="([^"]+)"', page)[1] for name in ("csrfmiddlewaretoken", "d")
    }
    border = "--------4711"
    said = [f'--{border}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in {**fields, "words": "路灯不亮了", "danger": "none"}.items()]  # fmt: skip
    for name, content in files:
        head = f'--{border}\r\nContent-Disposition: form-data; name="photos"; filename="{name}"\r\n\r\n'
        said.append(head.encode() + content + b"\r\n")
    body = b"".join(said) + f"--{border}--\r\n".encode()
    request = urllib.request.Request(
        place, body, {"Content-Type": f"multipart/form-data; boundary={border}", "Referer": place}
    )
    try:
        with browser.open(request, timeout=120) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_pages_answer_while_every_place_for_files_is_taken(
    migrated_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHIGE_PUBLIC_RATE", "0")
    monkeypatch.setenv("SHIGE_PROXIES", "127.0.0.1")
    hostile, done, answers = costly(), threading.Event(), []
    program = Program(WHOLE, migrated_folder)
    program.start()

    def attack(number: int) -> None:
        for round in itertools.count():
            began = time.monotonic()
            address = f"198.51.{round % 250}.{number}"
            status, page = send(program.port, address, [(f"{n}.pdf", hostile) for n in range(FILES)])
            answers.append((status, time.monotonic() - began, "路灯不亮了" in page, "Many files" in page))
            if done.wait(1):
                return

    try:
        settle(migrated_folder, tmp_path)
        threads = [threading.Thread(target=attack, args=(number,)) for number in range(FORMS)]
        for thread in threads:
            thread.start()
        time.sleep(3)
        times, ends = [], time.monotonic() + ATTACK_SECONDS
        while time.monotonic() < ends:
            began = time.monotonic()
            connection = HTTPConnection("127.0.0.1", program.port, timeout=60)
            file_matter(connection)
            connection.request("GET", "/")
            assert connection.getresponse().read()
            connection.close()
            times.append(time.monotonic() - began)
        done.set()
        for thread in threads:
            thread.join()
        print(len(times), "times, median and most", statistics.median(times), max(times))
        print(len(answers), "forms, the longest", max(seconds for _, seconds, *_ in answers))
        assert max(times) < SLOWEST, times
        assert all(status == 422 and words for status, _, words, _ in answers), "what was typed is kept"
        assert any(busy for *_, busy in answers), "some found no place"
        assert send(program.port, "203.0.113.9", [("a.jpg", jpeg())])[0] == 200, "and it is over at once"
        assert program.stop() == 0
    finally:
        program.cleanse()
