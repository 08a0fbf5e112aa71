"""The large numbers of an area as its overseer reads them: what is late, rates of a closed period."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from shige.insight.charts import RATES, percent
from shige.insight.labels import closed_words
from shige.insight.measures import Share

from .queries.overview import Watched

UNKNOWN = "—"

NEAR = {
    True: gettext_lazy("something is late"),
    False: gettext_lazy("nothing is late"),
    None: gettext_lazy("too few to tell"),
}
"""What a neighbour is told."""

Card = dict[str, Any]


def cards_of(watched: Watched, page: str) -> list[Card]:
    """Return the numbers of an area; those of cases lead to their list on ``page``."""
    return [*_now(watched, page), *_told(watched)]


def _now(watched: Watched, page: str) -> list[Card]:
    trouble = watched.trouble
    if trouble is None:
        return []
    if not watched.finer:
        return [
            {"label": _("What is late"), "value": NEAR[trouble.more], "level": "late" if trouble.more else ""}
        ]
    more = _("and others, too few of a kind to tell") if trouble.more else ""
    counted = (
        ("late", pgettext("figures", "Late"), trouble.late),
        ("reopened", _("Reopened"), trouble.reopened),
    )
    return [
        {
            "label": label,
            "value": count,
            "note": more,
            "url": f"{page}?show={name}#cases" if count else "",
            "level": "late" if count else "",
        }
        for name, label, count in counted
    ]


def _told(watched: Watched) -> list[Card]:
    if watched.told is None:
        return []
    total = watched.told.total
    received: Card = {"label": _("Received"), "value": total.open.of}
    shown = [received | (_few() if total.open.hidden else {"note": closed_words(watched.told.period)})]
    for name, label in RATES.items():
        share: Share = getattr(total, name)
        card: Card = {"label": label, "value": share.part, "of": share.of}
        if share.hidden:
            card |= _few()
        elif share.rate is None:
            card |= {"value": UNKNOWN, "of": "", "note": _("nothing due")}
        else:
            card["note"] = f"{percent(share.rate)}%"
        shown.append(card)
    return shown


def _few() -> Card:
    return {"value": UNKNOWN, "of": "", "note": _("too few to tell")}
