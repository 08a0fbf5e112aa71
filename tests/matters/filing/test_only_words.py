"""A matter of whose place there are words alone: who finds it, and what becomes of the words."""

import pytest
from django.core.exceptions import ValidationError

from shige.matters.danger import Answers
from shige.matters.filing.commands.filing import file_matter
from shige.matters.handling.commands.handling import set_place
from shige.matters.models import Matter
from shige.matters.neighbours.queries.known import known_nearby
from shige.matters.report import Place
from shige.territory.models import Area
from shige.trust.gate import PUBLIC

from ..town import Town, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]

WORDS = Place(address="菜市场后门")


def second(level: str, code: str, above: Area | None = None) -> Area:
    """Add a division beside that of the town."""
    area = Area.objects.create(
        kind="division", level=level, code=code, name=f"别处{level}", sort_key="z", parent=above,
        district=above.district if above else None,
    )  # fmt: skip
    setattr(area, f"{level}_id", area.pk)
    area.save()
    return area


def test_the_street_finds_it(town: Town) -> None:
    filed = file_matter(PUBLIC, report(place=WORDS))
    matter = filed.matter
    assert (matter.place, matter.lon, matter.raw_lon, matter.building_id) == ("菜市场后门", None, None, None)
    assert (matter.street_id, matter.community_id, matter.tier) == (town.areas["street"].pk, None, "S")
    assert town.owner(matter) == "street_officer"
    assert "地点还没有定位" in matter.steps.get().remark
    assert known_nearby(matter.category, WORDS) == []


def test_where_the_street_is_not_known_the_district_does(town: Town) -> None:
    second("street", "510104002000", town.areas["district"])
    matter = file_matter(PUBLIC, report(place=WORDS)).matter
    assert (matter.district_id, matter.street_id, matter.tier) == (town.areas["district"].pk, None, "D")
    assert town.owner(matter) == "district_centre"
    set_place(town.viewer("district_centre"), matter.number, town.place("micro"))
    matter.refresh_from_db()
    assert (matter.leaf_id, town.owner(matter)) == (town.areas["micro"].pk, "community_chief")


def test_where_it_could_be_any_district_the_name_is_asked_for(town: Town) -> None:
    second("street", "510104002000", town.areas["district"])
    second("district", "510105000000")
    with pytest.raises(ValidationError) as refused:
        file_matter(PUBLIC, report(place=WORDS))
    assert "place" in refused.value.message_dict and not Matter.objects.exists()


@pytest.mark.parametrize("several", [False, True])
def test_danger_to_persons_is_sealed_without_a_point_as_well(town: Town, several: bool) -> None:
    """P4."""
    if several:
        second("street", "510104002000", town.areas["district"])
    answers = Answers(danger="yes")
    filed = file_matter(PUBLIC, report("他又动手打我了", place=WORDS, answers=answers))
    matter = filed.matter
    assert matter.sealed > 0 and matter.words == ""
    assert town.owner(matter) not in ("micro_worker", "fulltime_worker", "community_chief")


def test_nothing_at_all_is_no_place(town: Town) -> None:
    with pytest.raises(ValidationError):
        file_matter(PUBLIC, report(place=Place()))


def test_what_was_written_stays_beside_the_place_that_was_found(town: Town) -> None:
    officer, house = town.viewer("street_officer"), town.buildings["micro"]
    for written, place, kept in (
        ("菜市场后门", Place(building=house.pk), "玉兰路1号（菜市场后门）"),
        ("玉兰路1号", Place(building=house.pk), "玉兰路1号"),
        ("菜市场后门", Place(lon=house.lon - 0.0008, lat=house.lat), "菜市场后门"),
    ):
        matter = file_matter(PUBLIC, report(place=Place(address=written))).matter
        set_place(officer, matter.number, place)
        matter.refresh_from_db()
        assert (matter.place, matter.leaf_id) == (kept, town.areas["micro"].pk)
        assert matter.lon is not None
