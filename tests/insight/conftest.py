"""A small fictional street, matters written into the journal, and people who read figures of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client

from shige.matters.facts import MatterChanged
from shige.territory.lineage import lineage_of
from shige.territory.models import Area
from shige.trust.commands import record, sequence
from shige.trust.gate import SYSTEM, Lineage, Scope, Viewer
from shige.trust.models import Appointment, Person, Post
from shige.trust.queries import today

NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@dataclass
class Ground:
    """Areas by a short name."""

    areas: dict[str, Area] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Area:
        return self.areas[name]

    def add(self, name: str, level: str, code: str, upper: str | None = None) -> None:
        """Add an area whose ancestors are those of ``upper``."""
        above = self.areas[upper] if upper else None
        kind = Area.Kind.GRID if len(code) == 18 else Area.Kind.DIVISION
        area = Area.objects.create(kind=kind, level=level, code=code, name=name, sort_key=name, parent=above)
        for column in ("district", "street", "community", "general"):
            setattr(area, f"{column}_id", getattr(above, f"{column}_id") if above else None)
        if level in {"district", "street", "community", "general"}:
            setattr(area, f"{level}_id", area.pk)
        area.save()
        self.areas[name] = area


@pytest.fixture
def ground(db: None) -> Ground:
    """A street with three communities, each with two general and four micro-grids, one exclusive grid."""
    made = Ground()
    made.add("district", "district", "510199000000")
    made.add("street", "street", "510199001000", "district")
    for number in range(1, 4):
        code = f"51019900100{number}"
        made.add(f"c{number}", "community", code, "street")
        for general in (1, 2):
            made.add(f"c{number}g{general}", "general", f"{code}10000{general}", f"c{number}")
            for micro in (1, 2):
                made.add(
                    f"c{number}g{general}m{micro}",
                    "micro",
                    f"{code}2000{general}{micro}",
                    f"c{number}g{general}",
                )
    made.add("tower", "exclusive", "510199001001300001", "c1")
    return made


def serving(role: str, area: Area) -> Viewer:
    """Return somebody who serves ``area`` in ``role``."""
    return Viewer(scopes=(Scope(0, role, area.level, area.pk),))


def write(number: object, area: Area | None, version: int = 1, **known: object) -> dict[str, object]:
    """Write a matter into the journal as the matters room does; return its facts."""
    reported = known.pop("reported_at", NOW - 3 * DAY)
    assert isinstance(reported, datetime)
    facts: dict[str, object] = {
        "category": "01.01",
        "tier": "M",
        "state": "new",
        "rating": None,
        "sealed": False,
        "owner": 7,
        "reported_at": reported,
        "respond_by": reported + DAY / 4,
        "resolve_by": reported + 2 * DAY,
        "responded_at": None,
        "solved_at": None,
        "closed_at": None,
    } | known
    said = {
        name: value.isoformat() if isinstance(value, datetime) else value for name, value in facts.items()
    }
    told = MatterChanged(**MatterChanged.renewed({"reopened": 0} | said, 1))
    record(SYSTEM, "matter.step", "matter", number, version, lineage_of(area) if area else Lineage(), told)
    return facts


def write_many(count: int, area: Area, prefix: str, **known: object) -> None:
    """Write several matters alike."""
    for serial in range(count):
        write(f"{prefix}{serial}", area, **known)
    sequence()


SOLVED = {
    "state": "closed",
    "responded_at": NOW - 3 * DAY + timedelta(hours=1),
    "solved_at": NOW - 2 * DAY,
    "closed_at": NOW - DAY,
    "rating": 5,
}
"""A matter answered and solved in time, confirmed, and rated 5."""


@pytest.fixture
def sign_in(client: Client) -> Iterator[Callable[[str, Area], Client]]:
    """Return a function that signs somebody in who serves an area."""

    def enter(role: str, area: Area) -> Client:
        post = Post.objects.create(role=role, area=area, name=f"{role} of {area.name}")
        person = Person.objects.create(username=f"{role}-{area.pk}", service_name=role)
        Appointment.objects.create(person=person, post=post, valid=DateRange(today(), None))
        client.force_login(person)
        session = client.session
        session["sample_sign_in"] = True
        session.save()
        return client

    yield enter
