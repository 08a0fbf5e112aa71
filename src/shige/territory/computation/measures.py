"""What a division costs and how well it keeps the rules, in a few numbers that plans are compared by."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from shige.division import Division, Piece
from shige.profile import GridRules


@dataclass(frozen=True, slots=True)
class Measures:
    """One division in numbers; hours are those of one person with a notice.

    Attributes
    ----------
    over, under
        Grids with more or fewer doors (general grids: households) than their bounds allow.
    compounds_split
        Compounds that fit one micro-grid and lie in several all the same, of ``compounds``.
    workers
        People that the grids need: one in each general, micro- and exclusive grid.
    moved
        Households that change their grid; None where nothing was divided before.
    """

    grids: Mapping[str, int]
    over: Mapping[str, int]
    under: Mapping[str, int]
    doors_mean: float
    hours_mean: float
    hours_most: float
    over_aim: int
    compounds_split: int
    compounds: int
    workers: int
    violations: int
    moved: int | None


SIZE_RULES = {"micro_doors": "micro", "general_households": "general"}
STAFFED = ("general", "micro", "exclusive")


def measure(found: Division, compounds: Mapping[str, str], rules: GridRules) -> Measures:
    """Measure a division; ``compounds`` names the compound of each unit, where it has one."""
    micros = [grid for grid in found.grids if grid.level == "micro"]
    counts = Counter(str(grid.level) for grid in found.grids)
    out = [broken for broken in found.violations if broken.rule in SIZE_RULES]
    split, small = split_compounds(found.pieces, compounds, rules.micro.high)
    return Measures(
        grids=counts,
        over=Counter(SIZE_RULES[broken.rule] for broken in out if broken.value > broken.limit),
        under=Counter(SIZE_RULES[broken.rule] for broken in out if broken.value < broken.limit),
        doors_mean=mean(grid.households + grid.shops for grid in micros),
        hours_mean=mean(grid.hours for grid in micros),
        hours_most=max((grid.hours for grid in micros), default=0.0),
        over_aim=sum(grid.hours > rules.aim_hours for grid in micros),
        compounds_split=split,
        compounds=small,
        workers=sum(counts[level] for level in STAFFED),
        violations=len(found.violations),
        moved=found.moved_households,
    )


def mean(numbers: Iterable[float]) -> float:
    """Return the mean, 0 of nothing."""
    listed = list(numbers)
    return sum(listed) / len(listed) if listed else 0.0


def split_compounds(pieces: Iterable[Piece], compounds: Mapping[str, str], most: int) -> tuple[int, int]:
    """Count the compounds of up to ``most`` doors that lie in several micro-grids, and all of that size."""
    doors: Counter[tuple[str, str]] = Counter()
    leaves: dict[tuple[str, str], set[str]] = defaultdict(set)
    for piece in pieces:
        if piece.micro and (name := compounds.get(piece.unit)):
            key = (piece.community, name)
            doors[key] += piece.households + piece.shops
            leaves[key].add(piece.micro)
    small = [key for key, count in doors.items() if count <= most]
    return sum(len(leaves[key]) > 1 for key in small), len(small)
