"""Imports are all or nothing, and can be repeated."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from shapely.geometry import box

from shige.territory.intake.commands.divisions import import_divisions
from shige.territory.intake.commands.units import import_units
from shige.territory.intake.divisions import DivisionRow
from shige.territory.intake.ground import MapFeature
from shige.territory.intake.queries import preview_units
from shige.territory.models import Area, Building, Compound, Door, Feature, Outline
from shige.trust.gate import PUBLIC, SYSTEM
from shige.trust.models import JournalEntry

from ..ground import ONE, TWO, ground, unit, units

pytestmark = pytest.mark.django_db


def test_divisions_find_their_parents_by_prefix() -> None:
    rows = [DivisionRow("510104000000", "锦江区"), DivisionRow("510104017001", "水井坊社区")]
    done = import_divisions(SYSTEM, rows)
    community = Area.objects.select_related("street", "district").get(code="510104017001")
    assert (done.added, done.renamed) == (2, 0)
    assert community.district and community.district.name == "锦江区"
    assert community.street and community.street.name == "510104017"
    assert community.community_id == community.pk
    assert community.sort_key.startswith("shui jing fang")


def test_a_later_file_names_what_was_made_from_codes() -> None:
    import_units(SYSTEM, ground(units(1)).units)
    assert Area.objects.get(code=ONE).name == ONE
    done = import_divisions(SYSTEM, [DivisionRow(ONE, "玉兰社区")])
    assert (done.added, done.renamed) == (0, 1)
    assert Area.objects.get(code=ONE).name == "玉兰社区"


@pytest.mark.parametrize(("code", "rural"), [("510104017001", False), ("510104100200", True)])
def test_villages_are_known_by_their_code(code: str, rural: bool) -> None:
    import_divisions(SYSTEM, [DivisionRow(code, "某社区")])
    assert Area.objects.get(code=code).rural is rural


def test_a_city_without_counties_is_the_district_of_its_own_streets(appointed: Any) -> None:
    import_units(SYSTEM, ground([unit(1, "441900003005")]).units)
    community = Area.objects.select_related("street__parent", "district").get(code="441900003005")
    assert community.street and community.street.parent
    assert community.street.parent.code == community.district.code == "441900000000"  # type: ignore[union-attr]
    assert community.street.code == "441900003000" and not Area.objects.filter(code="441900003").exists()
    officer = appointed("street_officer", community.street)
    assert import_units(officer, ground([unit(2, "441900003005")]).units).added == 1


def test_units_bring_divisions_compounds_and_doors() -> None:
    done = import_units(SYSTEM, ground([unit(1, shops=3)]).units)
    assert (done.added, done.doors) == (1, 23)
    house = Building.objects.get(unit="U001")
    assert Door.objects.filter(building=house, kind="household").count() == 20
    assert set(Door.objects.filter(kind="shop").values_list("floor", flat=True)) == {1}
    assert Compound.objects.get().name == "玉兰苑0"
    assert set(Area.objects.values_list("level", flat=True)) == {
        "province",
        "city",
        "district",
        "street",
        "community",
    }


def test_the_same_file_twice_changes_nothing() -> None:
    file = ground(units(3))
    import_units(SYSTEM, file.units)
    before = list(Door.objects.order_by("pk").values_list("pk", flat=True))
    again = import_units(SYSTEM, file.units)
    assert (again.added, again.changed, again.unchanged, again.doors) == (0, 0, 3, 0)
    assert list(Door.objects.order_by("pk").values_list("pk", flat=True)) == before


def test_a_changed_row_changes_its_building_and_doors_only() -> None:
    import_units(SYSTEM, ground(units(3)).units)
    again = import_units(SYSTEM, ground([unit(0), unit(1, households=25), unit(2)]).units)
    assert (again.changed, again.unchanged, again.doors) == (1, 2, 25)
    assert Building.objects.get(unit="U001").households == 25
    assert Door.objects.count() == 65


def test_a_preview_tells_what_an_import_would_do_and_saves_nothing() -> None:
    import_units(SYSTEM, ground(units(3)).units)
    file = ground([unit(0), unit(1, households=25), unit(7), unit(8, TWO)])
    preview = preview_units(SYSTEM, file)
    assert (preview.added, preview.changed, preview.unchanged, preview.kept) == (2, 1, 1, 1)
    assert [(c.code, c.buildings) for c in preview.communities] == [(ONE, 3), (TWO, 1)]
    assert Building.objects.count() == 3


def test_an_import_that_breaks_off_saves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("shige.territory.intake.commands.units.save_features", fail)
    with pytest.raises(RuntimeError):
        import_units(SYSTEM, ground(units(3)).units)
    assert not Building.objects.exists() and not Area.objects.exists() and not JournalEntry.objects.exists()


def test_two_units_of_one_id_are_refused() -> None:
    twice = ground(units(1)).units * 2
    with pytest.raises(ValidationError):
        import_units(SYSTEM, twice)


def test_roads_are_replaced_and_outlines_kept() -> None:
    file = ground(units(2))
    road = MapFeature("barrier", "primary", "玉兰路", box(104, 30, 104.1, 30.1).exterior)
    ponds = [MapFeature("water", "", name, box(104, 30, 104.01, 30.01)) for name in ("东湖", "西湖")]
    import_units(SYSTEM, file.units, [road, *ponds], {ONE: box(104, 30, 105, 31)})
    import_units(SYSTEM, file.units, [road])
    assert sorted(Feature.objects.values_list("kind", flat=True)) == ["barrier", "water", "water"]
    assert Outline.objects.get().area.code == ONE


def test_nobody_imports_into_another_street(appointed: Any) -> None:
    import_units(SYSTEM, ground([unit(1), unit(2, "990101002001")]).units)
    officer = appointed("street_officer", Area.objects.get(code="990101002000"))
    with pytest.raises(PermissionDenied):
        import_units(officer, ground([unit(3)]).units)
    with pytest.raises(PermissionDenied):
        import_units(officer, ground([unit(1, "990101002001")]).units)
    assert import_units(officer, ground([unit(4, "990101002001")]).units).added == 1


def test_the_public_imports_nothing() -> None:
    with pytest.raises(PermissionDenied):
        import_divisions(PUBLIC, [DivisionRow(ONE, "某社区")])
    with pytest.raises(PermissionDenied):
        import_units(PUBLIC, ground(units(1)).units)
