"""A matter as one line of a list."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Q, QuerySet

from shige.trust.jurisdiction import language, profile

from .. import clock
from ..models import Matter
from ..workflow import STATE_LABELS

EXCERPT = 60


@dataclass(frozen=True, slots=True)
class Row:
    """One line: no personal data; ``words`` are the beginning of ordinary ones, empty for confidential."""

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
    words: str
    place: str
    grid: str
    owner: str
    reported_at: datetime
    respond_by: datetime
    resolve_by: datetime
    responded_at: datetime | None
    late: bool

    @property
    def open(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.state in Matter.OPEN


def late() -> Q:
    """Return the filter of what should have been answered or solved by now."""
    now = clock.now()
    unanswered = Q(state=Matter.State.NEW, responded_at=None, respond_by__lt=now)
    return unanswered | Q(state__in=(Matter.State.NEW, Matter.State.IN_HAND), resolve_by__lt=now)


def category_name(code: str) -> str:
    """Return the words for a category; a code that the profile has dropped stays as it is."""
    try:
        return profile().category(code).name.in_language(language())
    except KeyError:
        return code


COLUMNS: Final = (
    "pk", "number", "category", "tier", "state", "reopened", "confidential", "words", "place", "reported_at",
    "respond_by", "resolve_by", "responded_at", "owner__name", "leaf__name", "community__name",
    "street__name",
)  # fmt: skip
"""What a line needs, and nothing else: whole objects take far longer to make."""


def rows_of(matters: QuerySet[Matter]) -> list[Row]:
    """Return matters as lines, with one statement."""
    return [_row(values) for values in matters.values(*COLUMNS)]


def rows_in_turn(matters: QuerySet[Matter]) -> Iterator[Row]:
    """Yield matters as lines, without holding them all."""
    return (_row(values) for values in matters.values(*COLUMNS).iterator(1000))


def _row(values: Mapping[str, Any]) -> Row:
    state, now = values["state"], clock.now()
    waiting = state in (Matter.State.NEW, Matter.State.IN_HAND)
    unanswered = state == Matter.State.NEW and values["responded_at"] is None
    same = ("number", "category", "tier", "state", "reopened", "confidential", "place")
    dates = ("reported_at", "respond_by", "resolve_by", "responded_at")
    return Row(
        key=values["pk"],
        category_name=category_name(values["category"]),
        tier_name=profile().tier(values["tier"]).name.in_language(language()),
        state_label=str(STATE_LABELS[state]),
        words=values["words"][:EXCERPT],
        grid=values["leaf__name"] or values["community__name"] or values["street__name"] or "",
        owner=values["owner__name"],
        late=(waiting and values["resolve_by"] < now) or (unanswered and values["respond_by"] < now),
        **{name: values[name] for name in same + dates},
    )
