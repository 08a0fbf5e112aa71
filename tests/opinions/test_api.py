"""Opinion notes by a program: written, heard, followed up, counted, by the rules of their pages (R40)."""

import pytest

from shige.opinions.models import Hearing, Opinion
from shige.trust.models import JournalEntry
from shige.trust.veil import veiled
from tests.matters.program import Program, program_of
from tests.matters.town import Town
from tests.opinions.test_opinions import WORDS, noted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def program(town: Town, who: str) -> Program:
    return program_of(town, who, ("opinion.see", "opinion.write", "opinion.follow"))


def test_a_note_goes_from_the_worker_to_its_answer(town: Town) -> None:
    worker, chief = program(town, "micro_worker"), program(town, "community_chief")
    asked = {field["name"]: field for field in worker.get("/opinions/new").json()}
    (area,) = asked["area"]["choices"]
    given = {"theme": "parking", "area": area["value"], "band": "many", "on": "2026-09-09"}
    made = worker.post("/opinions", **given, words=WORDS)
    assert made.status_code == 201, made.content
    one = f"/opinions/{made.json()['id']}"
    assert made.json()["words"] == WORDS and made.json()["grid"] == town.areas["micro"].code
    assert program(town, "fulltime_worker").post(f"{one}/hear").json()["times"] == 2
    assert Hearing.objects.count() == 2
    offered = {row["action"]: row for row in chief.get(one).json()["actions"]}
    assert "raise" not in offered and offered["follow"]["fields"][0]["name"] == "note"
    for action, note in (("follow", "找物业核对"), ("answer", "夜间开放学校停车场")):
        assert chief.post(f"{one}/actions/{action}", note=note).status_code == 200
    assert worker.get(one).json()["steps"][-1]["note"] == "夜间开放学校停车场"
    assert Opinion.objects.get().state == "answered"


def test_the_list_is_narrowed_and_paged(town: Town) -> None:
    keys = [veiled("key", str(noted(town).pk)) for _turn in range(2)]
    chief = program(town, "community_chief")
    assert [row["id"] for row in chief.get("/opinions").json()["items"]] == keys[::-1]
    assert [row["id"] for row in chief.get(f"/opinions?before={keys[1]}").json()["items"]] == keys[:1]
    assert chief.get(f"/opinions?area={town.areas['micro2'].code}").json()["items"] == []
    assert chief.get("/opinions?state=answered").json()["items"] == []
    for query, field in (("before=1", "before"), ("area=1", "area")):
        refused = chief.get(f"/opinions?{query}")
        assert refused.status_code == 422 and refused.json()["errors"][0]["field"] == field


def test_the_office_counts_and_what_it_hands_out_is_on_record_without_small_counts(town: Town) -> None:
    noted(town)
    chief = program(town, "community_chief")
    counted = chief.get("/opinions/counts").json()
    assert counted["themes"][0]["counts"][-1] == 1 and len(counted["ends"]) == 6
    assert [cell["times"] for cell in chief.get("/opinions/export").json()] == [None]
    assert JournalEntry.objects.filter(verb__contains="export").exists()


def test_what_does_not_fit_names_its_field(town: Town) -> None:
    worker = program(town, "micro_worker")
    area = veiled("key", str(town.areas["micro"].pk))
    fits = {"theme": "parking", "area": area, "words": WORDS, "band": "many", "on": "2026-09-09"}
    beside = veiled("key", str(town.areas["micro2"].pk))
    for wrong in (
        {"words": "李阿姨说停车难"},
        {"theme": "x"},
        {"area": beside},
        {"area": str(town.areas["micro"].pk)},
        {"band": "x"},
        {"on": "2030-01-01"},
    ):
        refused = worker.post("/opinions", **(fits | wrong))
        assert refused.status_code == 422
        assert {fault["field"] for fault in refused.json()["errors"]} == set(wrong)
    assert not Opinion.objects.exists()
    one = f"/opinions/{veiled('key', str(noted(town).pk))}"
    chief = program(town, "community_chief")
    assert chief.post(f"{one}/actions/follow", note="问王师傅").status_code == 422
    assert [chief.post(f"{one}/actions/{act}", note="好").status_code for act in ("answer", "raise")] == [
        404
    ] * 2


@pytest.mark.parametrize("who", ["department", "mediation_committee"])
def test_whoever_is_only_given_tasks_finds_no_notes(town: Town, who: str) -> None:
    other, one = program(town, who), f"/opinions/{veiled('key', str(noted(town).pk))}"
    for address in ("/opinions", "/opinions/new", "/opinions/counts", "/opinions/export", one):
        assert other.get(address).status_code == 403
    assert other.post(f"{one}/hear").status_code == 403
    assert other.post(f"{one}/actions/follow", note="好").status_code == 403


@pytest.mark.parametrize("who", ["micro_worker2", "exclusive_worker", "community_chief2"])
def test_a_note_of_another_area_is_not_found(town: Town, who: str) -> None:
    other, one = program(town, who), f"/opinions/{veiled('key', str(noted(town).pk))}"
    assert other.get("/opinions").json()["items"] == []
    assert other.get(one).status_code == other.post(f"{one}/hear").status_code == 404
    assert other.post(f"{one}/actions/follow", note="好").status_code in {403, 404}


def test_a_field_worker_counts_and_follows_nothing_up(town: Town) -> None:
    worker, one = program(town, "micro_worker"), f"/opinions/{veiled('key', str(noted(town).pk))}"
    assert worker.get("/opinions/counts").status_code == worker.get("/opinions/export").status_code == 403
    assert worker.post(f"{one}/actions/follow", note="好").status_code == 403
