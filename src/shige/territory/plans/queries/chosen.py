"""One grid of a plan, as its page shows it beside the map."""

from dataclasses import dataclass

from django.http import Http404

from shige.division import Piece
from shige.trust.jurisdiction import profile

from ...computation.reasons import Broken, in_words
from ...grids.queries.known import known_in
from ...models import Area, Plan
from .rounds import Rounds, rounds_of_grid


@dataclass(frozen=True, slots=True)
class ChosenGrid:
    """A grid of a plan, the hours of its round, and what it breaks."""

    code: str
    name: str
    level: str
    households: int
    shops: int
    floors: str
    known: tuple[str, ...]
    rounds: Rounds | None
    broken: tuple[Broken, ...]


def chosen_grid(plan: Plan, code: str) -> ChosenGrid:
    """Return a grid of a computed plan; Http404 where the plan has no such grid."""
    found = next((grid for grid in plan.outcome["grids"] if grid["code"] == code), None)
    if found is None:
        raise Http404(code)
    name = found["name"]
    if found["level"] == Area.Level.COMMUNITY:
        name = profile().grids.names.community.format(place=Area.objects.get(code=code[:12]).name, number=1)
    return ChosenGrid(
        name=name,
        **{column: found[column] for column in ("code", "level", "households", "shops", "floors")},
        known=tuple(known_in(pieces_in(plan, code))),
        rounds=rounds_of_grid(plan, code),
        broken=tuple(in_words(broken) for broken in plan.outcome["violations"] if broken["grid"] == code),
    )


def pieces_in(plan: Plan, code: str) -> list[Piece]:
    """Return what a grid of any level holds."""
    pieces = (Piece(*row) for row in plan.outcome["pieces"])
    return [piece for piece in pieces if code in {piece.community, piece.general, piece.leaf}]
