"""Two divisions side by side: a plan and what it replaces, or two plans of one area."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from shige.division import Division
from shige.trust.gate import Viewer, visible
from shige.trust.jurisdiction import profile

from ...computation.basis import communities_in, latest_placements, pieces_of, placements_on
from ...computation.measures import Measures, measure
from ...computation.outcome import division_of, read_again
from ...computation.settings import rules_for, settings_of
from ...models import Building, Plan
from ..workflow import COMPUTED
from .plans import replaced

OTHERS_SHOWN: Final = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One measure of two divisions; ``better`` says for which of them, where one of them is."""

    label: str
    first: str
    second: str
    difference: str
    better: str


def division_before(plan: Plan) -> Division:
    """Return what held before a plan, as a division; an empty one before the first."""
    versions = replaced(plan)
    communities = communities_in(plan.scope)
    if plan.effective_on is None:
        placements = latest_placements(communities)
    else:
        placements = placements_on(communities, plan.effective_on - timedelta(days=1))
    return division_of(versions, pieces_of(placements, versions))


def compounds_of(plan: Plan) -> Mapping[str, str]:
    """Return the compound of each unit in a plan's area, where it has one. One statement."""
    found = Building.objects.filter(community__in=communities_in(plan.scope), compound__isnull=False)
    return dict(found.values_list("unit", "compound__name"))


def against_before(plan: Plan, before: Division) -> list[Line]:
    """Compare a computed plan with what it replaces."""
    compounds = compounds_of(plan)
    rules = rules_for(settings_of(plan.settings)).grids
    after = measure(read_again(plan.outcome), compounds, rules)
    if not before.grids:
        return lines(None, after)
    return lines(measure(before, compounds, profile().grids), after)


def against_each_other(first: Plan, second: Plan) -> list[Line]:
    """Compare two computed plans of one area."""
    compounds = compounds_of(first)
    measured = [
        measure(read_again(plan.outcome), compounds, rules_for(settings_of(plan.settings)).grids)
        for plan in (first, second)
    ]
    return lines(*measured)


def others(viewer: Viewer, plan: Plan) -> list[Plan]:
    """Return the other computed plans of the same area, the newest first. One statement."""
    found = Plan.objects.filter(visible(viewer, "plan.see"), scope=plan.scope, state__in=COMPUTED)
    return list(found.exclude(pk=plan.pk).defer("outcome", "basis").order_by("-pk")[:OTHERS_SHOWN])


Take = Callable[[Measures], float | None]


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """A measure: its words, where it is found, its decimals, and whether less of it is better."""

    label: str
    take: Take
    decimals: int = 0
    judged: bool = True


ROWS: Final = (
    ComparisonRow(gettext_noop("Households moved"), lambda found: found.moved),
    ComparisonRow(gettext_noop("General grids"), lambda found: found.grids.get("general", 0), judged=False),
    ComparisonRow(gettext_noop("Micro-grids"), lambda found: found.grids.get("micro", 0), judged=False),
    ComparisonRow(
        gettext_noop("Exclusive grids"), lambda found: found.grids.get("exclusive", 0), judged=False
    ),
    ComparisonRow(
        gettext_noop("Doors of a micro-grid, mean"), lambda found: found.doors_mean, 1, judged=False
    ),
    ComparisonRow(
        gettext_noop("General grids over their bounds"), lambda found: found.over.get("general", 0)
    ),
    ComparisonRow(
        gettext_noop("General grids under their bounds"), lambda found: found.under.get("general", 0)
    ),
    ComparisonRow(gettext_noop("Micro-grids over their bounds"), lambda found: found.over.get("micro", 0)),
    ComparisonRow(gettext_noop("Micro-grids under their bounds"), lambda found: found.under.get("micro", 0)),
    ComparisonRow(gettext_noop("Hours of a round, mean"), lambda found: found.hours_mean, 1),
    ComparisonRow(gettext_noop("Hours of the longest round"), lambda found: found.hours_most, 1),
    ComparisonRow(gettext_noop("Micro-grids over the aim of a round"), lambda found: found.over_aim),
    ComparisonRow(
        gettext_noop("Compounds split that fit one micro-grid"), lambda found: found.compounds_split
    ),
    ComparisonRow(
        gettext_noop("People needed: one for each grid below the community"), lambda found: found.workers
    ),
    ComparisonRow(gettext_noop("Broken rules"), lambda found: found.violations),
)


def lines(first: Measures | None, second: Measures) -> list[Line]:
    """Write both measures row by row; without a first one its column stays empty."""
    return [line(row, None if first is None else row.take(first), row.take(second)) for row in ROWS]


def line(row: ComparisonRow, first: float | None, second: float | None) -> Line:
    """Write one measure, its difference, and which is better."""
    difference, better = "", ""
    if first is not None and second is not None:
        change = round(second - first, row.decimals)
        difference = f"{change:+.{row.decimals}f}" if change else "="
        if row.judged and change:
            better = "second" if change < 0 else "first"
    return Line(_(row.label), written(first, row), written(second, row), difference, better)


def written(value: float | None, row: ComparisonRow) -> str:
    """Write a number, or a dash for none."""
    return "–" if value is None else f"{value:.{row.decimals}f}"
