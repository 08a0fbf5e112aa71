"""What a line of the list shows by name (category, state, grid, owner), found by a part of the name."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import CharField, F, Q, QuerySet, Value

from shige.territory.models import Area
from shige.trust.gate import Viewer
from shige.trust.jurisdiction import language, profile
from shige.trust.models import Post

from ...visibility.areas import LINE, inside
from ...visibility.seen import WHOLE
from ...workflow.workflows import kinds_of_matters, state_label

FEW: Final = 40
"""Areas and posts of a name whose marks are asked for one by one. More of them are so frequent among the
matters that reading these in order meets enough at once."""

SHOWN: Final = ("street", "community", "general", "leaf")
"""Areas of a matter by whose names it is found; a district's stands at no line."""


@dataclass(frozen=True, slots=True)
class Named:
    """What is called by a part of a search: its marks, and a filter where there are too many to be marked."""

    marks: tuple[str, ...]
    besides: Q


def named(viewer: Viewer, terms: list[str]) -> list[Named]:
    """Return what each part of a search names of the areas and posts that ``viewer`` meets; one statement."""
    if not terms:
        return []
    found: list[list[str]] = [[] for _ in terms]
    called = [_called(viewer, at, term) for at, term in enumerate(terms) if _tells(term)]
    parts = [part for parts in called for part in parts]
    rows = parts[0].union(*parts[1:], all=True) if parts else ()
    for at, letter, key in rows:
        found[at].append(f"'#{letter}{key}'")
    return [_named(viewer, term, marks) for term, marks in zip(terms, found, strict=True)]


def _named(viewer: Viewer, term: str, marks: list[str]) -> Named:
    """Return what a term names: areas and posts by a filter where there are more than a few of them."""
    said = (*_categories(term), *_states(term))
    return Named((*said, *marks), Q()) if len(marks) <= FEW else Named(said, _lying(viewer, term))


def _tells(term: str) -> bool:
    """Say whether a term is looked for in names: not a single letter or digit, which half of them hold."""
    return len(term) > 1 or not term.isascii()


def _called(viewer: Viewer, at: int, term: str) -> tuple[QuerySet[Any, Any], QuerySet[Any, Any]]:
    """Return the areas and the posts of a name, by which term, each one more than a few at most."""
    areas, posts = _areas(viewer, term), _posts(viewer, term)
    return _marked(areas, at, "a"), _marked(posts, at, "o")


def _marked(rows: QuerySet[Any], at: int, letter: str) -> QuerySet[Any, Any]:
    columns = Value(at), Value(letter, output_field=CharField()), F("pk")
    return rows.order_by("pk").values_list(*columns)[: FEW + 1]


def _areas(viewer: Viewer, term: str) -> QuerySet[Area]:
    return Area.objects.filter(_met(viewer), name__icontains=term)


def _posts(viewer: Viewer, term: str) -> QuerySet[Post]:
    return Post.objects.filter(_met(viewer, "area__"), name__icontains=term)


def _met(viewer: Viewer, way: str = "") -> Q:
    """Return the filter of what lies in the areas of one's appointments, or holds one of them."""
    scopes = (*viewer.holding("matter.see"), *viewer.holding("matter.handle"))
    if viewer.system or any(scope.level in WHOLE for scope in scopes):
        return Q()
    own = {scope.area for scope in scopes}
    around = Q()
    for column in LINE:
        around |= Q(**{f"{way}pk__in": Area.objects.filter(pk__in=own).values(column)})
    return inside(own, way) | around


def _lying(viewer: Viewer, term: str) -> Q:
    """Return the filter of matters that lie in an area of a name, or are owned by a post of it."""
    areas = _areas(viewer, term).values("pk")
    found = Q(owner__in=_posts(viewer, term).values("pk"))
    for column in SHOWN:
        found |= Q(**{f"{column}__in": areas})
    return found


def _categories(term: str) -> Iterator[str]:
    said = language()
    for top in profile().categories:
        for category in (top, *top.children):
            if term.casefold() in category.name.in_language(said).casefold():
                yield f"'#c{category.code}'"


def _states(term: str) -> Iterator[str]:
    for kind in kinds_of_matters():
        for state in kind.states:
            if term.casefold() in state_label(kind.code, state.code).casefold():
                yield f"('#k{kind.code}' & '#s{state.code}')"
