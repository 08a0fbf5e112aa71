"""Rules of an office decide who gets a matter, once they were tried on last month's (R22)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from shige.matters import clock
from shige.matters.assignment.commands import RuleIn, end_rule, put_in_force, try_rule, write_rule
from shige.matters.danger import Answers
from shige.matters.filing.commands.filing import file_matter
from shige.matters.models import Matter, RoutingRule
from shige.trust.gate import PUBLIC
from shige.trust.middleware import SAMPLE_SESSION
from shige.trust.templatetags.veils import veil
from tests.matters.handling.test_pages import signed_in

from ..town import OUTSIDE, WEDNESDAY, Town, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def filed(town: Town, category: str = "01.1", grid: str = "micro") -> Matter:
    """File a matter in a grid."""
    return file_matter(PUBLIC, report(place=town.place(grid), category=category)).matter


def rule_in(town: Town, who: str = "street_officer", live: bool = True, **given: object) -> RoutingRule:
    """Write the rule that rubbish goes to the street's officer, and put it in force."""
    wanted = RuleIn("垃圾直派", town.posts["street_officer"].pk, categories=("01",))
    rule = write_rule(town.viewer(who), town.areas["street"], replace(wanted, **given))  # type: ignore[arg-type]
    if live:
        try_rule(town.viewer(who), rule.pk)
        put_in_force(town.viewer(who), rule.pk)
    return rule


def test_a_rule_decides_and_the_history_says_why(town: Town) -> None:
    rule_in(town)
    matter = filed(town)
    assert (town.owner(matter), matter.tier) == ("street_officer", "S")
    assert "垃圾直派" in matter.steps.get().remark
    assert town.owner(filed(town, "02.1")) == "community_chief"


def test_without_a_rule_the_history_names_the_tier(town: Town) -> None:
    assert "一般网格" in filed(town).steps.get().remark


@pytest.mark.parametrize(
    ("given", "taken"),
    [({}, True), ({"tiers": ("C",)}, False), ({"tiers": ("G",)}, True), ({"hours": "office"}, True),
     ({"hours": "outside"}, False), ({"categories": ("01.1",)}, True), ({"categories": ("01.2",)}, False)],
)  # fmt: skip
def test_a_rule_speaks_of_what_it_names(town: Town, given: dict[str, object], taken: bool) -> None:
    rule_in(town, **given)
    assert (town.owner(filed(town)) == "street_officer") is taken


def test_a_rule_may_be_for_some_grids_only(town: Town) -> None:
    rule_in(town, grids=(town.areas["west"].pk,))
    assert town.owner(filed(town)) == "fulltime_worker"
    assert town.owner(filed(town, grid="micro3")) == "street_officer"


def test_the_first_in_order_holds_until_it_ends(town: Town) -> None:
    rule_in(town)
    first = rule_in(town, order=1, post=town.posts["service_centre"].pk)
    assert town.owner(filed(town)) == "service_centre"
    end_rule(town.viewer("street_officer"), first.pk)
    assert town.owner(filed(town)) == "street_officer"


def test_a_rule_for_a_post_that_nobody_holds_is_passed_by(town: Town) -> None:
    rule_in(town, post=town.posts["service_centre"].pk)
    town.vacate("service_centre")
    assert town.owner(filed(town)) == "fulltime_worker"


def test_the_dry_run_counts_what_would_have_gone_elsewhere(town: Town) -> None:
    with clock.at(WEDNESDAY - timedelta(days=3)):
        filed(town), filed(town, "02.1")
    with clock.at(WEDNESDAY - timedelta(days=40)):
        filed(town)
    rule = try_rule(town.viewer("street_officer"), rule_in(town, live=False).pk)
    assert (rule.tried["spoken_of"], rule.tried["moved"]) == (1, 1)
    assert Matter.objects.filter(owner=town.posts["street_officer"]).count() == 0


def test_the_dry_run_counts_nothing_that_few_may_know(town: Town) -> None:
    """P3, P4, P8: whoever edits rules reads what the trained post has tried."""
    place = town.place("micro")
    file_matter(
        PUBLIC, report("他又动手打我了", category="05.6", place=place, answers=Answers(danger="cannot_talk"))
    )
    file_matter(PUBLIC, report("微网格员收了钱不办事", category="01.1", place=place))
    rule = rule_in(town, live=False, categories=("01", "05"))
    tried = try_rule(town.viewer("service_centre"), rule.pk).tried
    assert Matter.objects.filter(sealed__gt=0).count() == 2
    assert (tried["spoken_of"], tried["moved"], tried["from"]) == (0, 0, [])


