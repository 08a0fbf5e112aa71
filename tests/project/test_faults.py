"""What is missing, refused or broken is said in the reader's language, and the log keeps no secrets."""

import logging
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.urls.converters import UUIDConverter

from shige.project.logs import Discreet
from shige.trust.middleware import SAMPLE_SESSION
from shige.trust.page_access import PUBLIC_ACCESS
from tests.places import make_town

from .doors import PAGES


def test_a_page_that_is_not_there_says_so_in_chinese(client: Client, db: None) -> None:
    answer = client.get("/nowhere/")
    assert answer.status_code == 404
    assert "这里没有内容" in answer.content.decode()


def test_a_form_without_its_cookie_says_what_to_do_and_whom_to_call(db: None) -> None:
    answer = Client(enforce_csrf_checks=True).post("/report/", {"words": "路灯不亮了"})
    shown = answer.content.decode()
    assert answer.status_code == 403 and "允许本站使用 Cookie" in shown and 'href="tel:110"' in shown


def test_a_page_of_other_posts_says_so_in_chinese(client: Client, db: None) -> None:
    client.force_login(make_town().people["worker"])
    session = client.session
    session[SAMPLE_SESSION] = True
    session.save()
    answer = client.get("/settings/")
    assert answer.status_code == 403
    assert "您的岗位不能打开此页" in answer.content.decode()


@pytest.mark.parametrize("path", ["/api/v1/nowhere", "/api/nowhere"])
def test_an_end_point_that_is_not_there_answers_with_problem_details(
    client: Client, db: None, path: str
) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "body", ['{"text": "\\ud83d", "location": {"lon": 1, "lat": 1}}', '{"lon": NaN}', "{"]
)
def test_what_is_no_json_is_refused(client: Client, db: None, body: str) -> None:
    answer = client.post("/api/v1/public/matters", data=body, content_type="application/json")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"


def test_the_log_keeps_the_place_of_a_fault_and_no_words() -> None:
    said = "张三住在三楼"
    try:
        raise ValueError(said)
    except ValueError as error:
        record = logging.LogRecord(
            "django.request",
            logging.ERROR,
            __file__,
            1,
            "Server error: %s",
            ("/m/7K3M-0XQ9-2B4C-HJ5T/",),
            (type(error), error, error.__traceback__),
        )
    written = Discreet("%(message)s").format(record)
    assert "张三" not in written and "7K3M" not in written
    assert "ValueError" in written and "test_faults.py" in written


def test_no_key_of_a_public_address_stands_in_the_log() -> None:
    keyed = [
        name
        for name, page in PAGES.items()
        if "code" in page.pattern.converters and getattr(page.callback, "access", "") == PUBLIC_ACCESS
        if not name.startswith("territory:")  # codes of grids, which stand on every door
    ]
    assert {"channels:tracking", "channels:claimed", "members:own", "members:join"} <= set(keyed)
    for name in keyed:
        given = {
            part: "SECRET" if part == "code" else uuid4() if isinstance(converter, UUIDConverter) else "x"
            for part, converter in PAGES[name].pattern.converters.items()
        }
        address = reverse(name, kwargs=given)
        record = logging.LogRecord("django", logging.WARNING, __file__, 1, address, (), None)
        assert "SECRET" not in Discreet("%(message)s").format(record), name


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/api/v1/public/matters", "/api/v1/devices/events", "/api/v1/weather/signals"]
)
def test_a_form_sent_to_the_api_is_refused_and_not_a_fault(client: Client, address: str) -> None:
    assert client.post(address, {"a": "1"}).status_code in {400, 401}
    assert client.post(address, "a=1", content_type="application/x-www-form-urlencoded").status_code in {
        400,
        401,
    }
