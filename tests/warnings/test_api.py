"""Warnings ahead by a program: proposed, sent, put aside, withdrawn, by the rules of the desk (R25)."""

from typing import Any

import pytest

from shige.trust.veil import veiled
from shige.warnings.models import DismissedProposal, SentWarning
from tests.matters.program import Program, program_of
from tests.matters.town import Town
from tests.warnings.test_pages import enter
from tests.warnings.test_warnings import came, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def program(town: Town, who: str) -> Program:
    return program_of(town, who, ("matter.see", "warning.send"))


def office(town: Town, name: str = "east") -> str:
    """Return the desk of an office."""
    return f"/warnings/offices/{town.areas[name].code}"


def given(town: Town, **more: Any) -> dict[str, Any]:
    """Return a warning as a program sends it."""
    return {
        "title": "汛期", "text": "请清理排水口。", "areas": [veiled("key", str(town.areas["general"].pk))],
        "until": "2026-09-20T18:00:00+08:00", **more,
    }  # fmt: skip


def test_a_proposal_is_sent_and_withdrawn(town: Town) -> None:
    came(town, 6)
    assert enter(town, "street_officer", ["warning.send"]).status_code == 201
    chief = program(town, "community_chief")
    assert [one["code"] for one in chief.get("/warnings/offices").json()] == [town.areas["east"].code]
    desk = chief.get(office(town)).json()
    assert len(desk["proposals"]) > 2 and [one["colour"] for one in desk["signals"]] == ["red"]
    proposal = next(one for one in desk["proposals"] if "排水口" in one["text"])
    (areas,) = (field for field in chief.get(f"{office(town)}/new").json() if field["name"] == "areas")
    assert given(town)["areas"][0] in {one["value"] for one in areas["choices"]}
    made = chief.post(office(town), **given(town, proposal=proposal["id"]))
    assert made.status_code == 201, made.content
    warning = SentWarning.objects.get()
    assert (warning.key, warning.person) == ("season:flood", town.persons["community_chief"])
    again = chief.post(office(town), **given(town, proposal=proposal["id"]))
    assert again.status_code == 422
    one = f"/warnings/{made.json()['id']}"
    worker = program(town, "micro_worker")
    assert worker.get("/warnings").json()["standing"][0]["places"] == ["general"]
    assert worker.get(one).json()["may_withdraw"] is False and made.json()["may_withdraw"] is True
    assert chief.post(f"{one}/withdraw").json()["withdrawn_at"] is not None
    assert chief.post(f"{one}/withdraw").status_code == 422
    assert worker.get("/warnings").json()["standing"] == []


def test_a_proposal_is_put_aside_with_a_reason(town: Town) -> None:
    chief = program(town, "community_chief")
    proposal = chief.get(office(town)).json()["proposals"][0]["id"]
    refused = chief.post(f"{office(town)}/dismissed", proposal=proposal, reason=" ")
    assert refused.status_code == 422 and refused.json()["errors"][0]["field"] == "reason"
    assert (
        chief.post(f"{office(town)}/dismissed", proposal="season:flood", reason="已宣传").status_code == 422
    )
    assert not DismissedProposal.objects.exists()
    assert chief.post(f"{office(town)}/dismissed", proposal=proposal, reason="已宣传").status_code == 204
    desk = chief.get(office(town)).json()
    assert [one["reason"] for one in desk["dismissed"]] == ["已宣传"]
    assert proposal not in {one["id"] for one in desk["proposals"]}


def test_what_does_not_fit_names_its_field(town: Town) -> None:
    chief = program(town, "community_chief")
    beside = veiled("key", str(town.areas["west"].pk))
    for wrong in (
        {"title": " "}, {"text": "电话 13900001234"}, {"areas": []}, {"areas": [beside]}, {"areas": ["1"]},
        {"until": "2020-01-01T00:00:00+08:00"}, {"proposal": "weather:1"},
    ):  # fmt: skip
        refused = chief.post(office(town), **given(town, **wrong))
        assert refused.status_code == 422
        assert {fault["field"] for fault in refused.json()["errors"]} == set(wrong), refused.json()
    assert not SentWarning.objects.exists()


@pytest.mark.parametrize(
    ("who", "send", "see"),
    [("community_chief2", 404, 404), ("micro_worker", 403, 200), ("micro_worker3", 403, 404),
     ("department", 403, 403), ("mediation_committee", 403, 403)],
)  # fmt: skip
def test_a_wrong_role_or_area_opens_nothing(town: Town, who: str, send: int, see: int) -> None:
    one, other = f"/warnings/{veiled('key', str(sent(town).pk))}", program(town, who)
    for answer in (
        other.get(office(town)),
        other.get(f"{office(town)}/new"),
        other.post(office(town), **given(town)),
        other.post(f"{office(town)}/dismissed", proposal="x", reason="x"),
        other.post(f"{one}/withdraw"),
    ):
        assert answer.status_code == send
    assert other.get(one).status_code == see
    assert SentWarning.objects.filter(withdrawn_at=None).count() == 1


def test_a_street_s_warning_is_not_for_a_community_to_take_back(town: Town) -> None:
    one = f"/warnings/{veiled('key', str(sent(town, 'street_officer', 'street').pk))}"
    chief = program(town, "community_chief")
    assert chief.get(one).json()["may_withdraw"] is False
    assert chief.post(f"{one}/withdraw").status_code == 404
