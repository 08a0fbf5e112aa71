"""Numbers of a page that lead somewhere, and how much stands behind each."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urljoin

from django.test.html import Element, parse_html

NUMBER: Final = re.compile(r"\D{0,6}(\d+)\D{0,6}")
MAIN: Final = re.compile(r"<main.*?</main>", re.DOTALL)
NOISE: Final = re.compile(r"<script.*?</script>|<svg.*?</svg>", re.DOTALL)
MOST_PAGES: Final = 60

Opened = Callable[[str], str]
"""Open an address and return what it shows."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A number on a page and the address behind it."""

    page: str
    label: str
    number: int
    address: str


def main_of(text: str) -> Element:
    """Return the main part of a page."""
    found = MAIN.search(text)
    assert found, "a page without a main part"
    return parse_html(NOISE.sub("", found[0]))


def walked(element: Any, above: tuple[Element, ...] = ()) -> Iterator[tuple[Element, tuple[Element, ...]]]:
    """Yield every element with those around it."""
    if not isinstance(element, str):
        yield element, above
        for child in element.children:
            yield from walked(child, (*above, element))


def attribute(element: Element, name: str) -> str:
    """Return what an element says by an attribute."""
    return str(dict(element.attributes).get(name) or "")


def has(element: Element, name: str) -> bool:
    """Say whether an element bears an attribute."""
    return any(given == name for given, *_ in element.attributes)


def said_in(element: Any) -> str:
    """Return the words of an element."""
    if isinstance(element, str):
        return element
    return " ".join("".join(f" {said_in(child)}" for child in element.children).split())


def numbers_in(page: str, text: str) -> Iterator[Counted]:
    """Yield the numbers of a page that are links: figures above it, amounts of tables, lines of a tally."""
    for link, above in walked(main_of(text)):
        if link.name != "a" or not attribute(link, "href"):
            continue
        classes = {name for one in (*above, link) for name in attribute(one, "class").split()}
        inside = [one for one, _ in walked(link) if "value" in attribute(one, "class") or one.name == "b"]
        said = re.sub(r"^(\d+) .*", r"\1", said_in(inside[0])) if inside else said_in(link)
        found = NUMBER.fullmatch(said) if {"figure", "amount", "tally"} & classes else None
        if found or said.isdecimal():
            label = next((tag for one in above if (tag := attribute(one, "data-label"))), said_in(link))
            yield Counted(
                page, label, int(found[1] if found else said), urljoin(page, attribute(link, "href"))
            )


def behind(opened: Opened, address: str) -> int:
    """Return how many lines an address lists, page by page; of a part of a page those of that part."""
    path, _, part = address.partition("#")
    count = 0
    for _turn in range(MOST_PAGES):
        elements = list(walked(main_of(opened(path))))
        if part:
            elements = [
                (one, above)
                for one, above in elements
                if any(attribute(outer, "id") == part for outer in (one, *above))
                or any(attribute(outer, "aria-labelledby") == part for outer in (one, *above))
            ]
        rows = [one for one, _ in elements if has(one, "data-row")]
        count += len(rows)
        ahead = [attribute(one, "href") for one, _ in elements if attribute(one, "rel") == "next"]
        if not ahead or part:
            return count
        path = urljoin(path, ahead[0])
    raise AssertionError(f"{address} has no end")
