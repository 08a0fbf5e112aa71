"""What the walk through every address needs to know of pages of the one red line with arguments."""

from datetime import date
from typing import Final

from shige.redline.organisations.commands import found
from shige.redline.organisations.writing import Decision
from shige.trust.gate import SYSTEM
from shige.trust.jurisdiction import profile
from tests.places import Town
from tests.project.door import Arguments, Door

SINCE: Final = Decision(date(2020, 1, 1), "")


def organisation_in(town: Town) -> Arguments:
    """Tie an organisation to the community grid."""
    kind = profile().redline[0].code
    made = found(SYSTEM, "玉兰社区党委", kind, town.areas["grid one"].pk, decision=SINCE)
    return {"pk": made.organisation_id}


def closable(town: Town) -> Arguments:
    """Found an organisation without a grid in the community, to be closed."""
    kind = profile().redline[0].code
    made = found(SYSTEM, "玉兰公司党支部", kind, town.areas["community one"].pk, decision=SINCE)
    return {"pk": made.organisation_id, "act": "close"}


DOORS: dict[str, Door] = {
    "redline:community": lambda town: {"code": town.areas["community one"].code},
    "redline:add": lambda town: {"code": town.areas["general one"].code},
    "redline:organisation": organisation_in,
    "redline:act": closable,
    "redline:import_preview": lambda town: {"token": "unknown"},
    "redline:import_marked": lambda town: {"token": "unknown"},
    "redline:import_save": lambda town: {"token": "unknown"},
}
