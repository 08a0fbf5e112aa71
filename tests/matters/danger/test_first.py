"""What was answered with a yes to danger stands before everything else, for whoever may see it (P4)."""

import pytest

from shige.matters.danger import Answers
from shige.matters.filing.commands.filing import file_matter
from shige.matters.handling.commands.handling import take
from shige.matters.handling.queries.detail import matter_detail
from shige.matters.models import Matter
from shige.matters.sealing.queries import endangered
from shige.trust.gate import PUBLIC
from tests.matters.handling.test_pages import signed_in
from tests.matters.town import Town, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]

WORDS = "楼上有动静"
TRAINED = "service_centre"


def filed(town: Town, **answers: object) -> Matter:
    """File a matter with some answers."""
    given = report(WORDS, category="05.4", place=town.place("micro"), answers=Answers(**answers))  # type: ignore[arg-type]
    return file_matter(PUBLIC, given).matter


@pytest.mark.parametrize("answers", [{"danger": "yes"}, {"danger": "cannot_talk"}, {"hurt": True}])
@pytest.mark.parametrize("page", ["/office/", "/office/matters/", "/office/board/", "/office/desk/"])
def test_it_stands_first_with_a_mark_and_without_words(
    town: Town, answers: dict[str, object], page: str
) -> None:
    for _ in range(3):
        file_matter(PUBLIC, report("路灯不亮", category="02.1", place=town.place("micro")))
    number = filed(town, **answers).number
    said = signed_in(town, TRAINED).get(page).content.decode()
    first = said[said.index("有人正处于危险") :]
    assert number in first[: first.index("</section>")] and WORDS not in said
    for other in Matter.objects.exclude(number=number):
        assert other.number not in said[: said.index(number)]


def test_it_is_for_nobody_who_may_not_see_it(town: Town) -> None:
    filed(town, danger="yes")
    for who in ("micro_worker", "community_chief", "street_officer", "street_leader"):
        assert not endangered(town.viewer(who)), who
        assert "有人正处于危险" not in signed_in(town, who).get("/office/").content.decode()


def test_once_somebody_has_taken_it_it_waits_by_its_date(town: Town) -> None:
    number = filed(town, danger="yes").number
    take(town.viewer(TRAINED), number)
    assert not endangered(town.viewer(TRAINED))
    found = matter_detail(town.viewer(TRAINED), number)
    assert found and "endangered" in f"{found.history}"


@pytest.mark.parametrize("answers", [{}, {"danger": "none"}])
def test_what_nobody_answered_with_yes_is_not_among_them(town: Town, answers: dict[str, object]) -> None:
    given = report("他又动手打我了", place=town.place("micro"), answers=Answers(**answers))  # type: ignore[arg-type]
    file_matter(PUBLIC, given)
    assert Matter.objects.get().sealed and not endangered(town.viewer(TRAINED))


def test_a_hazard_in_sight_is_not_among_them(town: Town) -> None:
    given = report("楼道里有煤气味", place=town.place("micro"), answers=Answers(danger="yes"))
    file_matter(PUBLIC, given)
    assert not Matter.objects.get().sealed and not endangered(town.viewer(TRAINED))
