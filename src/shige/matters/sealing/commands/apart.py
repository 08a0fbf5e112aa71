"""Words said later about staff, or of danger to persons, become a sealed matter of their own (P3, P4).

A matter that vanished from the list of whoever handles it, just after its reporter wrote again, would tell
them that something was said of them. So nothing of it is left there: no step, no message, no time. Only who
may see both reads at each that it belongs to the other.
"""

import secrets
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override

from shige.trust.commands.vault import sealed_copy
from shige.trust.gate import Viewer
from shige.trust.jurisdiction import profile

from ... import clock
from ...categories import category_of
from ...codes import code_digest, device_key, form_digest, tracking_code
from ...danger import Answers, Verdict, decide, seal_for
from ...danger.above import kept_already, meant_above
from ...danger.detectors import Heard
from ...filing.commands.filing import file_at
from ...filing.location import Location
from ...models import Claim, Matter, Relation
from ...report import Place, Report
from ...workflow.actors import lineage_of_matter
from ...workflow.own_words import Resident
from ...workflow.workflows import DISPUTE


@dataclass(frozen=True, slots=True)
class Apart:
    """Words that were said of ``matter`` by ``own``: its reporter, or who joined or claims it."""

    matter: Matter
    own: Resident
    words: str
    heard: Heard
    waived: bool


def goes_apart(matter: Matter, heard: Heard, words: str, *, waived: bool) -> bool:
    """Say whether later words are kept from somebody who knows of the matter, and are no part of it.

    A dispute in which somebody may be harmed is not mediated any further: it is sealed as a whole.
    """
    mediated = matter.kind == DISPUTE and not (heard.staff and _meant_above(matter, words))
    if mediated and decide(heard.alarm, Answers(no_emergency=waived)).guarded:
        return False
    return is_kept(matter, heard, words, waived=waived)


def is_kept(matter: Matter, heard: Heard, words: str, *, waived: bool = False) -> bool:
    """Say whether words are kept from somebody who knows of the matter.

    So are words about whoever stands highest, in a matter that these may read.
    """
    if heard.staff and _meant_above(matter, words):
        return True
    endangered = decide(heard.alarm, Answers(no_emergency=waived)).guarded
    return max(seal_for(heard.staff, ""), int(endangered)) > matter.sealed


def _meant_above(matter: Matter, words: str) -> bool:
    return bool(meant_above(words, matter.district_id) - kept_already(matter))


def file_apart(viewer: Viewer, said: Apart, key: str) -> Matter:
    """File words as a sealed matter at the same place, once for a form (``key``); return it, its row new.

    The telephone that was left goes with it. Both are linked, for whoever may see both.
    """
    answers = Answers(no_emergency=said.waived, about_staff=said.heard.staff)
    harmed = decide(said.heard.alarm, answers) is Verdict.PERSONS
    category = None if harmed else category_of(said.matter.category).code  # released, it is again what it was
    report = Report(said.words, _place(said.matter), category, answers=answers)
    form = _form(_digest(said.own), key or secrets.token_urlsafe())
    filed = file_at(viewer, report, form, lambda: _standing(said.matter)).matter
    if filed.phone_handle is None and not Relation.objects.filter(second=filed).exists():
        filed.phone_handle = sealed_copy(said.own.phone_handle, "matter.phone")
        filed.filer_digest = said.matter.filer_digest if said.own == said.matter else None
        filed.save(update_fields=["phone_handle", "filer_digest"])
        _link(said.matter, filed)
    return filed


def codes_apart(code: str, key: str) -> tuple[str, str] | None:
    """Return tracking code and device key of what was set apart in the form ``key`` behind a code."""
    form = _form(code_digest(code), key)
    if not Matter.objects.filter(idempotency_key=form).exists():
        return None
    return tracking_code(form), device_key(form)


def _digest(own: Resident) -> bytes:
    return bytes((own.code_digest or b"") if isinstance(own, Claim) else own.tracking_digest)


def _form(code: bytes, key: str) -> bytes:
    return form_digest(key, "apart", code.hex())


def _standing(matter: Matter) -> Location:
    """Return where a matter stands already: a later border does not move what belongs to it."""
    leaf = matter.leaf
    named = (leaf.code, leaf.name) if leaf else ("", "")
    areas = lineage_of_matter(matter)
    return Location(matter.lon, matter.lat, areas, matter.building_id, matter.place, *named)


def _place(matter: Matter) -> Place:
    return Place(
        lon=matter.lon, lat=matter.lat, building=matter.building_id, address=matter.place,
        entrance=matter.entrance, floor=matter.floor,
    )  # fmt: skip


def _link(matter: Matter, apart: Matter) -> None:
    """Let both point to each other; the older one's version and journal tell nothing of it (P3)."""
    with override(profile().language):
        why = _("Said later by whoever follows %(number)s; kept apart from it.") % {"number": matter.number}
    Relation.objects.create(first=matter, second=apart, reason=why, at=clock.now())
