"""POST and GET /api/v1/public/matters, as programs of others use them."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shige.channels.models import TakenForm
from shige.matters.models import Matter
from tests.matters.handling.test_pages import signed_in
from tests.matters.town import OUTSIDE, Town

pytestmark = pytest.mark.django_db
URL = "/api/v1/public/matters"


def post(client: Client, town: Town, headers: dict[str, str] | None = None, **given: Any) -> Any:
    """Send a matter in the first micro-grid."""
    place = town.place("micro")
    body = {"text": "路灯不亮了", "location": {"lon": place.lon, "lat": place.lat, "datum": "wgs84"}} | given
    return client.post(URL, json.dumps(body), content_type="application/json", headers=headers or {})


def test_it_answers_201_with_the_receipt(client: Client, town: Town) -> None:
    answer = post(client, town, contact={"name": "王小明", "phone": "13812345678"})
    assert answer.status_code == 201
    receipt = answer.json()
    assert receipt["grid"] == town.areas["micro"].code
    assert receipt["owner_post"] == town.posts["community_chief"].name
    assert receipt["state"] == "new" and receipt["respond_by"] < receipt["resolve_by"]
    assert Matter.objects.get().category == "02.1"


@pytest.mark.parametrize("category", ["02.1", "05.1"])
def test_a_matter_with_every_contact_takes_at_most_12_statements(
    client: Client, town: Town, category: str, settings: Any
) -> None:
    settings.SHIGE_PUBLIC_RATE = 1000  # the count of knocks belongs to it
    given = {"category": category, "contact": {"name": "王小明", "phone": "13812345678"}}
    post(client, town, **given)  # the first one of a process opens the vault's key
    with CaptureQueriesContext(connection) as done:
        assert post(client, town, {"Idempotency-Key": "k"}, **given).status_code == 201
    asked = asked_of(done)
    assert len(asked) <= 12, "\n".join(asked)


def asked_of(done: CaptureQueriesContext) -> list[str]:
    """Return the statements without those that only open and close transactions."""
    bounds = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE SAVEPOINT", "SET ")
    return [each["sql"] for each in done if not each["sql"].startswith(bounds)]


def test_the_code_shows_the_state_and_never_the_words(client: Client, town: Town) -> None:
    code = post(client, town).json()["tracking_code"]
    answer = client.get(f"{URL}/{code}")
    assert answer.status_code == 200
    assert answer.json()["state"] == "new" and answer.json()["steps"][0]["action"] == "file"
    assert "路灯" not in answer.content.decode()


def test_an_unknown_code_is_404_as_problem_details(client: Client, town: Town) -> None:
    answer = client.get(f"{URL}/0000-0000-0000-0000")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"category": "99.9"}, "category"),
        ({"text": "字" * 100_000}, "text"),
        ({"text": ""}, "text"),
        ({"contact": {"phone": "x"}}, "contact.phone"),
        ({"location": {"lon": 30, "lat": 104}}, "location"),
    ],
)
def test_what_does_not_fit_is_422_and_named(
    client: Client, town: Town, given: dict[str, Any], field: str
) -> None:
    answer = post(client, town, **given)
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert not Matter.objects.exists()


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'{"text": 1}', b'{"text":"x","location":{"lon":1,"lat":1,"datum":"moon"}}']
)
def test_what_is_no_matter_at_all_is_refused(client: Client, town: Town, body: bytes) -> None:
    answer = client.post(URL, body, content_type="application/json")
    assert answer.status_code in (400, 422)
    assert answer["Content-Type"] == "application/problem+json"


def test_a_place_outside_every_grid_is_accepted_without_a_grid(client: Client, town: Town) -> None:
    answer = post(client, town, location={"lon": OUTSIDE.lon, "lat": OUTSIDE.lat}, outside=True)
    assert (answer.status_code, answer.json()["grid"]) == (201, None)
    assert answer.json()["owner_post"] == town.posts["street_officer"].name


@pytest.mark.parametrize("place", [{"lon": 1, "lat": 1}, {"lon": OUTSIDE.lon, "lat": OUTSIDE.lat}])
def test_a_place_far_outside_is_said_before_anything_is_filed(
    client: Client, town: Town, place: dict[str, float]
) -> None:
    answer = post(client, town, {"Idempotency-Key": "k"}, location=place)
    assert answer.status_code == 422 and not Matter.objects.exists()
    assert [error["field"] for error in answer.json()["errors"]] == ["location"]
    again = post(client, town, {"Idempotency-Key": "k"}, location=place, outside=True)
    assert again.status_code == 201  # what was refused has not used the key up


def test_the_same_key_and_form_is_one_matter(client: Client, town: Town) -> None:
    first, second = (post(client, town, {"Idempotency-Key": "abc"}) for _ in range(2))
    assert first.json() == second.json()
    assert Matter.objects.count() == 1


@pytest.mark.parametrize(
    "other", [{"text": "井盖不见了"}, {"category": "02.1"}, {"danger": "yes"}, {"contact": {"name": "王"}}]
)
def test_the_same_key_with_other_content_makes_no_second_matter(
    client: Client, town: Town, other: dict[str, Any]
) -> None:
    first = post(client, town, {"Idempotency-Key": "abc"})
    answer = post(client, town, {"Idempotency-Key": "abc"}, **other)
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert Matter.objects.count() == 1
    assert post(client, town, {"Idempotency-Key": "abc"}).json() == first.json()


def test_nobody_uses_up_the_key_of_somebody_else(client: Client, town: Town, settings: Any) -> None:
    settings.SHIGE_PROXIES = ["127.0.0.1"]
    for sender, text in (("198.51.100.1", "路灯不亮了"), ("198.51.100.2", "井盖不见了")):
        headers = {"Idempotency-Key": "1", "X-Forwarded-For": sender}
        assert post(client, town, headers, text=text).status_code == 201


def test_a_key_that_is_being_answered_is_409(
    client: Client, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    post(client, town, {"Idempotency-Key": "abc"})
    # The other one has not committed yet when this one looks.
    monkeypatch.setattr(TakenForm.objects, "filter", lambda **_given: TakenForm.objects.none())
    assert post(client, town, {"Idempotency-Key": "abc"}, text="井盖").status_code == 409
    assert Matter.objects.count() == 1


def test_an_address_that_means_one_building_is_that_building(client: Client, town: Town) -> None:
    receipt = post(client, town, location=None, address="玉兰路1号2单元501").json()
    matter = Matter.objects.get()
    assert receipt["grid"] == town.areas["micro"].code
    assert (matter.building_id, matter.entrance, matter.floor) == (town.buildings["micro"].pk, 2, 5)
    assert matter.place == "玉兰路1号" and matter.room_handle


def test_words_of_a_place_alone_go_to_the_street_as_they_are_written(client: Client, town: Town) -> None:
    answer = post(client, town, location=None, address="菜市场后门那家修鞋摊")
    assert answer.status_code == 201 and answer.json()["grid"] is None
    matter = Matter.objects.get()
    assert (matter.place, matter.lon, matter.street_id) == (
        "菜市场后门那家修鞋摊",
        None,
        town.areas["street"].pk,
    )
    assert town.owner(matter) == "street_officer"
    assert "修鞋摊" in signed_in(town, "street_officer").get("/office/unassigned/").content.decode()


@pytest.mark.parametrize(
    ("given", "field"),
    [({}, "location"), ({"address": "  "}, "location"), ({"address": "2单元501"}, "address")],
)
def test_a_matter_without_any_place_is_refused_with_a_sentence(
    client: Client, town: Town, given: dict[str, str], field: str
) -> None:
    answer = post(client, town, location=None, **given)
    assert answer.status_code == 422 and not Matter.objects.exists()
    assert field in json.dumps(answer.json()), answer.json()


def test_a_point_may_be_called_by_words_and_the_room_is_sealed(client: Client, town: Town) -> None:
    post(client, town, address="玉兰路1号花台旁边 2单元501")
    matter = Matter.objects.get()
    assert matter.lon and matter.entrance == 2 and "501" not in matter.place
    assert matter.room_handle


def test_the_description_says_that_words_are_a_place(client: Client, db: None) -> None:
    schema = client.get("/api/v1/openapi.json").json()["components"]["schemas"]["MatterIn"]
    assert schema["required"] == ["text"] and "street" in schema["properties"]["address"]["description"]


def test_an_emergency_comes_with_its_number(client: Client, town: Town) -> None:
    """P4."""
    receipt = post(client, town, text="家里有煤气味").json()
    assert receipt["emergency"]["number"] == "119"
    assert receipt["category"] == "03.3"


def test_an_address_that_knocks_too_often_waits(client: Client, town: Town, settings: Any) -> None:
    settings.SHIGE_PUBLIC_RATE = 2
    assert [post(client, town).status_code for _ in range(3)] == [201, 201, 429]


def test_a_telephone_that_knocks_too_often_waits(client: Client, town: Town, settings: Any) -> None:
    settings.SHIGE_PUBLIC_RATE = 1
    codes = []
    for number in range(2):
        client.defaults["REMOTE_ADDR"] = f"10.0.0.{number}"
        codes.append(post(client, town, contact={"phone": "13812345678"}).status_code)
    assert codes == [201, 429]


def test_a_forwarded_address_counts_from_a_configured_proxy_only(
    client: Client, town: Town, settings: Any
) -> None:
    settings.SHIGE_PUBLIC_RATE = 1
    spoofed = [post(client, town, {"X-Forwarded-For": f"8.8.8.{n}"}).status_code for n in range(2)]
    assert spoofed == [201, 429]
    settings.SHIGE_PROXIES = ["127.0.0.0/8"]
    behind = [post(client, town, {"X-Forwarded-For": f"8.8.4.{n}"}).status_code for n in range(2)]
    assert behind == [201, 201]
    pretended = [post(client, town, {"X-Forwarded-For": f"9.9.9.{n}, 8.8.4.9"}).status_code for n in range(2)]
    assert pretended == [201, 429]


def test_guessing_codes_is_stopped_and_stops_nobody_who_has_a_right_one(
    client: Client, town: Town, settings: Any
) -> None:
    code = post(client, town).json()["tracking_code"]
    settings.SHIGE_PUBLIC_RATE = 3
    wrong = [client.get(f"{URL}/0000-0000-0000-000{n}").status_code for n in range(4)]
    assert wrong == [404, 404, 404, 429]
    assert client.get(f"{URL}/{code}").status_code == 200  # a neighbourhood behind one address
    assert client.get(f"{URL}/0000-0000-0000-0009")["Retry-After"] == "60"


def test_the_openapi_description_names_the_end_points(client: Client, db: None) -> None:
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert {URL, f"{URL}/{{tracking_code}}", "/api/v1/matters"} <= set(paths)


def test_what_nobody_has_sorted_yet_is_called_so(client: Client, town: Town) -> None:
    code = post(client, town, text="请你们来看一下").json()["tracking_code"]
    assert Matter.objects.get().category == "11"
    page = client.get(f"/m/{code}/").content.decode()
    assert "待分类" in page and "建议监督" not in page
