"""Every number of every page opens exactly what it counts, for each role (R22, R28)."""

from datetime import timedelta
from typing import Final

import pytest
from django.test import Client

from shige.matters import clock
from shige.matters.confirmation.commands.answers import confirm, say_not_solved
from shige.matters.filing.commands.filing import file_matter
from shige.matters.handling.commands.handling import solve, take
from shige.matters.handling.commands.transfer import lead, refuse_duty
from shige.trust.gate import PUBLIC
from tests.matters.handling.test_pages import signed_in
from tests.matters.town import OUTSIDE, WEDNESDAY, Town, report
from tests.project.numbers import Counted, behind, main_of, numbers_in, said_in
from tests.project.test_unseen import LEFT_OUT, LINK, settle

pytestmark = [pytest.mark.django_db, pytest.mark.long]

ROLES: Final = (
    "micro_worker", "fulltime_worker", "community_chief", "street_officer", "service_centre",
    "street_leader", "district_centre", "department", "party_overseer",
)  # fmt: skip
PAGES: Final = ("/office/", "/figures/", "/health/", "/team/", "/redline/", "/office/tasks/", "/messages/")
NUMBERS: Final = {"street_officer": 60, "service_centre": 60, "community_chief": 30, "micro_worker": 5}
"""At least so many numbers a role must have met, or the walk proves nothing."""
EACH: Final = 6
"""Pages of one kind that a walk opens."""


@pytest.fixture
def lively(town: Town) -> Town:
    """Let matters of every kind stand in every state: late, due, reopened, rated, outside, sealed."""
    for grid in ("micro", "micro2", "micro3", "tower"):
        for turn, category in enumerate(("01.1", "03.1", "05.4", "10.1", "11.3", "05.6")):
            with clock.at(WEDNESDAY + timedelta(hours=turn)):
                file_matter(PUBLIC, report("楼道里有情况", category=category, place=town.place(grid)))
    with clock.at(WEDNESDAY + timedelta(days=2)):
        file_matter(PUBLIC, report(place=OUTSIDE))
        chief = town.viewer("community_chief")
        for stars in (5, 2, 0, 0, 0):
            filed = file_matter(PUBLIC, report("灯坏了", category="02.1", place=town.place("micro")))
            take(chief, filed.matter.number)
            solve(chief, filed.matter.number, "换了灯")
            if stars:
                confirm(PUBLIC, filed.tracking_code, stars)
        say_not_solved(PUBLIC, filed.tracking_code, "还是不亮")
        opened = file_matter(PUBLIC, report(category="10.1", place=town.place("micro")))
        lead(town.viewer("street_leader"), opened.matter.number, "周五到场")
        filed = file_matter(PUBLIC, report(category="01.1", place=town.place("micro")))
        refuse_duty(town.viewer("fulltime_worker"), filed.matter.number, "不在清单")
        town.vacate("micro_worker3")
    town.appoint("party_overseer", "party_overseer", "street")
    return town


def walk(client: Client) -> list[Counted]:
    """Return the numbers of the pages that can be reached by links, some of each kind."""
    ahead, seen, kinds, found = [*PAGES], set[str](), dict[str, int](), list[Counted]()
    while ahead:
        path = ahead.pop(0).replace("&amp;", "&")
        kind = path.split("?")[0].rstrip("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-/")
        kind += str(path.count("/")) + path[:14]
        if path in seen or path.startswith(LEFT_OUT) or kinds.get(kind, 0) >= EACH:
            continue
        seen.add(path)
        kinds[kind] = kinds.get(kind, 0) + 1
        answer = client.get(path)
        if answer.status_code != 200 or answer.streaming or "html" not in answer["Content-Type"]:
            continue
        text = answer.content.decode()
        if "<main" in text:
            found += numbers_in(path, text)
        ahead += LINK.findall(text)
    return found


@pytest.mark.parametrize("who", ROLES)
def test_every_number_opens_exactly_what_it_counts(lively: Town, who: str) -> None:
    with clock.at(WEDNESDAY + timedelta(days=4)):  # a Sunday
        settle()
        client = signed_in(lively, who)
        pages: dict[str, str] = {}

        def opened(path: str) -> str:
            if path not in pages:
                pages[path] = client.get(path).content.decode()
            return pages[path]

        found = {(one.number, one.address): one for one in walk(client)}
        wrong = [
            (one, listed) for one in found.values() if (listed := behind(opened, one.address)) != one.number
        ]
    assert len(found) >= NUMBERS.get(who, 0)
    assert wrong == []


def test_whoever_reads_aggregates_only_has_numbers_without_lists(lively: Town) -> None:
    """R10: an overseer reads the figures as text, and no list stands behind them."""
    with clock.at(WEDNESDAY + timedelta(days=4)):
        settle()
        page = signed_in(lively, "party_overseer").get("/figures/").content.decode()
    assert not list(numbers_in("/figures/", page)) and said_in(main_of(page))
