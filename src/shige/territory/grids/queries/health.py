"""The health of the grids (网格体检): how many of how many have a fault, by community."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from shige.trust.gate import Viewer
from shige.trust.jurisdiction import profile

from .faults import FAULTS, counted, faulty
from .grids import around, in_force
from .people import with_staff


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many; ``query`` leads to the list of them."""

    fault: str
    part: int
    of: int
    query: str

    @property
    def percent(self) -> float | None:
        """The share in per cent with one decimal; None of nothing."""
        return round(100 * self.part / self.of, 1) if self.of else None


@dataclass(frozen=True, slots=True)
class CommunityHealth:
    """The shares of one community, in the order of the faults."""

    name: str
    code: str
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars of one fault over the communities, and the rows of the table behind them."""

    id: str
    title: str
    data: Mapping[str, Any]
    rows: tuple[tuple[str, Share], ...]


@dataclass(frozen=True, slots=True)
class Health:
    """All that the page shows."""

    titles: tuple[str, ...]
    whole: tuple[Share, ...]
    communities: tuple[CommunityHealth, ...]
    charts: tuple[Chart, ...]


def health(viewer: Viewer) -> Health:
    """Count the faults of the grids around the viewer. One statement."""
    rules = profile().grids
    counts = {f"{fault.name}_of": Count("pk", filter=counted(fault, rules)) for fault in FAULTS.values()}
    counts |= {f"{fault.name}_part": Count("pk", filter=faulty(fault, rules)) for fault in FAULTS.values()}
    found = with_staff(in_force().filter(around(viewer))).values("community__code", "community__name")
    rows = list(found.annotate(**counts).order_by("community__code"))
    communities = tuple(community_of(row) for row in rows)
    titles = {name: fault.title(rules) for name, fault in FAULTS.items()}
    return Health(
        titles=tuple(titles.values()),
        whole=tuple(total(name, rows) for name in FAULTS),
        communities=communities,
        charts=tuple(chart(place, title, communities) for place, title in enumerate(titles.values())),
    )


def community_of(row: Mapping[str, Any]) -> CommunityHealth:
    """Return the shares of one row of the statement."""
    code = row["community__code"]
    shares = tuple(
        Share(name, row[f"{name}_part"], row[f"{name}_of"], f"fault={name}&community={code}")
        for name in FAULTS
    )
    return CommunityHealth(row["community__name"], code, shares)


def total(name: str, rows: Sequence[Mapping[str, Any]]) -> Share:
    """Add one fault up over all communities."""
    part, of = (sum(row[f"{name}_{end}"] for row in rows) for end in ("part", "of"))
    return Share(name, part, of, f"fault={name}")


def chart(place: int, title: str, communities: tuple[CommunityHealth, ...]) -> Chart:
    """Draw one fault, the worst community first; those without such grids are left out."""
    shown = [(found.name, found.shares[place]) for found in communities if found.shares[place].of]
    shown.sort(key=lambda row: -(row[1].percent or 0))
    bars = [{"name": name, "value": share.percent, "of": [share.part, share.of]} for name, share in shown]
    return Chart(f"health-{place}", title, {"type": "bars", "unit": "%", "rows": bars}, tuple(shown))
