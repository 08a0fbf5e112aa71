"""What a person at work can do on a matter's page, their program can do as well, by the same rules."""

from typing import Any

import pytest
from django.test import Client

from shige.matters.models import Matter, Photo, Step
from shige.trust.models import VaultReading
from shige.trust.veil import veiled

from ..program import program_of
from ..town import Town
from .test_pages import number_of, signed_in

pytestmark = pytest.mark.django_db


def faults(answer: Any) -> set[str]:
    """Return the fields that an answer names."""
    assert answer.status_code == 422, answer.content
    return {fault["field"] for fault in answer.json()["errors"]}


def test_a_matter_goes_from_taken_to_solved_with_photos(town: Town) -> None:
    number, phone = number_of(town), program_of(town, "fulltime_worker")
    path = f"/matters/{number}"
    assert phone.post(f"{path}/actions/take").json()["state"] == "in_hand"
    assert phone.post(f"{path}/actions/note", fields={"note": "已到现场"}).status_code == 200
    files = {"before": [phone.sent()], "after": [phone.sent()]}
    done = phone.post(f"{path}/actions/solve", fields={"note": "已清运"}, files=files)
    assert done.json()["state"] == "to_confirm" and "solve" not in done.json()["actions"]
    assert set(Photo.objects.values_list("stage", flat=True)) == {"before", "after"}
    assert faults(phone.post(f"{path}/photos", after=files["after"])) == {"files.after"}, "taken once"


def test_it_says_what_may_be_done_and_what_each_action_asks_for(town: Town) -> None:
    number, phone = number_of(town), program_of(town, "fulltime_worker")
    told = {row["action"]: row for row in phone.get(f"/matters/{number}/actions").json()}
    assert list(told) == phone.get(f"/matters/{number}").json()["actions"]
    assert [(field["name"], field["required"]) for field in told["pass_up"]["fields"]] == [("note", True)]
    assert any(one["value"] == "02.1" for one in told["sort"]["fields"][0]["choices"])
    assert phone.post(f"/matters/{number}/actions/sort", fields={"category": "02.1"}).status_code == 200
    assert Matter.objects.get().category == "02.1"


def test_a_post_is_chosen_by_a_name_that_tells_no_running_key(town: Town) -> None:
    number, phone = number_of(town), program_of(town, "fulltime_worker")
    phone.post(f"/matters/{number}/actions/pass_up", fields={"note": "需要街道"})
    street = program_of(town, "street_officer")
    rows = {row["action"]: row for row in street.get(f"/matters/{number}/actions").json()}
    if "pass_on" not in rows:
        street.post(f"/matters/{number}/actions/take")
        rows = {row["action"]: row for row in street.get(f"/matters/{number}/actions").json()}
    asked = {field["name"]: field for field in rows["pass_on"]["fields"]}
    chosen = asked["post"]["choices"][0]
    assert not chosen["value"].isdigit()
    path = f"/matters/{number}/actions/pass_on"
    assert faults(street.post(path, fields={"post": "7", "note": "请处理"})) == {"post"}
    assert street.post(path, fields={"post": chosen["value"], "note": "请处理"}).status_code in {200, 204}
    assert chosen["label"].startswith(Matter.objects.get().owner.name)


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({"fields": {"note": " "}}, {"note"}),
        ({"fields": {}}, {"note"}),
        ({"fields": {"note": "x", "category": "02.1"}}, {"category"}),
        ({"fields": {"note": "x", "nonsense": 1}}, {"given.fields.nonsense"}),
        ({"fields": {"note": "x" * 9000}}, {"note"}),
    ],
)
def test_what_does_not_fit_is_named_and_changes_nothing(
    town: Town, body: dict[str, Any], named: set[str]
) -> None:
    number = number_of(town)
    before = Step.objects.count()
    assert (
        faults(program_of(town, "fulltime_worker").post(f"/matters/{number}/actions/pass_up", **body))
        == named
    )
    assert Step.objects.count() == before


@pytest.mark.parametrize("field", ["state", "tier", "category", "kind", "department", "cursor"])
def test_a_filter_of_any_length_is_answered(town: Town, field: str) -> None:
    number_of(town)
    assert program_of(town, "street_officer").get(f"/matters?{field}={'x' * 3000}").status_code == 422


def test_a_post_that_is_not_offered_is_named_without_its_number(town: Town) -> None:
    number, phone = number_of(town), program_of(town, "fulltime_worker")
    sent = {"post": veiled("key", "99999"), "action": "请清运", "limit": "1wd"}
    answer = phone.post(f"/matters/{number}/tasks", **sent)
    assert faults(answer) == {"post"} and "99999" not in answer.content.decode()


def test_an_action_that_is_not_possible_now_is_refused_with_why(town: Town) -> None:
    number, phone = number_of(town), program_of(town, "fulltime_worker")
    path = f"/matters/{number}/actions"
    assert phone.post(f"{path}/solve", fields={"note": "已清运"}).status_code == 422
    phone.post(f"{path}/take")
    assert phone.post(f"{path}/take").status_code == 422
    assert phone.post(f"{path}/nonsense").status_code == 404


def test_who_may_not_gets_no_further_than_on_the_page(town: Town) -> None:
    number = number_of(town)
    paths = {"actions/take": {}, "photos": {}, "reveal": {"what": "contact"}}
    for path, body in paths.items():
        micro = program_of(town, "micro_worker").post(f"/matters/{number}/{path}", **body)
        seeing = program_of(town, "fulltime_worker", ("matter.see",))
        assert micro.status_code in {403, 404}, path
        assert seeing.post(f"/matters/{number}/{path}", **body).status_code == 403, "the token is narrower"
    assert Matter.objects.get().state == "new" and not VaultReading.objects.exists()


def test_a_file_of_somebody_else_is_not_taken(town: Town) -> None:
    number, phone = number_of(town), program_of(town, "fulltime_worker")
    foreign = program_of(town, "street_officer").sent()
    assert faults(phone.post(f"/matters/{number}/photos", photos=[foreign])) == {"files.photos"}
    assert faults(phone.post(f"/matters/{number}/photos", photos=[phone.sent(b"no picture")])) == {
        "files.photos"
    }
    assert not Photo.objects.exists()


def test_the_contact_is_opened_on_record(town: Town) -> None:
    number = number_of(town, name="王小明", phone="13812345678")
    phone = program_of(town, "fulltime_worker")
    opened = phone.post(f"/matters/{number}/reveal", what="contact")
    assert opened.json()["name"] == "王小明" and "no-store" in opened["Cache-Control"]
    assert VaultReading.objects.exists()


def test_two_matters_point_to_each_other_and_no_longer(town: Town) -> None:
    number, other = number_of(town), number_of(town, "02.1")
    street = program_of(town, "street_officer")
    assert street.post(f"/matters/{number}/related", other=other, reason="同一处").status_code == 204
    assert street.delete(f"/matters/{number}/related/{other}").status_code == 204
    assert street.post(f"/matters/{number}/related", other="nonsense", reason="x").status_code == 422


def test_a_browser_needs_its_csrf_token_to_write(town: Town) -> None:
    number = number_of(town)
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = signed_in(town, "fulltime_worker").cookies
    answer = browser.post(f"/api/v1/matters/{number}/actions/take", {}, content_type="application/json")
    assert answer.status_code == 403 and Matter.objects.get().state == "new"
