"""What a list is narrowed to: each choice as a filter, as a mark among the search words, as what leads."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import Final

from django.db.models import Q
from django.db.models.functions import Reverse
from django.utils import timezone

from shige.language.bigrams import bigrams
from shige.profile import GUARDED
from shige.territory.grids.queries.compounds import buildings_of_compound
from shige.territory.models import Area
from shige.trust.gate import COLUMNS, Viewer
from shige.trust.jurisdiction import profile
from shige.trust.models import Post

from ...categories import placed
from ...models import Matter
from ...visibility.seen import EVERYTHING, NARROWNESS, Part, owned_by, parts_seen
from ...workflow.actors import own_posts, seen_by
from ...workflow.workflows import ORDINARY, workflow_of
from .circumstances import in_circumstance
from .named import named
from .rows import late

OPEN, DONE, ALL = "open", "done", "all"

SEARCH_LIMIT: Final = 60
"""Characters of a search."""

MOST_LEADS: Final = 8
"""Posts whose matters are read one after the other; more of them are a filter."""

NARROW: Final = frozenset({"general", "micro", "exclusive", "owner"})
"""Levels whose marks are always worth asking for: that of a wider area stands at too many matters."""

PART: Final = 4
"""Digits of a number that are enough to find what bears it."""

MOST_CALLED: Final = 200
"""Matters that are named by their keys; where more are called so, a list soon meets some of them."""

ABOVE_GRIDS: Final = frozenset({"province", "city", "district", "street"})

OUTSIDE: Final[Mapping[str, Q]] = {
    "district": Q(district=None),
    "street": Q(street=None),
    "community": Q(community=None, leaf=None),
    "general": Q(general=None, leaf=None),
    "leaf": Q(leaf=None),
}
"""What lies in no area of a level; an exclusive grid stands beside the general ones, as it lies in none."""

Box = tuple[float, float, float, float]
Keys = tuple[int, int]


@dataclass(frozen=True, slots=True)
class MatterFilter:
    """What a list is narrowed to; ``state`` is one of the states, or ``open``, ``done``, ``all``.

    ``category`` is the code of a category with those below it, or with a point at its end of itself alone.
    ``circumstance`` is one of ``circumstances``, ``outside`` a level of ``OUTSIDE``.
    ``since`` and ``until`` are days of reporting, both included.
    ``compound`` is one of an oversized compound's parts: what is confidential is never found by it.
    ``within`` is a part of the map (west, south, east, north): what is confidential is never found by it.
    ``imported`` are the first and the last key of what one import has brought in.
    """

    state: str = OPEN
    text: str = ""
    tier: str = ""
    category: str = ""
    kind: str = ""
    grid: int | None = None
    owner: int | None = None
    department: str = ""
    late: bool = False
    mine: bool = False
    confidential: bool = False
    led: bool = False
    circumstance: str = ""
    outside: str = ""
    compound: int | None = None
    since: date | None = None
    until: date | None = None
    within: Box | None = None
    imported: Keys | None = None


@dataclass(frozen=True, slots=True)
class Lead:
    """What is read in order, what else must hold of it, and the marks of both as far as they are narrow."""

    first: Q
    also: Q
    marks: str


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A choice made ready: the matters of any lead to which ``filters`` apply.

    ``marks`` are parts of a query of PostgreSQL's search that every line answers; ``text`` says whether
    words are among them, which only the table knows. ``opened`` are the values of ``open`` to be read.
    """

    leads: tuple[Lead, ...]
    filters: Q
    marks: tuple[str, ...]
    text: bool
    opened: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A choice apart from who looks: parts of which a matter lies in one each, filters, marks."""

    choices: list[list[Part]]
    filters: Q
    marks: list[str]
    text: bool
    opened: tuple[bool, ...]


def narrowed(viewer: Viewer, chosen: MatterFilter) -> Narrowed:
    """Make a choice ready; one statement each where a grid, or a department, is chosen."""
    asked = _asked(viewer, chosen)
    each = _each_with_each([list(parts_seen(viewer)), *asked.choices])
    leads = tuple(_lead(parts) for parts in each if _agree(parts))
    return Narrowed(leads, asked.filters, tuple(asked.marks), asked.text, asked.opened)


def condition(viewer: Viewer, chosen: MatterFilter) -> Q:
    """Return a choice as one filter beside that of what ``viewer`` sees: what a list holds, to be counted."""
    asked = _asked(viewer, chosen)
    found = asked.filters & answers(asked.marks if asked.text else ())
    for parts in asked.choices:
        found &= reduce(or_, (part.here for part in parts), Q(pk__in=[]))
    return found if len(asked.opened) > 1 else found & Q(open__in=asked.opened)


def _asked(viewer: Viewer, chosen: MatterFilter) -> Asked:
    """Make ready what is asked; a text without any word finds nothing, as one whose words nothing holds."""
    filters, marks = _plain(chosen)
    choices: list[list[Part]] = []
    if chosen.grid is not None:
        grids = _grid(chosen.grid)
        choices.append(grids)
        marks += [grid.mark for grid in grids]
        if any(grid.level not in ABOVE_GRIDS for grid in grids):
            filters &= ~Q(kind=GUARDED)  # its place is found by no filter (P4)
    for posts in _posts(viewer, chosen):
        if len(posts) <= MOST_LEADS:
            choices.append([owned_by(post) for post in posts])
        else:
            filters &= Q(owner__in=posts)
            marks.append("(" + " | ".join(owned_by(post).mark for post in posts) + ")")
    words, named_so = _by_words(viewer, chosen.text)
    filters &= named_so
    if chosen.circumstance:
        filters &= in_circumstance(viewer, chosen.circumstance)
    if wordless(chosen.text):
        choices.append([])
    opened = tuple(open for open in opened_by(chosen.state) if open or not chosen.late)
    return Asked(choices, filters, [*marks, *words], bool(words or named_so), opened)


def _by_words(viewer: Viewer, text: str) -> tuple[list[str], Q]:
    """Return what a search asks for, as marks and as a filter beside them.

    A place that is searched for must not find violence or a complaint: its number does (P3, P4).
    """
    words, besides = words_in(viewer, text)
    if not (words or besides):
        return [], Q()
    named_so = Q(number=text.strip())
    if called := called_so(viewer, text):
        named_so |= called
        held = besides & Q(search__answers=" & ".join(words)) if words else besides
        words, besides = [], called | held
    return words, (placed() | named_so) & besides


def called_so(viewer: Viewer, text: str) -> Q | None:
    """Return a filter for matters that another system calls so, None where ``viewer`` sees none.

    Of a number here or elsewhere also its beginning or its end is enough, from ``PART`` digits on.
    """
    number = text.strip()
    digits = sum(map(str.isdigit, number))
    if not digits:
        return None
    elsewhere = ~Q(foreign_number="")
    called = elsewhere & Q(foreign_number=number)
    if digits >= PART:
        called |= Q(number__startswith=number) | Q(backwards__startswith=number[::-1])
        called |= elsewhere & Q(foreign_number__startswith=number)
        called |= elsewhere & Q(foreign_backwards__startswith=number[::-1])
    ways = {"backwards": Reverse("number"), "foreign_backwards": Reverse("foreign_number")}
    seen = Matter.objects.filter(seen_by(viewer)).alias(**ways).filter(called)
    keys = list(seen.order_by().values_list("pk", flat=True)[: MOST_CALLED + 1])
    if len(keys) > MOST_CALLED:
        return Q(pk__in=seen.values("pk"))
    return Q(pk__in=keys) if keys else None


def words_in(viewer: Viewer, text: str) -> tuple[list[str], Q]:
    """Return what a search asks for, as marks and as a filter that holds beside them.

    Each part of it stands among the words, or a name on the line holds it. A single Chinese character also
    finds the pairs that it begins. A part that names many areas is a filter, the others are marks.
    """
    terms = {term: words for term in text.split() if (words := _words(term))}
    marks, besides = [], Q()
    for words, found in zip(terms.values(), named(viewer, list(terms)), strict=True):
        either = f"({' | '.join((f'({words})', *found.marks))})" if found.marks else words
        if found.besides:
            besides &= Q(search__answers=either) | found.besides
        else:
            marks.append(either)
    return marks, besides


def _words(term: str) -> str:
    words = (f"'{word}'" + ("" if word.isascii() or len(word) > 1 else ":*") for word in bigrams(term))
    return " & ".join(words)


def wordless(text: str) -> bool:
    """Say whether somebody typed something in which no word can be searched for."""
    return bool(text.strip()) and not bigrams(text)


def opened_by(state: str) -> tuple[bool, ...]:
    """Return whether open matters, done ones or both can be in a state, whatever their kind."""
    if state in (OPEN, DONE):
        return (state == OPEN,)
    kinds = [workflow_of(ORDINARY), *profile().workflows]
    phases = {row.phase != "done" for kind in kinds for row in kind.states if row.code == state}
    return tuple(sorted(phases or {True, False}, reverse=True))


def _each_with_each(choices: list[list[Part]]) -> Iterator[tuple[Part, ...]]:
    if not choices:
        yield ()
        return
    for part in choices[0]:
        for others in _each_with_each(choices[1:]):
            yield (part, *others)


def _agree(parts: Iterable[Part]) -> bool:
    """Say whether a matter can lie in all parts: it has one area of a level and one owner."""
    marks: dict[str, str] = {}
    return all(
        marks.setdefault(COLUMNS.get(part.level, part.level), part.mark) == part.mark for part in parts
    )


def _lead(parts: Iterable[Part]) -> Lead:
    """Let the narrowest part lead; the others are filters."""
    ordered = sorted(parts, key=lambda part: NARROWNESS.index(part.level))
    also = Q()
    for part in ordered[:-1]:
        also &= part.here
    marks = dict.fromkeys(part.mark for part in ordered if part.level in NARROW)
    return Lead(ordered[-1].here, also, " & ".join(marks))


def _grid(pk: int) -> list[Part]:
    """Return the area as a part; what is wider than a district is everything, what is not there nothing."""
    level = Area.objects.filter(pk=pk).values_list("level", flat=True).first() or ""
    if level and level not in COLUMNS:
        return [EVERYTHING]
    return [Part(level, Q(**{COLUMNS[level]: pk}), f"'#a{pk}'")] if level in COLUMNS else []


def _posts(viewer: Viewer, chosen: MatterFilter) -> Iterator[list[int]]:
    """Yield the owners to which each choice narrows."""
    if chosen.owner is not None:
        yield [chosen.owner]
    if chosen.mine:
        yield sorted(own_posts(viewer))
    if chosen.department:
        yield sorted(Post.objects.filter(department=chosen.department).values_list("pk", flat=True))


def _plain(chosen: MatterFilter) -> tuple[Q, list[str]]:
    """Return what needs no look-up, as one filter and as marks."""
    filters = Q()
    marks: list[str] = []
    if chosen.state not in (OPEN, DONE, ALL):
        filters, marks = filters & Q(state=chosen.state), [*marks, f"#s{chosen.state}"]
    if chosen.category:
        code = chosen.category
        below = Q() if "." in code else Q(category__startswith=f"{code}.")
        filters &= Q(category=code.removesuffix(".")) | below
        marks.append(f"#c{code.removesuffix('.')}")
    for name, mark in (("tier", "t"), ("kind", "k")):
        if value := getattr(chosen, name):
            filters, marks = filters & Q(**{name: value}), [*marks, f"#{mark}{value}"]
    for name in ("confidential", "led"):
        if getattr(chosen, name):
            filters, marks = filters & Q(**{name: True}), [*marks, f"#{name}"]
    return filters & _by_table(chosen), [quoted(mark) for mark in marks]


def begin_of(day: date) -> datetime:
    """Return the first moment of a day of the jurisdiction."""
    return timezone.make_aware(datetime.combine(day, time.min))


def _by_table(chosen: MatterFilter) -> Q:
    """Return the filters that have no mark."""
    found = late() if chosen.late else Q()
    if chosen.outside:
        found &= OUTSIDE[chosen.outside]
    if chosen.compound is not None:
        found &= Q(confidential=False, building__in=buildings_of_compound(chosen.compound))
    if chosen.since:
        found &= Q(reported_at__gte=begin_of(chosen.since))
    if chosen.until:
        found &= Q(reported_at__lt=begin_of(chosen.until + timedelta(days=1)))
    if chosen.imported:
        found &= Q(pk__range=chosen.imported) & ~Q(foreign_number="")
    if chosen.within:
        west, south, east, north = chosen.within
        found &= Q(confidential=False, lon__range=(west, east), lat__range=(south, north))
    return found


def answers(marks: Iterable[str]) -> Q:
    """Return the filter of what has all marks and words."""
    query = " & ".join(marks)
    return Q(search__answers=query) if query else Q()


def quoted(mark: str) -> str:
    """Write a mark as PostgreSQL's search reads it, whatever is in it."""
    escaped = mark.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
