"""Keep a filter of the list under a name, and drop it again: each person's own."""

import re
from unicodedata import normalize
from urllib.parse import parse_qs

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shige.language.blank import trimmed
from shige.trust.commands import record
from shige.trust.gate import Viewer, require
from shige.trust.models import Person

from ...codes import code_digest
from ...models import Matter, SavedFilter

MOST = 20
NAME_LIMIT, QUERY_LIMIT = 30, 500


@transaction.atomic
def save_filter(viewer: Viewer, name: str, query: str) -> SavedFilter:
    """Keep a filter; one of the same name is replaced. The journal does not learn the name.

    Raises
    ------
    ValidationError
        There is no name, it is too long, or there are ``MOST`` already.
    """
    person = _person(viewer)
    name = trimmed(name)
    if not name or len(name) > NAME_LIMIT or len(query) > QUERY_LIMIT:
        raise ValidationError(
            {"name": _("Please give a name of at most %(count)d characters.") % {"count": NAME_LIMIT}}
        )
    kept = SavedFilter.objects.filter(person=person)
    if not kept.filter(name=name).exists() and kept.count() >= MOST:
        raise ValidationError({"name": _("At most %(count)d filters can be kept.") % {"count": MOST}})
    saved, _new = SavedFilter.objects.update_or_create(person=person, name=name, defaults={"query": query})
    record(viewer, "filter.saved", "saved_filter", saved.pk, 1)
    return saved


@transaction.atomic
def delete_filter(viewer: Viewer, pk: int) -> None:
    """Drop one of one's own filters.

    Raises
    ------
    PermissionDenied
        It is not one's own, or there is none.
    """
    gone, _by_model = SavedFilter.objects.filter(person=_person(viewer), pk=pk).delete()
    if not gone:
        raise PermissionDenied("no such filter of this person")
    record(viewer, "filter.deleted", "saved_filter", pk, 2)


def drop_naming(matter: Matter) -> int:
    """Drop everybody's filters that search for a sealed matter by number or code; return how many.

    Whoever may know of it still finds it by its number (P3).
    """
    kept = SavedFilter.objects.filter(query__contains="text=")
    named = [one.pk for one in kept if _names(one.query, matter)]
    return SavedFilter.objects.filter(pk__in=named).delete()[0]


def _names(query: str, matter: Matter) -> bool:
    typed = " ".join(parse_qs(query).get("text", []))
    text = normalize("NFKC", typed)
    serial = matter.number.rsplit("-", 1)[-1]
    return (
        serial in re.findall(r"[0-9]+", text)
        or _digits(matter.number) in _digits(text)
        or code_digest(text) == bytes(matter.tracking_digest)
    )


def _digits(text: str) -> str:
    return re.sub(r"[^0-9]", "", text)


def _person(viewer: Viewer) -> Person:
    """Return who keeps filters, their row locked so that two windows cannot pass the limit."""
    require(viewer, "matter.handle")
    if viewer.person is None:
        raise PermissionDenied("the program keeps no filters")
    return Person.objects.select_for_update().get(pk=viewer.person)
