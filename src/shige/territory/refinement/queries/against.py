"""Which wishes of a plan a move by hand goes against: said before it is saved, and refused by nobody (R6)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.utils.translation import gettext as _
from shapely import LineString

from shige.division import Piece, Unit, Wishes

from ..change import Wanted


def against(
    wishes: Wishes, pieces: Sequence[Piece], wanted: Wanted, units: Iterable[Unit], names: Mapping[str, str]
) -> Iterator[str]:
    """Yield in words each wish that a move goes against; ``pieces`` are those before it."""
    by_id = {unit.id: unit for unit in units}
    origins = {piece.leaf for piece in pieces if piece.unit == wanted.unit}
    for code in sorted((origins | {wanted.target}) & wishes.locked):
        yield _("%(name)s is locked") % {"name": names.get(code, code)}
    there = {piece.unit for piece in pieces if piece.leaf == wanted.target} - {wanted.unit}
    for group in wishes.together:
        if wanted.unit in group and not group - {wanted.unit} <= there:
            yield _("%(names)s were to lie together") % {"names": addresses(group, by_id)}
    for pair in wishes.apart:
        if wanted.unit in pair and there & set(pair):
            yield _("%(names)s were to lie apart") % {"names": addresses(pair, by_id)}
    if crosses(wishes, by_id[wanted.unit], [by_id[unit] for unit in sorted(there)]):
        yield _("a border drawn by hand runs between")


def addresses(group: Iterable[str], by_id: Mapping[str, Unit]) -> str:
    """Name buildings by their addresses."""
    return "、".join(by_id[unit].address if unit in by_id else unit for unit in sorted(group))


def crosses(wishes: Wishes, house: Unit, others: Sequence[Unit]) -> bool:
    """Say whether a drawn border runs between a house and the nearest one of the grid into which it goes."""
    if not others or not wishes.lines:
        return False
    nearest = min(others, key=lambda other: house.geometry.distance(other.geometry))
    points = [found.geometry.representative_point() for found in (house, nearest)]
    between = LineString(points)
    return any(between.intersects(line) for line in wishes.lines)
