"""Disputes by a program: the record, the plan for a group's claim, the desks, by the rules of their pages."""

from typing import Any

import pytest

from shige.disputes.mediation.commands import PartyIn, add_party, add_to_note
from shige.disputes.models.group_plan import ClaimGroup, GroupPlan, Measure
from shige.disputes.models.mediation import MediationNote, MediationSession, Party, PromisedStep
from shige.disputes.models.monthly import MonthlyText
from shige.matters.filing.commands.filing import file_matter
from shige.trust.gate import PUBLIC
from shige.trust.models import VaultReading
from shige.trust.veil import veiled
from tests.matters.program import Program, program_of
from tests.matters.town import Town, build, report

from .test_mediation import quarrel
from .test_plans import claim, planned

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]

SESSION = {"held_at": "2026-09-09T09:30:00+08:00", "where": "议事厅", "result": "agreed"}


def program(town: Town, who: str) -> Program:
    return program_of(town, who, ("matter.see", "matter.handle", "matter.dispatch", "figures.see"))


def wrong(answer: Any) -> set[str]:
    """Return the fields that a refusal names."""
    assert answer.status_code == 422, answer.content
    return {fault["field"] for fault in answer.json()["errors"]}


def test_the_worker_writes_the_whole_record(town: Town) -> None:
    one, worker = f"/matters/{quarrel(town).matter.number}/mediation", program(town, "micro_worker")
    offered = {row["entry"] for row in worker.get(one).json()["entries"]}
    assert offered == {"note", "party", "session", "promise", "agreement"}
    for entry, given in (
        ("note", {"text": "先去看了现场"}),
        ("party", {"side": "first", "name": "王先生", "phone": "02885550000"}),
        ("session", SESSION),
        ("promise", {"who": "second", "what": "重做防水", "due": "2026-09-20"}),
        ("agreement", {"text": "两周内重做防水"}),
    ):
        written = worker.post(f"{one}/{entry}", **given)
        assert written.status_code == 201, written.content
    record = worker.get(one)
    assert "王先生" not in record.content.decode() and record.json()["notes"] == 1
    (promise,), (party,) = record.json()["promises"], record.json()["parties"]
    assert worker.post(f"{one}/promises/{promise['id']}/kept").json()["promises"][0]["done_at"]
    assert worker.delete(f"{one}/parties/{party['id']}").json()["parties"] == []
    assert worker.delete(f"{one}/parties/{party['id']}").status_code == 404
    kept = [row.objects.count() for row in (MediationNote, MediationSession, Party)]
    assert kept == [1, 1, 0]
    assert PromisedStep.objects.get().done_at is not None


def test_an_entry_that_does_not_fit_names_its_fields(town: Town) -> None:
    one, worker = f"/matters/{quarrel(town).matter.number}/mediation", program(town, "micro_worker")
    assert wrong(worker.post(f"{one}/party", side="first", name="王", phone="无")) == {"phone"}
    assert wrong(worker.post(f"{one}/note", text="记", name="王")) == {"name"}
    assert wrong(worker.post(f"{one}/session", **SESSION | {"result": "x"})) == {"result"}
    assert wrong(worker.post(f"{one}/open", reason=" ")) == {"reason"}
    assert worker.post(f"{one}/nothing", text="记").status_code == 404
    assert not MediationNote.objects.exists()


@pytest.mark.parametrize("who", ["community_chief2", "micro_worker3", "department", "mediation_committee"])
def test_others_find_no_record(town: Town, who: str) -> None:
    number, other = quarrel(town).matter.number, program(town, who)
    party = add_party(town.viewer("micro_worker"), number, PartyIn("first", "王先生"))
    one = f"/matters/{number}/mediation"
    for answer in (
        other.get(one),
        other.post(f"{one}/note", text="好奇"),
        other.post(f"{one}/open", reason="好奇"),
        other.delete(f"{one}/parties/{veiled('key', str(party.pk))}"),
    ):
        assert answer.status_code in {403, 404}
    assert Party.objects.count() == 1 and not MediationNote.objects.exists()


def test_whoever_sees_a_dispute_and_does_not_work_on_it_writes_nothing(town: Town) -> None:
    one, other = f"/matters/{quarrel(town).matter.number}/mediation", program(town, "fulltime_worker")
    seen = other.get(one)
    assert seen.status_code == 404 or seen.json()["entries"] == []
    assert other.post(f"{one}/note", text="记").status_code in {403, 404}


def test_violence_and_an_ordinary_matter_have_no_record(town: Town) -> None:
    officer = program(town, "street_officer")
    for category in ("01.1", "05.6"):
        number = file_matter(PUBLIC, report(category=category, place=town.place("micro"))).matter.number
        assert officer.get(f"/matters/{number}/mediation").status_code == 404
        assert officer.post(f"/matters/{number}/mediation/note", text="记").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_names_open_with_a_reason_and_on_record() -> None:
    town = build()
    number, viewer = quarrel(town).matter.number, town.viewer("micro_worker")
    add_party(viewer, number, PartyIn("first", "王先生", "02885550000"))
    add_to_note(viewer, number, "楼上嘴硬心软")
    opened = program(town, "micro_worker").post(f"/matters/{number}/mediation/open", reason="约时间")
    (party,), (note,) = opened.json()["parties"], opened.json()["notes"]
    assert (party["name"], note["text"]) == ("王先生", "楼上嘴硬心软")
    assert "no-store" in opened["Cache-Control"]
    assert VaultReading.objects.filter(reason="约时间").exists()


