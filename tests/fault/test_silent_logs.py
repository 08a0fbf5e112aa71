"""Writes of real forms fail in the database: no log of any part of the program holds their words (P6)."""

import json
import re
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlencode, urlsplit

import psycopg
import pytest

from shige.machine.database.cluster import Cluster
from shige.machine.database.roles import SUPERUSER
from tests.fault.test_photo_kept import Browser
from tests.program import Running, program

pytestmark = pytest.mark.fault

MARKER = "楼道堆物MARKERWORD"
PHONE = "19900314159"
NAME = "马克尔MARKERNAME"
PASSWORD = "MARKERPASSWORD"
SECRETS = (MARKER, "MARKERWORD", PHONE, "314159", NAME, PASSWORD)
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
NO_LOG = {"base", "pg_wal", "media", "filler"}
"""Folders of the data folder in which rows and files themselves lie."""

Send = Callable[[], int]


@pytest.fixture(scope="module")
def running() -> Iterator[Running]:
    with program(SHIGE_DELIVERY_URL="http://127.0.0.1:9/") as started:
        yield started


@pytest.fixture(scope="module")
def database(running: Running) -> Cluster:
    return Cluster(running.data)


def post(browser: Browser, path: str, **given: str) -> int:
    body = urlencode({"csrfmiddlewaretoken": browser.token, "d": browser.draft, **given}).encode()
    return browser.ask("POST", path, body, **FORM).status


def place_in(running: Running) -> tuple[int, float, float]:
    """Return the number of a house of the sample, and where it stands (degrees)."""
    with psycopg.connect(Cluster(running.data).url(SUPERUSER)) as keeper:
        return keeper.execute("SELECT id, lon, lat FROM territory_building ORDER BY id LIMIT 1").fetchone()


def browser(running: Running, role: str = "") -> Browser:
    made = Browser(urlsplit(running.address).port)
    if role:
        made.ask("GET", urlsplit(running.links[role]).path)
    return made


@contextmanager
def refused_by_row(database: Cluster, table: str) -> Iterator[None]:
    """Let every new row of a table fail, as PostgreSQL does it: it quotes the whole row."""
    with psycopg.connect(database.owner_url, autocommit=True) as owner:
        owner.execute(f"ALTER TABLE {table} ADD CONSTRAINT nothing CHECK (false) NOT VALID")
        try:
            yield
        finally:
            owner.execute(f"ALTER TABLE {table} DROP CONSTRAINT nothing")


@contextmanager
def killed_while_waiting(database: Cluster, table: str) -> Iterator[None]:
    """End each connection that waits for a table, again and again: its statement is cut short."""
    ended = threading.Event()

    def kill() -> None:
        with psycopg.connect(database.url(SUPERUSER), autocommit=True) as keeper:
            while not ended.wait(0.1):
                keeper.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                )

    killer = threading.Thread(target=kill)
    with psycopg.connect(database.owner_url) as owner:
        owner.execute(f"LOCK TABLE {table} IN EXCLUSIVE MODE")
        killer.start()
        try:
            yield
        finally:
            ended.set()
            killer.join()


@contextmanager
def ended_by_time(database: Cluster, table: str) -> Iterator[None]:
    """Let every statement that waits for a table end by a limit of time."""
    with psycopg.connect(database.owner_url) as owner:
        owner.execute(f"LOCK TABLE {table} IN EXCLUSIVE MODE")
        with psycopg.connect(database.url(SUPERUSER), autocommit=True) as keeper:
            keeper.execute("ALTER ROLE shige SET lock_timeout = '300ms'")
            keeper.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'shige'")
            try:
                yield
            finally:
                keeper.execute("ALTER ROLE shige RESET lock_timeout")
                keeper.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'shige'"
                )


FAULTS = (refused_by_row, killed_while_waiting, ended_by_time)


def in_report(running: Running) -> Send:
    """Write a report up to its last screen, the telephone typed in."""
    resident = browser(running)
    resident.ask("GET", "/report/")
    assert post(resident, "/report/", words=MARKER, category="02.1") == 302
    resident.ask("GET", f"/report/place/?d={resident.draft}")
    assert post(resident, "/report/place/", building=str(place_in(running)[0])) == 302
    resident.ask("GET", f"/report/contact/?d={resident.draft}")
    return lambda: post(resident, "/report/contact/", phone=PHONE, name=NAME)


def in_first_words(running: Running) -> Send:
    """Type the first words of a report, of which a draft is kept."""
    resident = browser(running)
    resident.ask("GET", "/report/")
    return lambda: post(resident, "/report/", words=MARKER, phone=PHONE, category="02.1")


def at_counter(running: Running, clerk: Browser) -> Send:
    """Fill in the form of the counter."""
    clerk.ask("GET", "/office/matters/new/")
    given = {"key": secrets.token_hex(8), "words": MARKER, "phone": PHONE, "name": NAME, "consent": "on"}
    given |= {"category": "02.1", "building": str(place_in(running)[0])}
    return lambda: post(clerk, "/office/matters/new/", **given)


def by_api(running: Running) -> Send:
    """Prepare a call of the public end-point with a contact."""
    stranger = browser(running)
    _, lon, lat = place_in(running)
    body = {"text": MARKER, "location": {"lon": lon, "lat": lat}, "contact": {"name": NAME, "phone": PHONE}}
    sent = json.dumps(body).encode()
    path = "/api/v1/public/matters"
    return lambda: stranger.ask("POST", path, sent, **{"Content-Type": "application/json"}).status


def by_note(running: Running, clerk: Browser) -> Send:
    """Write a note of the office on a matter."""
    listed = clerk.ask("GET", "/office/matters/?state=in_hand").page
    numbers = re.findall(r'href="/office/matters/([0-9-]+)/', listed)
    number = next(
        number
        for number in numbers
        if f"{number}/do/note/" in clerk.ask("GET", f"/office/matters/{number}/").page
    )
    return lambda: post(clerk, f"/office/matters/{number}/do/note/", note=f"{MARKER} {PHONE}", remark=MARKER)


def by_sign_in(running: Running) -> Send:
    """Type a wrong password."""
    somebody = browser(running)
    somebody.ask("GET", "/accounts/login/")
    return lambda: post(somebody, "/accounts/login/", login=NAME, password=PASSWORD)


def logs(running: Running) -> str:
    """Return all that any part of the program has written for people to read."""
    written = "".join(running.lines)
    for path in running.data.rglob("*"):
        if path.is_file() and not NO_LOG & set(path.relative_to(running.data).parts):
            written += path.read_bytes().decode("utf-8", "replace")
    return written


def test_no_log_holds_a_word_of_what_failed(running: Running, database: Cluster) -> None:
    clerk = browser(running, next(role for role in running.links if "书记" in role))
    statuses: dict[str, list[int]] = {}
    for fault in FAULTS:
        sent = {
            "channels_keptdraft": [in_first_words(running)],
            "matters_matter": [in_report(running), at_counter(running, clerk), by_api(running)],
            "trust_vaultitem": [in_report(running), at_counter(running, clerk), by_api(running)],
            "matters_step": [by_note(running, clerk)],
            "trust_signinfailure": [by_sign_in(running)],
        }
        for table, sends in sent.items():
            with fault(database, table):
                statuses[f"{fault.__name__} {table}"] = [send() for send in sends]
    print(statuses)
    assert {status for answers in statuses.values() for status in answers} <= {500, 503}, statuses
    found = {secret for secret in SECRETS if secret in logs(running)}
    assert found == set()
