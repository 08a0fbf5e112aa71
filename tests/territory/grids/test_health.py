"""The health of the grids: shares by community, each number leading to the list behind it."""

from typing import Any

import pytest
from django.utils import timezone

from shige.territory.grids.queries.faults import FAULTS
from shige.territory.grids.queries.health import health
from shige.territory.grids.queries.staffing import Staffing, staffing
from shige.territory.models import Area, GridVersion, Plan
from shige.trust.gate import SYSTEM
from shige.trust.models import Appointment, Person, Post
from tests.places import SINCE

from ..conftest import SignIn, first_of, person_with
from ..ground import ONE


@pytest.fixture
def unhealthy(divided: Plan) -> Plan:
    """One general grid of 501 households, one micro-grid of 101 doors, one round of over 3 hours."""
    general, micro, slow = (
        GridVersion.objects.filter(level=level).order_by("area__code")[place]
        for level, place in (("general", 0), ("micro", 0), ("micro", 1))
    )
    GridVersion.objects.filter(pk=general.pk).update(households=501)
    GridVersion.objects.filter(pk=micro.pk).update(households=90, shops=11)
    GridVersion.objects.filter(pk=slow.pk).update(hours=3.1)
    return divided


def test_shares_count_what_is_wrong_of_what_could_be(unhealthy: Plan) -> None:
    whole = {share.fault: (share.part, share.of) for share in health(SYSTEM).whole}
    micros = GridVersion.objects.filter(level="micro").count()
    assert whole["general_over"] == (1, GridVersion.objects.filter(level="general").count())
    assert whole["micro_over"] == whole["long"] == (1, micros)
    every = GridVersion.objects.count()
    assert whole["unstaffed"] == (every, every)


def test_a_grid_with_somebody_in_charge_is_staffed(unhealthy: Plan) -> None:
    person_with("micro_worker", first_of("micro"))
    share = next(share for share in health(SYSTEM).whole if share.fault == "unstaffed")
    assert share.part == share.of - 1


def test_communities_add_up_to_the_whole_and_the_worst_comes_first(unhealthy: Plan) -> None:
    found = health(SYSTEM)
    assert len(found.communities) == 2
    for place, share in enumerate(found.whole):
        assert sum(community.shares[place].part for community in found.communities) == share.part
    for chart in found.charts:
        values = [bar["value"] for bar in chart.data["rows"]]
        assert values == sorted(values, reverse=True)


def test_general_grids_of_villages_have_no_bound(unhealthy: Plan) -> None:
    Area.objects.filter(kind="grid", community__code=ONE).update(rural=True)
    share = next(share for share in health(SYSTEM).whole if share.fault == "general_over")
    assert share.part == 0 and share.of < GridVersion.objects.filter(level="general").count()


@pytest.mark.parametrize("name", FAULTS)
def test_every_number_leads_to_its_list(unhealthy: Plan, sign_in: SignIn, name: str) -> None:
    client = sign_in("street_officer", unhealthy.scope)
    page = client.get("/health/")
    found = page.context["health"]
    for place, share in enumerate(found.whole):
        if share.fault == name:
            assert client.get(f"/map/?{share.query}").context["count"] == share.part
            for community in found.communities:
                listed = client.get(f"/map/?{community.shares[place].query}")
                assert listed.context["count"] == community.shares[place].part
                assert listed.context["narrowed"]


def test_the_page_takes_one_statement_for_its_figures(
    unhealthy: Plan, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        health(SYSTEM)


def test_the_page_before_any_division_says_how_to_begin(street: Area, sign_in: SignIn) -> None:
    assert "/plans/" in sign_in("street_officer", street).get("/health/").content.decode()


def test_an_unknown_fault_narrows_nothing(divided: Plan, sign_in: SignIn) -> None:
    page = sign_in("street_officer", divided.scope).get("/map/?fault=none")
    assert page.context["count"] == GridVersion.objects.count() and page.context["narrowed"] == ""


def by_level(level: str) -> Staffing:
    return next(row for row in staffing(SYSTEM)[0] if row.level == level)


def test_people_are_counted_as_they_are_in_office(unhealthy: Plan) -> None:
    every = by_level("micro")
    assert (every.none, every.one, every.more, every.vacancies) == (every.grids, 0, 0, 0)
    first, second = GridVersion.objects.filter(level="micro").order_by("area__code")[:2]
    person_with("micro_worker", first.area)
    post = person_with("micro_worker", second.area).appointments.get().post
    busy = Person.objects.create(username="x", service_name="示例员x", password="!")
    Appointment.objects.create(person=busy, post=post, valid=SINCE, kind=Appointment.Kind.SUBSTITUTE)
    Post.objects.create(role="micro_worker", area=first.area, name="second post")
    Post.objects.create(role="micro_worker", area=first.area, name="old post", closed_at=timezone.now())
    now = by_level("micro")
    assert (now.none, now.one, now.more, now.vacancies) == (every.grids - 2, 1, 1, 1)


def test_whoever_holds_two_posts_of_a_grid_counts_once(unhealthy: Plan) -> None:
    grid = first_of("micro")
    person = person_with("micro_worker", grid)
    other = Post.objects.create(role="micro_worker", area=grid, name="second post")
    Appointment.objects.create(person=person, post=other, valid=SINCE)
    assert (by_level("micro").one, by_level("micro").more) == (1, 0)


def test_a_community_grid_is_staffed_by_the_posts_of_its_community(unhealthy: Plan) -> None:
    person_with("community_chief", Area.objects.get(code=ONE))
    assert (by_level("community").one, by_level("community").none) == (1, 1)


def test_staffing_adds_up_and_takes_one_statement(unhealthy: Plan, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        levels, communities = staffing(SYSTEM)
    assert sum(row.grids for row in levels) == sum(row.grids for row in communities)
    assert sum(row.grids for row in levels) == GridVersion.objects.count()


def test_each_number_of_people_leads_to_its_list(unhealthy: Plan, sign_in: SignIn) -> None:
    person_with("micro_worker", first_of("micro"))
    client = sign_in("street_officer", unhealthy.scope)
    for row in (*staffing(SYSTEM)[0], *staffing(SYSTEM)[1]):
        for workers, count in (("0", row.none), ("1", row.one), ("2", row.more)):
            listed = client.get(f"/map/?{row.query}&workers={workers}")
            assert listed.context["count"] == count and listed.context["narrowed"]
