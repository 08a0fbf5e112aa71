"""A matter as one line of a list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Q, QuerySet

from shige.trust.jurisdiction import language, profile

from ... import clock
from ...categories import category_name, place_tells
from ...models import Matter
from ...visibility.shown import note_listed
from ...workflow.workflows import state_label, workflow_of

EXCERPT = 60


@dataclass(frozen=True, slots=True)
class MatterRow:
    """One line: no personal data; ``words`` are the beginning of ordinary ones, empty for confidential.

    ``gist`` says what it is about without persons; often there is none. ``place`` is empty where it alone
    would tell whom the matter is about. ``timed`` says whether it has dates at all.
    """

    key: int
    number: str
    category: str
    category_name: str
    tier: str
    tier_name: str
    state: str
    state_label: str
    reopened: int
    confidential: bool
    sealed: int
    words: str
    gist: str
    place: str
    grid: str
    owner: str
    reported_at: datetime
    respond_by: datetime
    resolve_by: datetime
    responded_at: datetime | None
    next_at: datetime
    open: bool
    running: bool
    led: bool
    late: bool
    timed: bool

    @property
    def at_once(self) -> bool:
        """Whether it is answered at once, day and night, and not by a date."""
        return self.respond_by <= self.reported_at

    @property
    def with_reporter(self) -> bool:
        """Whether the reporter is asked for more, or whether it is solved."""
        return self.state in (Matter.State.WAITING, Matter.State.TO_CONFIRM)


def late() -> Q:
    """Return the filter of what should have been answered or solved by now."""
    return Q(running=True, next_at__lt=clock.now())


AS_IT_IS: Final = (
    "number", "category", "tier", "state", "open", "running", "led", "reopened", "confidential", "sealed",
    "reported_at", "respond_by", "resolve_by", "responded_at", "next_at",
)  # fmt: skip

COLUMNS: Final = (
    *AS_IT_IS, "pk", "kind", "words", "gist", "place", "owner__name",
    "leaf__name", "community__name", "street__name",
)  # fmt: skip
"""What a line needs, and nothing else: whole objects take far longer to make."""


def rows_of(matters: QuerySet[Matter]) -> list[MatterRow]:
    """Return matters as lines, with one statement."""
    return [_row(values) for values in matters.values(*COLUMNS)]


def rows_of_keys(keys: Sequence[int]) -> list[MatterRow]:
    """Return the matters of these keys, which the gate has let pass, in the order of the keys."""
    turn = {key: at for at, key in enumerate(keys)}
    return sorted(rows_of(Matter.objects.filter(pk__in=keys)), key=lambda row: turn[row.key])


def _hides_place(values: Mapping[str, Any]) -> bool:
    return place_tells(values["category"], confidential=values["confidential"], sealed=values["sealed"])


def _row(values: Mapping[str, Any]) -> MatterRow:
    if values["words"]:
        note_listed(values["pk"])
    return MatterRow(
        key=values["pk"],
        category_name=category_name(values["category"]),
        tier_name=profile().tier(values["tier"]).name.in_language(language()),
        state_label=state_label(values["kind"], values["state"]),
        words=values["words"][:EXCERPT],
        gist=values["gist"][:EXCERPT],
        grid=values["leaf__name"] or values["community__name"] or values["street__name"] or "",
        place="" if _hides_place(values) else values["place"],
        owner=values["owner__name"],
        timed=workflow_of(values["kind"]).timed,
        late=values["running"] and values["next_at"] < clock.now(),
        **{name: values[name] for name in AS_IT_IS},
    )