def test_the_dry_run_leaves_what_an_earlier_rule_decides(town: Town) -> None:
    filed(town), filed(town, "01.2")
    rule_in(town, name="先到", order=1, categories=("01.1",), post=town.posts["service_centre"].pk)
    later = try_rule(town.viewer("street_officer"), rule_in(town, live=False, order=50).pk)
    assert (later.tried["spoken_of"], later.tried["moved"]) == (2, 1)
    assert later.tried["earlier"] == [("先到", 1)]
    town.vacate("service_centre")
    alone = try_rule(town.viewer("street_officer"), later.pk)
    assert (alone.tried["moved"], alone.tried["earlier"]) == (2, [])


def test_the_dry_run_asks_the_rules_of_the_street_before_those_of_the_district(town: Town) -> None:
    filed(town)
    rule_in(town, order=100)
    centre = town.viewer("district_centre")
    given = RuleIn("全区", town.posts["service_centre"].pk, order=1, categories=("01",))
    wide = write_rule(centre, town.areas["district"], given)
    assert try_rule(centre, wide.pk).tried["moved"] == 0


def test_the_dry_run_moves_nothing_to_a_vacant_post_and_the_page_says_why(town: Town) -> None:
    filed(town)
    rule = rule_in(town, live=False, post=town.posts["service_centre"].pk)
    town.vacate("service_centre")
    tried = try_rule(town.viewer("street_officer"), rule.pk).tried
    assert (tried["spoken_of"], tried["moved"]) == (1, 0)
    page = signed_in(town, "street_officer").get("/office/rules/").content.decode()
    assert "目前无人任职" in page


def test_the_dry_run_leaves_what_lies_outside_every_grid(town: Town) -> None:
    file_matter(PUBLIC, report(place=OUTSIDE, category="01.1"))
    Matter.objects.update(district=town.areas["district"], street=town.areas["street"])
    rule = try_rule(town.viewer("street_officer"), rule_in(town, live=False).pk)
    assert (rule.tried["spoken_of"], rule.tried["moved"]) == (0, 0)


def test_what_was_not_tried_does_not_go_live(town: Town) -> None:
    rule = rule_in(town, live=False)
    officer = town.viewer("street_officer")
    with pytest.raises(ValidationError, match="Try the rule"):
        put_in_force(officer, rule.pk)
    try_rule(officer, rule.pk)
    wider = RuleIn("垃圾直派", town.posts["street_officer"].pk)
    write_rule(officer, town.areas["street"], wider, rule)
    with pytest.raises(ValidationError, match="Try the rule"):
        put_in_force(officer, rule.pk)


def test_no_rule_brings_below_the_street_what_must_not_be_there(town: Town) -> None:
    worker = town.posts["fulltime_worker"].pk
    with pytest.raises(ValidationError, match="protection of people"):
        rule_in(town, post=worker, categories=("05.6",))
    rule_in(town, post=worker, categories=())
    assert town.owner(filed(town, "05.6")) != "fulltime_worker"
    assert filed(town, "11.3").sealed and town.owner(filed(town, "11.3")) == "service_centre"


@pytest.mark.parametrize("who", ["community_chief", "fulltime_worker", "department"])
def test_only_street_and_district_make_rules(town: Town, who: str) -> None:
    with pytest.raises(PermissionDenied):
        rule_in(town, who)


def test_a_post_of_elsewhere_is_refused(town: Town) -> None:
    with pytest.raises(ValidationError, match="does not serve here"):
        rule_in(town, post=town.posts["district_centre"].pk)


def test_the_page_writes_tries_and_puts_in_force(town: Town, client: Client) -> None:
    client.force_login(town.persons["street_officer"])
    session = client.session
    session[SAMPLE_SESSION] = True
    session.save()
    street = town.areas["street"].code
    empty = client.post(f"/office/rules/{street}/new/", {})
    assert empty.status_code == 422
    given = {"name": "夜间", "post": town.posts["service_centre"].pk, "hours": "outside", "order": 5}
    assert client.post(f"/office/rules/{street}/new/", given).status_code == 302
    rule = RoutingRule.objects.get()
    assert client.post(f"/office/rules/{veil(rule.pk)}/do/live/").status_code == 302
    assert "夜间" in client.get("/office/rules/").content.decode()
    rule.refresh_from_db()
    assert rule.state == "live"
    assert client.post(f"/office/rules/{veil(rule.pk)}/do/dance/").status_code == 404
