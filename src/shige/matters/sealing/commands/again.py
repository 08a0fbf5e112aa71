"""Stored words are judged again where a place is set or an owner: they may name whoever serves there (P3)."""

from collections.abc import Callable, Collection
from dataclasses import replace
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import override

from shige.trust.commands.vault import opened
from shige.trust.gate import Lineage
from shige.trust.handles import name_handles
from shige.trust.in_office import holders_of
from shige.trust.jurisdiction import profile
from shige.trust.models import Post, VaultItem

from ...categories import category_of
from ...danger import seal_for
from ...danger.above import keep_from, kept_already
from ...danger.said import Said, listen
from ...models import Matter
from ...workflow.actors import lineage_of_matter
from ...workflow.own_words import said_in
from .guard import guard


def judged_again(matter: Matter, before: Lineage) -> Said | None:
    """Return what was said where it blames somebody of the new place, whom the place ``before`` had not.

    Whoever is named there is kept from what is sealed already.
    """
    words = stored(matter)
    said, then = listen(words, lineage_of_matter(matter)), listen(words, before)
    if matter.sealed:
        keep_from(matter, said.named - then.named)
        return None
    return said if said.heard.staff and not then.heard.staff else None


def judged_before(matter: Matter, post: int) -> Callable[[], Matter] | None:
    """Return how a matter is sealed instead of given to a post that is held by somebody whom its words blame.

    They are read as if the matter lay where that post serves. Whoever is named is kept from it for good.
    """
    holders = set(holders_of(post)) - kept_already(matter)
    said = blamed_at(matter, post, holders) if holders else None
    if said is None:
        return None
    if matter.sealed:
        keep_from(matter, said.named)
        return None
    return partial(seal_again, matter, said)


def blamed_at(matter: Matter, post: int, people: Collection[int]) -> Said | None:
    """Return what was said where it blames one of some people (ids), as if the matter lay where a post is."""
    area = Post.objects.values_list("area", flat=True).get(pk=post)
    said = listen(stored(matter), replace(lineage_of_matter(matter), leaf=area))
    return said if said.heard.staff and not said.named.isdisjoint(people) else None


def seal_again(matter: Matter, said: Said) -> Matter:
    """Seal a locked matter whose words blame somebody of its new place or owner; trained staff look first."""
    keep_from(matter, said.named)
    with override(profile().language):
        why = _("It is kept from the staff whom it may be about, until somebody above has looked.")
    seal = seal_for(said.heard.staff, "")
    return guard(matter, category_of(matter.category), seal=seal, at_police=False, why=why)


def stored(matter: Matter) -> str:
    """Return what residents have said of a matter, as it was typed where that is kept; in a transaction."""
    steps = list(said_in(matter).values_list("said", "note", "words_handle"))
    handles = [handle for handle in (matter.words_handle, *(step[2] for step in steps)) if handle]
    name_handles(handles)
    kept = [opened(item) for item in VaultItem.objects.filter(handle__in=handles)]
    later = [text for said, note, _handle in steps for text in (said, note)]
    return "\n".join(text for text in (matter.words, matter.place, *later, *kept) if text)
