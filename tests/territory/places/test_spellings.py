"""How often a place is found by the way in which people spell it: a floor, and the figure in the output."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest

from shige.language.address import read_address
from shige.project.preparation import SEED
from shige.rehearsal.town import import_ground
from shige.sample import make_plan
from shige.territory.intake.commands.units import import_units
from shige.territory.models import Address, Building, Compound
from shige.territory.places import Found, find_places, remark_on
from shige.trust.gate import SYSTEM

from ..ground import ground
from ..spellings import IN_COMPOUND, ON_STREET, WITH_COMPOUND, Row, spelled

SHARED = Path(__file__).parents[3] / "shared" / "data" / "units"
AMONG = 5

Case = tuple[str, str, str]


@pytest.mark.django_db
def test_the_sample_s_addresses_are_found(capsys: pytest.CaptureFixture[str]) -> None:
    import_ground(make_plan(SEED))
    for name in (
        *Compound.objects.values_list("name", flat=True),
        "和平小区",
        "清和苑",
        "福院里",
        "院里人家",
    ):
        if not any(character.isdigit() for character in name):  # 桂香街19号院 is read as street and number
            assert "".join(read_address(f"{name}3栋").names) == name, "no word of a name is taken for noise"
    cases = [*spelled(in_compounds(), IN_COMPOUND, 1), *spelled(on_streets(), ON_STREET, 2)]
    assert len(cases) >= 200
    first, among = measured("sample", cases, capsys)
    assert first >= 0.97 and among >= 0.99


@pytest.mark.django_db
def test_an_exact_address_stands_alone_and_one_that_is_not_there_offers_its_own_compound() -> None:
    import_ground(make_plan(SEED))
    inside = Address.objects.filter(name__kind="compound").exclude(block="")
    known: dict[str, set[str]] = defaultdict(set)
    wrong = []
    for name, number, block, pk in inside.values_list("name__text", "number", "block", "building"):
        known[name] |= {number, block}
        found = find_places(f"{name}{block}栋" if block.isdigit() else f"{name}{block}")
        if [place.building for place in found] != [pk]:
            wrong.append((name, block, [place.address for place in found]))
    assert len(known) > 50 and not wrong
    for name, held in known.items():
        text = f"{name}{next(number for number in map(str, range(1, 99)) if number not in held)}栋"
        found = find_places(text)
        remark = remark_on(text, found)
        if not (remark and remark.name == name == found[0].address and not any(one.sure for one in found)):
            wrong.append((text, remark, [place.address for place in found]))
    assert not wrong


@pytest.mark.django_db
@pytest.mark.parametrize("city", ["suzhou", "shanghai"])
def test_the_shared_addresses_are_found(city: str, capsys: pytest.CaptureFixture[str]) -> None:
    file = SHARED / f"{city}_units.geojson"
    if not file.exists():
        pytest.skip("the shared data is absent: ../shared/data/units")
    features = [feature for feature in json.loads(file.read_text())["features"]]
    read = ground(features)
    import_units(SYSTEM, read.units)
    alone = measured(f"{city}, street and number", spelled(numbered(), ON_STREET, 3), capsys)
    assert alone[0] >= 0.97 and alone[1] >= 0.99
    inside = measured(f"{city}, compound and number", spelled(numbered(), WITH_COMPOUND, 4), capsys)
    assert inside[0] >= 0.97 and inside[1] >= 0.99


def in_compounds() -> list[Row]:
    """Return the buildings with a street, a number, a compound of its own name and a number in it."""
    rows = []
    for address, compound in Building.objects.exclude(compound=None).values_list("address", "compound__name"):
        found = re.fullmatch(rf"(\D+?)(\d+)号{re.escape(compound)}(\d+)栋", address)
        if found:
            street, number, block = found.groups()
            rows.append((address, street, number, compound, block))
    return sorted(rows)


def on_streets() -> list[Row]:
    """Return the rows of shops, each by its first number."""
    rows = []
    for address in Building.objects.filter(compound=None, group="").values_list("address", flat=True):
        found = re.fullmatch(r"(\D+?)(\d+)-\d+号", address)
        if found:
            rows.append((address, *found.groups(), "", ""))
    return sorted(rows)


def numbered() -> list[Row]:
    """Return the buildings that have just a street and a number, in compounds where no other has it."""
    pairs = Counter(Building.objects.values_list("address", "compound__name"))
    rows = []
    for (address, compound), count in pairs.items():
        found = re.fullmatch(r"(\D+?)(\d+)号", address)
        if found and count == 1 and compound:
            rows.append((address, *found.groups(), compound, ""))
    return sorted(rows)


def measured(name: str, cases: Iterable[Case], capsys: pytest.CaptureFixture[str]) -> tuple[float, float]:
    """Return which share was found first and which among five, and print it by way of spelling."""
    by_way: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    missed = []
    for way, typed, address in cases:
        places = find_places(typed)
        hits = [meant(place, address) for place in places[:AMONG]]
        by_way[way].append((hits[:1] == [True], any(hits)))
        if hits[:1] != [True]:
            missed.append(f"  {way}: {typed} -> {[place.address for place in places[:3]]}, not {address}")
    every = [pair for pairs in by_way.values() for pair in pairs]
    first, among = (sum(pair[k] for pair in every) / len(every) for k in (0, 1))
    with capsys.disabled():
        print(f"\n{name}: {len(every)} spellings, first {first:.1%}, among five {among:.1%}")
        print("\n".join(missed[:40]))
    return first, among


def meant(place: Found, address: str) -> bool:
    return place.address == address
