"""A name that somebody typed stands in an element of its own on every page: it turns nothing around it."""

from html.parser import HTMLParser
from typing import Final

import pytest

from shige.matters import clock
from shige.matters.filing.commands.relay import relay_matter
from shige.matters.handling.commands.handling import solve, take
from shige.trust.models import Person
from tests.matters.handling.test_pages import signed_in
from tests.matters.town import WEDNESDAY, build, report

from .test_unseen import walk

RIGHT_TO_LEFT: Final = "\u0639\u0644\u064a"
"""A name that is written from right to left: without ``<bdi>`` it turns the figures beside it."""

OPEN_ENDED: Final = frozenset(("meta", "link", "input", "br", "img", "hr", "path", "col", "source", "wbr"))
PLAIN: Final = frozenset(("bdi", "title", "option", "textarea", "script", "style"))
"""Where a name stands apart, or where no element may stand."""


class Names(HTMLParser):
    """Collects the names of a page that stand in the open, with the elements around them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.above: list[str] = []
        self.loose: list[str] = []
        self.seen = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Go into an element."""
        if tag not in OPEN_ENDED:
            self.above.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Leave an element, and what was left open in it."""
        if tag in self.above:
            while self.above.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Look at the text between two tags."""
        if RIGHT_TO_LEFT not in data:
            return
        self.seen += 1
        if not PLAIN.intersection(self.above):
            self.loose.append(f"{' > '.join(self.above[-4:])}: {data.strip()[:80]}")


def test_the_measure_tells_a_loose_name_from_one_that_stands_apart() -> None:
    assert Names(f"<p>{RIGHT_TO_LEFT} 5</p>").loose
    assert not Names(f"<p><br><bdi>{RIGHT_TO_LEFT}</bdi> 5</p><option>{RIGHT_TO_LEFT}</option>").loose


@pytest.mark.long
@pytest.mark.django_db
@pytest.mark.parametrize("who", ["street_officer", "community_chief", "micro_worker", "service_centre"])
def test_every_name_on_every_page_that_can_be_reached_stands_apart(who: str) -> None:
    town = build()
    for person in Person.objects.all():
        Person.objects.filter(pk=person.pk).update(service_name=f"{RIGHT_TO_LEFT} {person.pk}")
    given = report(
        place=town.place("micro"), category="02.1", name=RIGHT_TO_LEFT, phone="13812345678", consent=True
    )
    with clock.at(WEDNESDAY):
        filed = relay_matter(town.viewer("community_chief"), given).matter
        owner = town.viewer(town.owner(filed))
        take(owner, filed.number)
        solve(owner, filed.number, "换了灯泡")
    pages = {path: Names(text) for path, text in walk(signed_in(town, who)).items()}
    assert sum(page.seen for page in pages.values()) > 10, "the walk meets names"
    assert {path: page.loose for path, page in pages.items() if page.loose} == {}
