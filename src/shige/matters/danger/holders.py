"""Somebody who serves where a matter lies, by name: then it is about staff, though no post is said (P3).

A neighbour knows the worker by name. In doubt it is sealed, and released by whoever dispatches above; whoever
is named knows nothing of it then either (``above.keep_from``).
"""

import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Final

from shige.language.complaints import about_staff
from shige.language.named import Words, called, searchable, written
from shige.language.normal import normalised
from shige.language.own_names import without_own_name
from shige.trust.gate import Lineage
from shige.trust.in_office import Named, names_in_office
from shige.trust.jurisdiction import profile

from .decision import Staff

PRAISE: Final = re.compile(
    r"谢谢|感谢|多谢|致谢|答谢|道谢|谢意|表扬|点赞|点个赞|赞一个|锦旗|夸(?![张大耀海])|辛苦了"
    r"|\bthank|\bprais",
    re.IGNORECASE,
)
"""Words of praise: whoever is praised, and blamed for nothing, may read it."""

CLOSING: Final = re.compile(
    r"(?:^|(?<=[\s,，、。.!！?？;；~]))(?:请|麻烦)?[^\s,，、。.!！?？;；~]{0,6}?"
    r"(?:(?:非常|十分|万分|先|再次)?(?:谢谢|感谢|多谢|谢了|辛苦了?|thanks|thank you)[啦了哈!！]*"
    r"(?:您|你们?|大家|领导|政府|社区|配合|支持|理解)?[啦了哈]?)(?=$|[\s,，、。.!！?？;；~])",
    re.IGNORECASE,
)
"""Thanks with which anything ends, be it a complaint: they praise nobody."""

SHORT: Final = 3
"""Below so many characters a name is looked for in a matter's own grids only: it is in too many words."""

WORKER: Final = "网格员"
"""What stands for a name where it is asked whether somebody is blamed."""


@dataclass(frozen=True, slots=True)
class Names:
    """Who of those in office is named, and whom of the staff it is taken to blame; empty where nobody."""

    persons: frozenset[int] = frozenset()
    staff: Staff = ""


NOBODY: Final = Names()


def named_in(texts: Sequence[str], lineage: Lineage, *, blamed: bool) -> Names:
    """Return whom texts name of those who serve in the street of a place, and whether they blame them.

    Who serves in the own areas is taken as blamed unless praised, or called like the writer; who serves
    elsewhere in the street only where the words blame. ``blamed`` says that they do so whoever is named.
    """
    own = {area for area in astuple(lineage) if area is not None}
    read = normalised("\n".join(map(without_own_name, texts)))
    others, said = searchable(read), searchable("\n".join(texts))
    office = names_in_office(own, lineage.street)
    found = [(one, form) for one in office if (form := _form_of(said, one, own))]
    if not found:
        near = [one for one in office if one.area in own and one.level not in ("street", "district")]
        return _called_in(read, others, near)
    for form in {form for _one, form in found}:
        read = re.sub(r"\W*".join(map(re.escape, form)), WORKER, read)
    praised = PRAISE.search(CLOSING.sub("", read)) is not None
    blamed = blamed or about_staff(profile(), read) is not None
    meant = [
        one
        for one, _form in found
        if _form_of(others, one, own) and (blamed or (one.area in own and not praised))
    ]
    above = any(one.level in ("street", "district") for one in meant)
    staff: Staff = "official" if above else "worker"
    return Names(frozenset(one.person for one, _form in found), staff if meant else "")


def _called_in(read: str, said: Words, near: Sequence[Named]) -> Names:
    """Return who of those in the own grids is meant where only the family name is said, and they are blamed.

    So many are called the same that the words must blame, as of somebody who serves here.
    """
    found = [(one, form) for one in near if (form := called(said, one.name))]
    for form in {form for _one, form in found}:
        read = read.replace(form, WORKER)
    if not found or about_staff(profile(), read) is None:
        return NOBODY
    return Names(frozenset(one.person for one, _form in found), "worker")


def _form_of(said: Words, one: Named, own: set[int]) -> str:
    short = len(one.name) < (SHORT if one.area not in own or one.level in ("street", "district") else 2)
    return "" if short else written(said, one.name)