def test_a_plan_is_made_adopted_and_corrected_with_a_reason(town: Town) -> None:
    number, leader = claim(town).matter.number, program(town, "street_leader")
    one = f"/matters/{number}/plan"
    begun = leader.post(f"{one}/groups", interest="要求交房的业主", count=46)
    assert begun.status_code == 201, begun.content
    (group,) = begun.json()["groups"]
    fields = {field["name"]: field for field in begun.json()["measure_fields"]}
    assert [row["value"] for row in fields["group"]["choices"]] == [group["id"]]
    assert leader.post(f"{one}/adopt").status_code == 422
    measure = {"what": "公布复工时间表", "due": "2026-09-30", "body": "某开发公司"}
    made = leader.post(f"{one}/measures", **measure, group=group["id"]).json()
    kept = made["measures"][0]["id"]
    changed = leader.post(
        f"{one}/groups/{group['id']}/change", interest="要求交房的业主", count=48, seen=made["version"]
    ).json()
    assert changed["total"] == 48
    other = measure | {"due": "2026-10-30", "group": group["id"], "seen": made["version"]}
    stale = leader.post(f"{one}/measures/{kept}/change", **other)
    assert stale.status_code == 422
    assert leader.post(f"{one}/adopt").json()["adopted_at"] is not None
    noted = leader.post(f"{one}/measures/{kept}/progress", progress="已公布", done=True).json()
    assert (noted["done"], noted["measures"][0]["progress"]) == (1, "已公布")
    assert wrong(leader.post(f"{one}/measures/{kept}/remove", seen=noted["version"])) == {"reason"}
    dropped = leader.post(f"{one}/measures/{kept}/remove", seen=noted["version"], reason="另有办法").json()
    assert dropped["measures"][0]["dropped"] == "另有办法" and dropped["standing"] == 0


def test_small_counts_of_a_plan_stay_in_the_office(town: Town) -> None:
    one = f"/matters/{planned(town)}/plan"
    leader = program(town, "street_leader")
    assert [group["count"] for group in leader.get(one).json()["groups"]] == [46, 3]
    shared = leader.get(f"{one}?shared=true").json()
    assert [group["count"] for group in shared["groups"]] == [46, None] and shared["total"] is None


@pytest.mark.parametrize("who", ["micro_worker", "community_chief", "community_chief2", "department"])
def test_others_make_no_plan(town: Town, who: str) -> None:
    one, other = f"/matters/{planned(town)}/plan", program(town, who)
    group = veiled("key", str(ClaimGroup.objects.get(count=3).pk))
    seen = other.get(one)
    assert seen.status_code in {403, 404} or seen.json()["measure_fields"] == []
    for answer in (
        other.post(f"{one}/groups", interest="别人", count=4),
        other.post(f"{one}/measures", what="x", due="2026-09-30", body="x"),
        other.post(f"{one}/adopt"),
        other.post(f"{one}/groups/{group}/change", interest="别人", count=4, seen=1),
        other.post(f"{one}/groups/{group}/remove", seen=1),
        other.post(f"{one}/measures/{group}/progress", progress="x"),
    ):
        assert answer.status_code in {403, 404}, answer.content
    assert ClaimGroup.objects.count() == 2 and not Measure.objects.exists()
    assert GroupPlan.objects.get().adopted_at is None


def test_the_daily_list_and_the_month(town: Town) -> None:
    number, chief = quarrel(town).matter.number, program(town, "community_chief")
    daily = chief.get("/disputes").json()
    assert [line["number"] for grid in daily["grids"] for line in grid["lines"]] == [number]
    assert daily["counts"]["open"] == 1 and chief.get("/disputes?show=committee").json()["grids"] == []
    code = town.areas["east"].code
    assert [area["code"] for area in chief.get("/disputes/areas").json()] == [code]
    month = f"/disputes/areas/{code}/2026-09"
    assert chief.get(month).json()["counts"]["total"]["came"] == 1
    written = chief.post(month, experience="当面说清", shortcomings="").json()
    assert written["text"]["experience"] == "当面说清"
    assert wrong(chief.post(month, experience="长" * 4001)) == {"experience"}
    assert chief.get(f"/disputes/areas/{code}/2020-01").status_code == 404
    assert chief.get("/disputes?area=1").status_code == 404


def test_no_other_role_or_area_reads_or_writes_the_desks(town: Town) -> None:
    quarrel(town)
    month = f"/disputes/areas/{town.areas['east'].code}/2026-09"
    for who in ("community_chief2", "micro_worker", "department"):
        other = program(town, who)
        daily = other.get("/disputes")
        assert daily.status_code == 403 or daily.json()["grids"] == []
        assert other.get(month).status_code in {403, 404}
        assert other.post(month, experience="x").status_code in {403, 404}
    assert not MonthlyText.objects.exists()
