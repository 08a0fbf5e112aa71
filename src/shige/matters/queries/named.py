"""What a line of the list shows by name (category, state, grid, owner), found by a part of the name."""

from collections.abc import Iterator
from typing import Any, Final

from django.db.models import CharField, Q, QuerySet, Value

from shige.territory.models import Area
from shige.trust.jurisdiction import language, profile
from shige.trust.models import Post

from ..workflow import kinds_of_matters, state_label

MOST: Final = 40
"""Areas and posts of a name that are looked for: who means more of them narrows by the filter."""

SHORTEST: Final = 2
"""Characters of a name of an area or a post; a single one stands in half of them."""


def marks_named(terms: list[str]) -> dict[str, list[str]]:
    """Return, for each part of a search, the marks of what is called so; at most one statement."""
    found = {term: [*_categories(term), *_states(term)] for term in terms}
    long = [term for term in terms if len(term) >= SHORTEST]
    if long:
        rows = _called(Area.objects.order_by("pk"), "a", long).union(
            _called(Post.objects.order_by("pk"), "o", long), all=True
        )
        for letter, key, name in rows:
            for term in long:
                if term.casefold() in name.casefold():
                    found[term].append(f"'#{letter}{key}'")
    return found


def _called(rows: QuerySet[Area] | QuerySet[Post], letter: str, terms: list[str]) -> QuerySet[Any, Any]:
    named = Q()
    for term in terms:
        named |= Q(name__icontains=term)
    return rows.filter(named).values_list(Value(letter, output_field=CharField()), "pk", "name")[:MOST]


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
