"""A claim of a wish as whoever made it sees it by the code: public words, nobody's identity (R12).

Once it has ended nothing is told of what the wish is by then: it may have become one that is sealed (P3).
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ...assignment.offices import office_of
from ...categories import category_name
from ...codes import code_digest
from ...models import Claim
from ...tracking.queries import Own
from ...workflow.workflows import state_label


@dataclass(frozen=True, slots=True)
class Claimed:
    """One claim: what is wished for and where, how far it is, and whether it can still be withdrawn.

    Of an ended one only when it was made and when it ended; all else is empty.
    """

    words: str
    category: str
    community: str
    office: str
    office_telephone: str
    state: str
    state_label: str
    claimed_at: datetime
    contact_by: datetime
    contacted_at: datetime | None
    ended_at: datetime | None
    may_withdraw: bool


def claimed(code: str) -> Claimed | None:
    """Return the claim of a code; nothing for an unknown one."""
    found = Claim.objects.select_related(
        "matter__community", "matter__street", "matter__owner__area__community", "matter__owner__area__street"
    )
    claim = found.filter(code_digest=code_digest(code)).first()
    if claim is None:
        return None
    matter = claim.matter
    if claim.ended_at is not None:
        dates = (claim.claimed_at, claim.contact_by, claim.contacted_at, claim.ended_at)
        return Claimed("", "", "", "", "", "", pgettext("state", "Done"), *dates, may_withdraw=False)
    area, office = matter.community or matter.street, office_of(matter.owner)
    return Claimed(
        words=matter.gist,
        category=category_name(matter.category),
        community=area.name if area else "",
        office=office.name,
        office_telephone=office.telephone,
        state=matter.state,
        state_label=state_label(matter.kind, matter.state),
        claimed_at=claim.claimed_at,
        contact_by=claim.contact_by,
        contacted_at=claim.contacted_at,
        ended_at=None,
        may_withdraw=matter.state == "claimed",
    )


def claims_on(codes: dict[bytes, str]) -> list[Own]:
    """Return the claims among codes (by their hashes) that a device has saved; one statement."""
    found = Claim.objects.filter(code_digest__in=list(codes)).select_related("matter").order_by("-pk")
    return [_line(codes[bytes(claim.code_digest or b"")], claim) for claim in found]


def _line(code: str, claim: Claim) -> Own:
    matter, dates = claim.matter, (claim.claimed_at, claim.contact_by)
    if claim.ended_at is not None:
        return Own(code, _("A wish that you have claimed"), "", pgettext("state", "Done"), *dates)
    label = state_label(matter.kind, matter.state)
    return Own(code, category_name(matter.category), matter.state, label, *dates)
