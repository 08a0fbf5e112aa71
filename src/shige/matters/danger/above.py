"""Complaints about whoever runs the whole area: they are kept from them, and others answer (P3)."""

import re
from collections.abc import Collection
from typing import Final

from django.utils.translation import gettext as _

from shige.language.named import names, searchable
from shige.trust.jurisdiction import language, profile
from shige.trust.models import Appointment, Recusal
from shige.trust.permissions import CENTRE, roles_of

from ..clock import now
from ..models import Matter
from .holders import SHORT

_SMALLER: Final = re.compile("[社小片园辖景校厂]区")
"""Smaller places end in the same character as a district: 社区领导 and 小区长期 name none."""


def meant_above(words: str, district: int | None) -> frozenset[int]:
    """Return who of the district a complaint may be about: named persons, and with its centre all of it."""
    said, lower = searchable(words), _SMALLER.sub(" ", words.lower())
    office = any(word in lower for word in profile().guard.highest)
    held = Appointment.objects.in_force().filter(post__area=district, post__closed_at=None)
    people = list(held.values_list("person", "person__service_name", "post__role"))
    named = {pk for pk, name, _role in people if len(name) >= SHORT and names(said, name)}
    runs = roles_of(CENTRE)
    centre = {pk for pk, _name, role in people if role in runs}
    return frozenset(named | centre if office or named & centre else named)


def keep_from(matter: Matter, people: Collection[int]) -> None:
    """Keep a matter (its key is taken) from whom its words name, in every post and for good."""
    if people:
        at = now()
        Recusal.objects.bulk_create(
            (Recusal(matter=matter, person_id=one, meant=True, at=at) for one in people),
            ignore_conflicts=True,
        )


def kept_already(matter: Matter) -> frozenset[int]:
    """Return who is kept from a matter by name."""
    return frozenset(Recusal.objects.filter(matter=matter).values_list("person", flat=True))


def nobody_above() -> str:
    """Return what whoever complains hears where nobody else could answer, and whom to call."""
    said = _(
        "It is about the office that stands highest here, and nobody independent of it is in office: "
        "nothing was sent. %(call)s"
    )
    call = profile().guard.call
    return said % {"call": call.in_language(language()) if call else ""}
