"""A matter changes hands or kind: led in person, sorted, merged, reviewed (R22, R23, R25)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from shige.matters import clock
from shige.matters.confirmation.commands.answers import confirm, request_review
from shige.matters.filing.commands.filing import file_matter
from shige.matters.handling.commands.category import sort
from shige.matters.handling.commands.handling import solve, take
from shige.matters.handling.commands.merge import merge
from shige.matters.handling.commands.transfer import lead, refuse_duty, return_down
from shige.matters.lists.queries.filters import MatterFilter
from shige.matters.lists.queries.page import matter_list
from shige.matters.models import Matter
from shige.matters.neighbours.queries.followed import tracked
from shige.matters.report import Filed
from shige.trust.gate import PUBLIC, SYSTEM
from shige.trust.jurisdiction import profile

from ..town import Town, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def filed(town: Town, category: str = "01.1", words: str = "垃圾没人收") -> Filed:
    """File a matter in the first micro-grid."""
    return file_matter(PUBLIC, report(words, place=town.place("micro"), category=category))


def test_the_streets_leader_takes_a_case_on_in_person(town: Town) -> None:
    found = filed(town)
    led = lead(town.viewer("street_leader"), found.matter.number, "本周五到现场协调")
    assert (town.owner(led), led.tier, led.state, led.led) == ("street_leader", "S", "in_hand", True)
    shown = tracked(found.tracking_code)
    assert shown and shown.steps[-1].note == "本周五到现场协调"
    with pytest.raises(ValidationError):
        lead(town.viewer("street_leader"), found.matter.number, "再来一次")


@pytest.mark.parametrize("who", ["street_officer", "community_chief", "fulltime_worker"])
def test_nobody_else_leads(town: Town, who: str) -> None:
    with pytest.raises(PermissionDenied):
        lead(town.viewer(who), filed(town).matter.number, "我来")


def test_sorting_by_whoever_is_above_sets_owner_and_dates_from_the_report(town: Town) -> None:
    found = filed(town)
    sorted_out = sort(town.viewer("community_chief"), found.matter.number, "02.1")
    assert (sorted_out.category, town.owner(sorted_out), sorted_out.state) == (
        "02.1",
        "community_chief",
        "new",
    )
    assert sorted_out.resolve_by > found.matter.resolve_by


def test_its_own_owner_gives_it_no_longer_dates(town: Town) -> None:
    found = filed(town)
    sorted_out = sort(town.viewer("fulltime_worker"), found.matter.number, "02.1")
    assert sorted_out.resolve_by <= found.matter.resolve_by
    assert sorted_out.respond_by <= found.matter.respond_by


@pytest.mark.parametrize("who", ["fulltime_worker", "community_chief", "street_officer"])
def test_what_is_late_stays_late_whoever_sorts_it(town: Town, who: str) -> None:
    found = filed(town)
    with clock.at(found.matter.resolve_by + timedelta(hours=1)):
        sorted_out = sort(town.viewer(who), found.matter.number, "02.1")
        assert sorted_out.resolve_by < clock.now() and sorted_out.respond_by < clock.now()
        assert [row.number for row in matter_list(town.viewer(who), MatterFilter(late=True)).rows] == [
            found.matter.number
        ]


def test_what_becomes_confidential_has_its_words_sealed(town: Town) -> None:
    found = filed(town)
    sealed = sort(town.viewer("fulltime_worker"), found.matter.number, "04.2")
    assert (sealed.confidential, sealed.words) == (True, "") and sealed.words_handle
    again = sort(town.viewer("community_chief"), found.matter.number, "02.1")
    assert again.confidential


def test_a_complaint_about_a_worker_leaves_the_chain_when_it_is_sorted(town: Town) -> None:
    found = filed(town)
    complaint = next(leaf for leaf in profile().leaf_categories if leaf.excluded_chain)
    hidden = sort(town.viewer("community_chief"), found.matter.number, complaint.code)
    assert hidden.sealed and town.owner(hidden) == "service_centre"
    with pytest.raises(PermissionDenied):
        take(town.viewer("community_chief"), found.matter.number)


@pytest.mark.parametrize("code", ["99.9", "01", ""])
def test_only_a_sub_category_can_be_chosen(town: Town, code: str) -> None:
    with pytest.raises(ValidationError, match="no category"):
        sort(town.viewer("fulltime_worker"), filed(town).matter.number, code)


def test_a_retired_category_harms_no_open_matter(town: Town) -> None:
    number = filed(town).matter.number
    Matter.objects.filter(number=number).update(category="01.77")
    assert return_down(SYSTEM, number, "改由微网格办理").tier == "M"


def test_merging_ends_one_and_keeps_the_other(town: Town) -> None:
    one, other = filed(town), filed(town)
    chief = town.viewer("community_chief")
    merged = merge(chief, one.matter.number, other.matter.number, "同一堆垃圾")
    assert (merged.state, merged.open, merged.merged_into_id) == ("merged", False, other.matter.pk)
    with pytest.raises(ValidationError, match="done already"):
        merge(chief, other.matter.number, one.matter.number, "反过来")


@pytest.mark.parametrize("into", ["", "20990101-000001"])
def test_merging_needs_another_matter_that_one_may_see(town: Town, into: str) -> None:
    with pytest.raises(ValidationError, match="no such matter"):
        merge(town.viewer("community_chief"), filed(town).matter.number, into, "同一件事")


def test_a_matter_is_not_merged_into_itself(town: Town) -> None:
    number = filed(town).matter.number
    with pytest.raises(ValidationError, match="itself"):
        merge(town.viewer("community_chief"), number, number, "同一件事")


def test_a_review_goes_a_tier_up_with_its_whole_time(town: Town) -> None:
    found = filed(town)
    owner = town.viewer("fulltime_worker")
    take(owner, found.matter.number)
    solve(owner, found.matter.number, "清了")
    confirm(PUBLIC, found.tracking_code, 1)
    again = request_review(PUBLIC, found.tracking_code, "第二天又堆满了")
    assert (town.owner(again), again.tier, again.state, again.rating) == ("community_chief", "C", "new", None)
    assert again.respond_by == found.matter.respond_by


def test_a_review_of_what_a_department_did_goes_to_the_districts_centre_and_no_further(town: Town) -> None:
    found = filed(town, "04.5")
    for who in ("department", "district_centre"):
        assert town.owner(Matter.objects.get()) == who
        take(town.viewer(who), found.matter.number)
        solve(town.viewer(who), found.matter.number, "处理了")
        shown = tracked(found.tracking_code)
        assert shown and ("review" in shown.answers) is (who == "department")
        if who == "department":
            request_review(PUBLIC, found.tracking_code, "没有处理")
    with pytest.raises(ValidationError):
        request_review(PUBLIC, found.tracking_code, "还是没有处理")


def test_what_is_no_duty_of_a_post_is_not_given_to_it(town: Town) -> None:
    found = filed(town, "03.1", "楼道堆满杂物")
    number = found.matter.number
    assert return_down(town.viewer("fulltime_worker"), number, "请先上门").tier == "M"
    Matter.objects.filter(number=number).update(tier="G", category="07.3")
    with pytest.raises(ValidationError, match=r"Not on the list of duties.*二"):
        return_down(SYSTEM, number, "请先上门")


def test_in_an_exclusive_grid_its_own_worker_is_asked_for_the_duty(town: Town) -> None:
    """R44: the list of the general grid's worker does not speak for the one who would get the matter."""
    number = file_matter(PUBLIC, report("违建", place=town.place("tower"), category="04.5")).matter.number
    Matter.objects.filter(number=number).update(tier="C", owner=town.posts["community_chief"])
    down = return_down(town.viewer("community_chief"), number, "请先劝阻")
    assert (town.owner(down), down.tier) == ("exclusive_worker", "G")


def test_routing_passes_by_whoever_has_it_not_on_the_list(town: Town) -> None:
    assert town.owner(filed(town, "07.3", "公司不签合同").matter) == "community_chief"


def test_a_worker_refuses_what_is_not_on_the_list(town: Town) -> None:
    number = filed(town).matter.number
    again = refuse_duty(town.viewer("fulltime_worker"), number, "第一条：属于执法")
    assert (town.owner(again), again.tier) == ("community_chief", "C")
    with pytest.raises(ValidationError):
        refuse_duty(town.viewer("community_chief"), number, "社区没有清单")
