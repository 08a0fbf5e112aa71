"""The gate answers from appointments, and refuses by default."""

import pytest
from django.core.exceptions import PermissionDenied

from shige.matters.models import Matter
from shige.territory.lineage import lineage_of
from shige.trust.gate import PUBLIC, SYSTEM, Lineage, Viewer, may, require, visible
from shige.trust.models import Person
from tests.places import Town, make_matter


def test_the_public_may_do_nothing_behind_the_gate() -> None:
    assert not may(PUBLIC, "matter.see")


def test_an_account_without_a_post_may_do_nothing(town: Town) -> None:
    newcomer = Person.objects.create(username="new", service_name="new")
    assert not may(Viewer(person=newcomer.pk), "map.see")


@pytest.mark.parametrize(
    ("who", "place", "allowed"),
    [
        ("worker", "micro one", True),
        ("worker", "micro two", False),
        ("fulltime", "micro one", True),
        ("chief", "micro one", True),
        ("chief", "micro two", False),
        ("street", "micro two", True),
        ("centre", "micro two", True),
        ("overseer", "micro one", False),
        ("department", "micro one", False),
    ],
)
def test_a_post_sees_matters_of_its_own_area_only(town: Town, who: str, place: str, allowed: bool) -> None:
    assert may(town.viewer(who), "matter.see", lineage_of(town.areas[place])) is allowed


def test_a_seal_hides_a_thing_below_the_street_or_the_district(town: Town) -> None:
    here = lineage_of(town.areas["micro one"])
    assert not may(town.viewer("chief"), "matter.see", here, sealed=1)
    assert may(town.viewer("street"), "matter.see", here, sealed=1)
    assert not may(town.viewer("street"), "matter.see", here, sealed=2)
    assert may(town.viewer("centre"), "matter.see", here, sealed=2)


def test_require_raises_for_the_wrong_place(town: Town) -> None:
    with pytest.raises(PermissionDenied):
        require(town.viewer("chief"), "matter.handle", lineage_of(town.areas["micro two"]))


def test_a_token_narrows_what_its_person_may_do(town: Town) -> None:
    chief = town.viewer("chief")
    narrowed = Viewer(person=chief.person, scopes=chief.scopes, actions=frozenset({"figures.see"}))
    assert may(narrowed, "figures.see") and not may(narrowed, "matter.see")


def test_the_filter_of_rows_agrees_with_the_gate(town: Town) -> None:
    places = [lineage_of(town.areas[name]) for name in ("street", "community one", "micro one", "micro two")]
    rows = [
        make_matter(town, place, number=f"{index}-{sealed}", sealed=sealed)
        for index, place in enumerate(places)
        for sealed in (0, 1, 2)
    ]
    for who in town.people:
        viewer = town.viewer(who)
        seen = set(Matter.objects.filter(visible(viewer, "matter.see", sealable=True)))
        assert seen == {row for row in rows if may(viewer, "matter.see", place_of(row), sealed=row.sealed)}
    assert Matter.objects.filter(visible(SYSTEM, "matter.see", sealable=True)).count() == len(rows)


def place_of(row: Matter) -> Lineage:
    """Return the line of areas that the row carries."""
    return Lineage(row.district_id, row.street_id, row.community_id, row.general_id, row.leaf_id)
