"""What is known of buildings beside their doors: residents, growth, measured work, minutes at a door."""

from collections import Counter
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from shige.division import Piece
from shige.trust.jurisdiction import profile

from ...computation.reasons import plain
from ...labels import kind_names
from ...models import Building


def known_of(house: Building) -> list[str]:
    """Say what is known of one building; nothing of what is not known."""
    said = known(house.population, house.expected_households, house.workload)
    if house.minutes:
        said.append(_("%(minutes)s minutes at each door") % {"minutes": plain(house.minutes)})
    return said


def known_in(pieces: Iterable[Piece]) -> list[str]:
    """Say what is known of the buildings in a grid, parts of them by their share of doors. One statement."""
    listed = list(pieces)
    houses = Building.objects.filter(unit__in={piece.unit for piece in listed}).defer("shape")
    by_unit = {house.unit: house for house in houses}
    sums = [0.0, 0.0, 0.0]
    kinds: Counter[str] = Counter()
    for piece in listed:
        if house := by_unit.get(piece.unit):
            share = share_of(piece, house)
            for place, value in enumerate((house.population, house.expected_households, house.workload)):
                sums[place] += share * value
            kinds.update({code: share * count for code, count in house.kinds.items()})
    return [*known(round(sums[0]), round(sums[1]), round(sums[2], 1)), *kinds_told(kinds)]


def kinds_told(counted: Mapping[str, float]) -> list[str]:
    """Say how many residents of each kind a grid has at least, in steps of the smallest count that is shown.

    So neither a small count is told, nor what is left when a grid's parts are taken from the whole (P8); of a
    single building nothing is told.
    """
    step = profile().suppress_under
    said = []
    for code, name in kind_names().items():
        if counted.get(code, 0) >= step:
            count = int(counted[code] // step * step)
            said.append(_("%(kind)s: at least %(count)s") % {"kind": name, "count": count})
    return said


def share_of(piece: Piece, house: Building) -> float:
    """Return the share of a building's doors that a piece holds."""
    doors = house.households + house.shops
    return (piece.households + piece.shops) / doors if piece.part and doors else 1.0


def known(population: int, expected: int, workload: float) -> list[str]:
    """Put numbers into words, leaving out those that are not known."""
    said = []
    if population:
        said.append(_("%(count)s residents") % {"count": population})
    if expected:
        said.append(_("%(count)s households expected") % {"count": expected})
    if workload:
        said.append(_("%(hours)s hours of work a month") % {"hours": plain(workload)})
    return said
