"""The list of matters: every filter, whatever the way in which it is read, within what one may see."""

from dataclasses import replace
from datetime import timedelta
from itertools import combinations

import pytest
from django.db.models import Q

from shige.matters import clock
from shige.matters.filing.commands.filing import file_matter
from shige.matters.lists.queries import filters as asking
from shige.matters.lists.queries import keyset as walking
from shige.matters.lists.queries.circumstances import in_circumstance
from shige.matters.lists.queries.filters import DONE, OPEN, MatterFilter
from shige.matters.lists.queries.page import matter_list, matters_to_export
from shige.matters.models import Matter
from shige.matters.visibility.seen import apart, parts_seen
from shige.matters.workflow.actors import own_posts, seen_by
from shige.trust.gate import PUBLIC
from shige.trust.models import Appointment

from ..town import ALWAYS, OUTSIDE, WEDNESDAY, Town, report

pytestmark = pytest.mark.django_db

CATEGORIES = ("01.1", "02.1", "04.5", "05.4", "10.1", "11.3")
WHO = (
    "micro_worker",
    "fulltime_worker",
    "community_chief",
    "street_officer",
    "district_centre",
    "department",
)


@pytest.fixture
def raised(town: Town) -> Town:
    """Raise matters of every category in three grids and one outside, at different hours, some done."""
    for turn, category in enumerate(CATEGORIES):
        for grid in ("micro", "micro2", "micro3"):
            with clock.at(WEDNESDAY + timedelta(hours=turn)):
                file_matter(PUBLIC, report(category=category, place=town.place(grid)))
    with clock.at(WEDNESDAY):
        file_matter(PUBLIC, report(category="10.1", place=OUTSIDE))
    done = Matter.objects.filter(pk__in=list(Matter.objects.order_by("pk").values_list("pk", flat=True))[::3])
    done.update(state="closed", open=False, running=False)
    Matter.objects.filter(pk=Matter.objects.latest("pk").pk).update(led=True)
    return town


def choices(town: Town) -> list[dict[str, object]]:
    """Return one choice of every kind that the page offers."""
    return [
        {"state": "all"},
        {"state": DONE},
        {"state": "closed"},
        {"state": "new"},
        {"category": "05"},
        {"category": "01.1"},
        {"tier": "G"},
        {"kind": "ordinary"},
        {"grid": town.areas["micro"].pk},
        {"grid": town.areas["east"].pk},
        {"owner": town.posts["fulltime_worker"].pk},
        {"department": "urban_management"},
        {"late": True},
        {"mine": True},
        {"confidential": True},
        {"led": True},
        {"circumstance": "outside"},
        {"circumstance": "today"},
        {"circumstance": "came"},
        {"circumstance": "rated"},
        {"circumstance": "told_above"},
        {"circumstance": "figure_response_of"},
        {"outside": "general"},
        {"text": "路灯"},
        {"within": (103.9, 29.9, 104.2, 30.2)},
    ]


def plainly(town: Town, who: str, chosen: MatterFilter) -> set[str]:
    """Return what a list holds, asked in the simplest way: the measure of all others."""
    grid = chosen.grid
    places = ("street", "community", "general", "leaf")
    every = {
        "tier": Q(tier=chosen.tier),
        "kind": Q(kind=chosen.kind),
        "category": Q(category__startswith=chosen.category),
        "grid": Q.create([(f"{place}_id", grid) for place in places], connector=Q.OR),
        "owner": Q(owner=chosen.owner),
        "department": Q(owner__department=chosen.department),
        "late": Q(running=True, next_at__lt=clock.now()),
        "mine": Q(owner__in=sorted(own_posts(town.viewer(who)))),
        "confidential": Q(confidential=True),
        "led": Q(led=True),
        "circumstance": in_circumstance(town.viewer(who), chosen.circumstance),
        "outside": asking.OUTSIDE[chosen.outside or "leaf"],
        "text": Q(words__contains=chosen.text),
        "within": Q(confidential=False, lon__range=(103.9, 104.2), lat__range=(29.9, 30.2)),
    }
    filters = Q() if chosen.state == "all" else Q(open=chosen.state == OPEN)
    if chosen.state not in ("all", OPEN, DONE):
        filters = Q(state=chosen.state)
    for name, condition in every.items():
        if getattr(chosen, name) not in ("", None, False):
            filters &= condition
    seen = Matter.objects.filter(seen_by(town.viewer(who)), filters)
    return set(seen.values_list("number", flat=True))


