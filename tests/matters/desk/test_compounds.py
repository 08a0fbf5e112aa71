"""An oversized compound that spans grids or communities, on one page (R45)."""

from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange, NumericRange
from django.test import Client
from shapely import box

from shige.matters.desk.queries.compound import open_in
from shige.matters.models import Matter
from shige.territory.grids.queries.compounds import compound_view, large_compounds
from shige.territory.lineage import lineage_of
from shige.territory.models import Area, Building, Compound, Placement
from shige.territory.shapes import box_of, wkb
from shige.trust.gate import SYSTEM
from shige.trust.middleware import SAMPLE_SESSION
from shige.trust.templatetags.veils import veil
from tests.places import SINCE, Town, make_area, make_matter, make_town

WHOLE = NumericRange(1, None)


def house(unit: str, community: Area, compound: Compound, leaf: Area, households: int) -> Building:
    """Put a building of a compound into a leaf grid."""
    shape = box(104.0, 30.0, 104.001, 30.001)
    made = Building.objects.create(
        unit=unit,
        community=community,
        compound=compound,
        address=f"{compound.name}{unit}",
        use="residential",
        households=households,
        shops=0,
        floors=6,
        entrances=2,
        shape=wkb(shape),
        box=box_of(shape),
        lon=104.0,
        lat=30.0,
    )
    valid = DateRange(SINCE.lower, None)
    Placement.objects.create(building=made, leaf=leaf, entrances=WHOLE, floors=WHOLE, valid=valid)
    return made


@pytest.fixture
def town(db: None) -> Town:
    """A compound in both communities of the street, and a small one in a single grid."""
    town = make_town()
    one, two = town.areas["community one"], town.areas["community two"]
    for community, short, count in ((one, "one", 60), (two, "two", 50)):
        large = Compound.objects.create(community=community, name="锦绣大院")
        house(f"L-{short}", community, large, town.areas[f"micro {short}"], count)
    small = Compound.objects.create(community=one, name="玉兰苑")
    house("S-1", one, small, town.areas["micro one"], 40)
    return town


def test_only_compounds_that_span_grids_are_large(town: Town) -> None:
    (large,) = large_compounds(SYSTEM)
    assert (large.name, large.communities, large.generals, large.leaves) == ("锦绣大院", 2, 2, 2)
    assert (large.buildings, large.households) == (2, 110)


def test_a_building_in_several_grids_is_counted_once(town: Town) -> None:
    held = Placement.objects.get(building__unit="S-1")
    other = make_area("990101001001100002", "general", "第2一般网格", town.areas["grid one"])
    leaf = make_area("990101001001200002", "micro", "2号微网格", other)
    Placement.objects.filter(pk=held.pk).update(entrances=NumericRange(1, 2))
    Placement.objects.create(
        building=held.building, leaf=leaf, entrances=NumericRange(2, 3), floors=WHOLE, valid=held.valid
    )
    found = {large.name: large.households for large in large_compounds(SYSTEM)}
    assert found == {"锦绣大院": 110, "玉兰苑": 40}
    view = compound_view(SYSTEM, held.building.compound_id or 0)
    assert [part.households for part in view.parts] == [20, 20]


def test_the_parts_add_up_to_the_compound(town: Town, django_assert_max_num_queries: Any) -> None:
    large = large_compounds(SYSTEM)[0]
    with django_assert_max_num_queries(6):
        view = compound_view(SYSTEM, large.pk)
    assert view.communities == 2 and view.buildings == 2
    assert sum(part.households for part in view.parts) == view.households == 110
    assert [team.role for part in view.parts for team in part.teams] == ["micro_worker", "micro_worker"]


def raise_in(town: Town, unit: str, grid: str, number: str, sealed: bool = False) -> Matter:
    made = make_matter(town, lineage_of(town.areas[grid]), number, sealed)
    made.building = Building.objects.get(unit=unit)
    made.save(update_fields=["building"])
    return made


def test_open_matters_are_counted_by_grid_for_those_who_may_see_them(town: Town) -> None:
    raise_in(town, "L-one", "micro one", "1")
    raise_in(town, "L-one", "micro one", "2", sealed=1)
    raise_in(town, "L-two", "micro two", "3")
    raise_in(town, "S-1", "micro one", "4")
    Matter.objects.filter(number="3").update(state=Matter.State.CLOSED, open=False, running=False)
    compound, micro = large_compounds(SYSTEM)[0].pk, town.areas["micro one"].pk
    for who, count in (("street", 1), ("chief", 1), ("other chief", 0)):
        whole, by_grid = open_in(town.viewer(who), compound)
        assert whole.count == count
        assert {key: found.count for key, found in by_grid.items()} == ({micro: count} if count else {})


def test_the_page_shows_counts_and_people_and_no_resident(town: Town, client: Client) -> None:
    raise_in(town, "L-one", "micro one", "1")
    client.force_login(town.people["street"])
    session = client.session
    session[SAMPLE_SESSION] = True
    session.save()
    listed = client.get("/office/compounds/")
    assert "锦绣大院" in listed.content.decode() and "玉兰苑" not in listed.content.decode()
    page = client.get(f"/office/compounds/{veil(listed.context['compounds'][0].pk)}/")
    assert page.context["open"].count == 1
    assert f"grid={town.areas['micro one'].pk}&" in page.content.decode()
    assert client.get("/office/compounds/999999/").status_code == 404
