"""A complaint about staff has a life of its own: both sides are heard before anything is found (P3)."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from shige.matters.confirmation.commands.answers import confirm, request_review
from shige.matters.filing.commands.filing import file_matter
from shige.matters.handling.commands.handling import hear, solve, take
from shige.matters.report import Filed
from shige.matters.tracking.queries import as_reported
from shige.matters.workflow.actors import allowed
from shige.trust.gate import PUBLIC
from tests.matters.visibility.test_hidden import CHAIN

from ..town import Town, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]

HEARD = "当天在参加培训，未能到场"


def complained(town: Town) -> Filed:
    """File a complaint that the service centre has in hand."""
    found = file_matter(PUBLIC, report("微网格员态度恶劣", category="11.3", place=town.place("micro")))
    take(town.viewer("service_centre"), found.matter.number)
    return found


@pytest.mark.parametrize("finding", ["uphold", "dismiss"])
def test_nothing_is_found_before_the_other_side_was_heard(town: Town, finding: str) -> None:
    found, centre = complained(town), town.viewer("service_centre")
    with pytest.raises(ValidationError):
        solve(centre, found.matter.number, "结论", action=finding)
    hear(centre, found.matter.number, HEARD)
    matter = solve(centre, found.matter.number, "结论和处理", action=finding)
    assert matter.state == "to_confirm" and matter.solved_at
    assert confirm(PUBLIC, found.tracking_code, 4).state == "closed"


def test_the_reporter_reads_the_finding_and_not_what_the_other_said(town: Town) -> None:
    found, centre = complained(town), town.viewer("service_centre")
    hear(centre, found.matter.number, HEARD)
    solve(centre, found.matter.number, "已谈话提醒", action="uphold")
    found.matter.refresh_from_db()
    told = " ".join(step.note for step in as_reported(found.matter, found.device_key).steps)
    assert "已谈话提醒" in told and HEARD not in told


def test_whoever_disagrees_has_the_tier_above_look(town: Town) -> None:
    found, centre = complained(town), town.viewer("service_centre")
    hear(centre, found.matter.number, HEARD)
    solve(centre, found.matter.number, "不属实", action="dismiss")
    matter = request_review(PUBLIC, found.tracking_code, "有录音")
    assert (matter.state, matter.sealed, town.owner(matter)) == ("new", 1, "district_centre")


def test_it_is_neither_handed_down_nor_merged_nor_led(town: Town) -> None:
    found = complained(town)
    for who in ("service_centre", "street_officer", "street_leader"):
        if who in town.posts:
            offered = {row.action for row in allowed(town.viewer(who), found.matter)}
            assert offered.isdisjoint({"return_down", "refuse_duty", "merge", "lead", "solve"})


@pytest.mark.parametrize("who", CHAIN)
def test_the_chain_neither_hears_nor_finds(town: Town, who: str) -> None:
    number = complained(town).matter.number
    with pytest.raises(PermissionDenied):
        hear(town.viewer(who), number, HEARD)
    with pytest.raises(PermissionDenied):
        solve(town.viewer(who), number, "不属实", action="dismiss")