@pytest.mark.long
@pytest.mark.parametrize("who", ["micro_worker", "community_chief", "street_officer", "department"])
@pytest.mark.parametrize("steps", [30_000, 1])
def test_every_pair_of_filters_lists_what_it_says(
    raised: Town, who: str, steps: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Walking finds it, and where a walk may pass one entry only, looking it up finds the same."""
    monkeypatch.setattr(walking, "INDEX_STEPS", steps)
    monkeypatch.setattr(walking, "TABLE_STEPS", steps)
    monkeypatch.setattr(walking, "AT_LEAST", 0 if steps == 1 else 2)
    with clock.at(WEDNESDAY + timedelta(days=2)):
        for one, other in combinations(choices(raised), 2):
            chosen = MatterFilter(**{**other, **one})  # type: ignore[arg-type]
            if steps == 1 and chosen == MatterFilter(state=chosen.state):
                continue  # nothing is left out by a walk, and nothing has to be looked up
            listed = [row.number for row in matter_list(raised.viewer(who), chosen).rows]
            assert set(listed) == plainly(raised, who, chosen), chosen
            assert len(listed) == len(set(listed))


def test_parts_together_are_what_the_gate_lets_see(raised: Town) -> None:
    for who in WHO:
        viewer = raised.viewer(who)
        seen = set(Matter.objects.filter(seen_by(viewer)).values_list("pk", flat=True))
        shares = [
            set(Matter.objects.filter(part.here).values_list("pk", flat=True)) for part in parts_seen(viewer)
        ]
        once = [
            list(Matter.objects.filter(here).values_list("pk", flat=True))
            for here in apart(parts_seen(viewer))
        ]
        assert set().union(*shares) == seen
        assert sorted(pk for some in once for pk in some) == sorted(seen)


def test_somebody_with_two_posts_sees_both_areas_in_one_order(raised: Town) -> None:
    person = raised.persons["micro_worker"]
    Appointment.objects.create(
        person=person, post=raised.posts["community_chief2"], kind="deputy", valid=ALWAYS
    )
    rows = matter_list(raised.viewer("micro_worker"), MatterFilter(state="all")).rows
    assert {row.number for row in rows} == plainly(raised, "micro_worker", MatterFilter(state="all"))
    assert [(row.next_at, row.key) for row in rows] == sorted((row.next_at, row.key) for row in rows)


@pytest.mark.parametrize("chosen", [MatterFilter(state="all"), MatterFilter(state="all", category="01")])
def test_pages_follow_one_another_forwards_and_back(raised: Town, chosen: MatterFilter) -> None:
    viewer = raised.viewer("street_officer")
    whole = [row.number for row in matter_list(viewer, chosen, limit=200).rows]
    pages, cursor = [], ""
    while True:
        page = matter_list(viewer, chosen, cursor, limit=2)
        pages.append([row.number for row in page.rows])
        if not page.next_cursor:
            break
        cursor = page.next_cursor
    assert [number for numbers in pages for number in numbers] == whole
    back = []
    while page.previous_cursor:
        page = matter_list(viewer, chosen, page.previous_cursor, limit=2)
        back.append([row.number for row in page.rows])
    assert back == pages[-2::-1]
    assert page.next_cursor and not page.previous_cursor


def test_the_file_follows_the_filters_to_its_end(raised: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shige.matters.lists.queries.page.EXPORT_AT_ONCE", 4)
    chosen = MatterFilter(state="all", confidential=True)
    numbers = [row.number for row in matters_to_export(raised.viewer("street_officer"), chosen)]
    assert len(numbers) == len(set(numbers)) > 4
    assert set(numbers) == plainly(raised, "street_officer", chosen)


def test_a_page_takes_at_most_six_statements(raised: Town, django_assert_max_num_queries: object) -> None:
    viewer = raised.viewer("street_officer")
    chosen = MatterFilter(department="police", grid=raised.areas["micro"].pk, category="01", text="路灯")
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        matter_list(viewer, chosen)


def test_a_sealed_matter_is_found_by_nothing_below_the_street(raised: Town) -> None:
    """P3: no filter and no search shows it to the chain of whoever it is about, nor lets it be inferred."""
    sealed = set(Matter.objects.filter(sealed__gt=0).values_list("number", flat=True))
    assert sealed
    for who in ("micro_worker", "fulltime_worker", "community_chief"):
        for choice in choices(raised):
            listed = matter_list(raised.viewer(who), replace(MatterFilter(state="all"), **choice)).rows  # type: ignore[arg-type]
            assert not sealed & {row.number for row in listed}
        for number in sealed:
            assert matter_list(raised.viewer(who), MatterFilter(state="all", text=number)).rows == []
    found = matter_list(
        raised.viewer("street_officer"), MatterFilter(state="all", text=sorted(sealed)[0])
    ).rows
    assert [row.number for row in found] == sorted(sealed)[:1]
