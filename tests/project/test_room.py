"""Without room or without a database nothing is taken, and whoever asks is told so."""

import errno
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import InterfaceError, OperationalError, connection
from django.test import Client
from django.urls import path

from shige.project import health
from shige.project.room import wanting
from shige.project.urls import *  # noqa: F403
from shige.trust.page_access import public_page


def no_room() -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def table_full() -> None:
    try:
        raise psycopg.errors.DiskFull("could not extend file")
    except psycopg.errors.DiskFull as error:
        raise OperationalError(str(error)) from error


def gone() -> None:
    raise OperationalError("server closed the connection unexpectedly")


def closed() -> None:
    raise InterfaceError("connection already closed")


def recovering() -> None:
    try:
        raise psycopg.errors.CannotConnectNow("the database system is in recovery mode")
    except psycopg.errors.CannotConnectNow as error:
        raise OperationalError(str(error)) from error


FAULTS: dict[str, Callable[[], None]] = {
    each.__name__: each for each in (no_room, table_full, gone, closed, recovering)
}


@public_page
def hurt(request: Any, fault: str) -> Any:
    FAULTS[fault]()


handler500 = "shige.project.faults.broken"
urlpatterns = [path("hurt/<str:fault>/", hurt), path("api/hurt/<str:fault>/", hurt), *urlpatterns]  # type: ignore[has-type] # noqa: F405


@pytest.fixture
def wounded(settings: Any) -> Client:
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("no_room", "存储空间已满"),
        ("table_full", "存储空间已满"),
        ("gone", "数据库此刻没有响应"),
        ("closed", "数据库此刻没有响应"),
        ("recovering", "数据库此刻没有响应"),
    ],
)
def test_a_page_says_what_is_wanting_without_asking_the_database(
    wounded: Client, fault: str, said: str
) -> None:
    answer = wounded.get(f"/hurt/{fault}/")  # this test may not use the database at all
    assert answer.status_code == 503
    assert said in answer.content.decode()
    assert 'href="tel:110"' in answer.content.decode()
    assert answer["Retry-After"] == "60"


def test_it_says_so_in_english_too_and_to_programs(wounded: Client) -> None:
    english = wounded.get("/hurt/no_room/", headers={"Accept-Language": "en"})
    assert "no room left" in english.content.decode()
    told = wounded.get("/api/hurt/table_full/")
    assert told.status_code == 503 and told["Content-Type"] == "application/problem+json"


def test_a_fault_of_ours_is_not_taken_for_a_full_disk() -> None:
    assert wanting(ValueError("x")) is None
    assert wanting(OSError(errno.ENOENT, "x")) is None
    for cause in (psycopg.errors.QueryCanceled, psycopg.errors.LockNotAvailable):
        error = OperationalError("x")
        error.__cause__ = cause("x")
        assert wanting(error) is None


def test_ready_means_that_something_can_be_written(
    client: Client, db: None, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.get("/readyz").json() == {"status": "ok"}
    assert not list(Path(settings.DATA).glob("*ready.*"))

    def refuse(fault: str) -> tuple[int, str]:
        with monkeypatch.context() as patch:
            patch.setattr(connection, "cursor", lambda: FAULTS[fault]())
            patch.setattr(connection, "close", lambda: None)
            answer = client.get("/readyz")
        return answer.status_code, answer.json()["status"]

    assert refuse("table_full") == (503, "no room in the database")
    assert refuse("gone") == (503, "no database")
    monkeypatch.setattr(health, "write_whole", lambda *_: no_room())
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["status"]) == (503, "no room on the disk")
