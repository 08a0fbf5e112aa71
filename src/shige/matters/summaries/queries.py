"""Solved cases of the area as everybody may read them: what an office released, and nothing else (P8)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Exists, OuterRef

from .. import clock
from ..categories import category_name, may_be_public
from ..models import Matter, Step, Summary

SHOWN: Final = 30
CONFIRMED: Final = ("confirm", "confirm_by_phone")
LATELY: Final = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class SolvedCase:
    """One case: its category and community, what it was about, what was done, and in which month it ended."""

    category: str
    community: str
    words: str
    result: str
    ended: datetime


def solved_cases() -> list[SolvedCase]:
    """Return the newest cases of the last year whose reporter says that they are solved; one statement.

    A summary without a result is not shown, nor one of a matter that has become confidential since, was
    opened again, or of which its reporter did not say here that it is solved: what another system noted as
    confirmed nobody has said here.
    """
    named = Step.objects.filter(matter=OuterRef("matter"), action__in=CONFIRMED)
    said = named.exclude(before=Matter.State.NEW)
    ended = Summary.objects.filter(
        Exists(said),
        matter__state=Matter.State.CLOSED,
        matter__confidential=False,
        matter__sealed=0,
        matter__closed_at__gte=clock.now() - LATELY,
    ).exclude(result="")
    newest = ended.select_related("matter__community", "matter__street").order_by("-matter__closed_at", "-pk")
    return [_case(one) for one in newest[: 2 * SHOWN] if may_be_public(one.matter)][:SHOWN]


def _case(summary: Summary) -> SolvedCase:
    matter = summary.matter
    area = matter.community or matter.street
    return SolvedCase(
        category=category_name(matter.category),
        community=area.name if area else "",
        words=summary.words,
        result=summary.result,
        ended=matter.closed_at or summary.at,
    )
