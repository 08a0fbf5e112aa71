"""A complaint about whoever runs the whole area is not theirs: somebody independent answers (P3)."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from shige.matters.confirmation.commands.answers import add_words
from shige.matters.danger import Answers, above
from shige.matters.filing.commands.filing import file_matter
from shige.matters.models import Matter
from shige.matters.workflow.actors import seen_by
from shige.profile import load
from shige.trust.gate import PUBLIC
from shige.trust.models import Person, Post
from shige.trust.queries import messages_for
from tests.matters.town import Town, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]

NAMED = "区网格中心的欧阳建国乱收费，态度恶劣"
BY_NAME = "欧阳建国收了我两千块钱才办事"
BY_OFFICE = "区网格中心主任收了我的钱还骂人"
ABOUT = [(words, category) for words in (NAMED, BY_NAME, BY_OFFICE) for category in ("11.4", None)]


@pytest.fixture
def head(town: Town) -> Person:
    """Whoever holds the district's centre, under a name that people know."""
    Person.objects.filter(pk=town.persons["district_centre"].pk).update(service_name="欧阳建国")
    return town.persons["district_centre"]


@pytest.fixture
def discipline(town: Town, head: Person) -> Post:
    """Let the independent department serve in the district."""
    return town.appoint("discipline", "department", "district", "discipline")


@pytest.mark.parametrize(("words", "category"), ABOUT)
@pytest.mark.usefixtures("discipline")
def test_it_goes_to_the_independent_department_and_out_of_sight_of_the_centre(
    town: Town, words: str, category: str | None
) -> None:
    matter = file_matter(PUBLIC, report(words, category=category, place=town.place("micro"))).matter
    assert (town.owner(matter), matter.sealed) == ("discipline", 2)
    centre = town.viewer("district_centre")
    assert not Matter.objects.filter(seen_by(centre)).exists() and not messages_for(centre)
    assert Matter.objects.filter(seen_by(town.viewer("discipline"))).exists()


@pytest.mark.usefixtures("discipline")
def test_an_answer_that_it_is_about_staff_suffices(town: Town) -> None:
    given = report(
        "区网格中心不理人",
        category="11.2",
        place=town.place("micro"),
        answers=Answers(about_staff="worker"),
    )
    assert town.owner(file_matter(PUBLIC, given).matter) == "discipline"


@pytest.mark.parametrize(("words", "category"), ABOUT)
@pytest.mark.usefixtures("head")
def test_without_one_nothing_is_filed_and_it_says_whom_to_call(
    town: Town, words: str, category: str | None
) -> None:
    with pytest.raises(ValidationError, match="12388"):
        file_matter(PUBLIC, report(words, category=category, place=town.place("micro")))
    assert not Matter.objects.exists()


@pytest.mark.usefixtures("head")
def test_the_api_says_so_too(town: Town) -> None:
    sent = {"text": BY_NAME, "address": "玉兰路1号"}
    answer = Client().post("/api/v1/public/matters", sent, content_type="application/json")
    assert answer.status_code == 422 and "12388" in answer.content.decode() and not Matter.objects.exists()


@pytest.mark.usefixtures("discipline")
def test_what_is_said_of_them_later_is_kept_from_them_too(town: Town) -> None:
    filed = file_matter(PUBLIC, report("街道干部收钱", category="11.4", place=town.place("micro")))
    add_words(PUBLIC, filed.tracking_code, BY_NAME)
    assert {town.owner(matter) for matter in Matter.objects.exclude(pk=filed.matter.pk)} == {"discipline"}
    assert Matter.objects.filter(seen_by(town.viewer("district_centre"))).count() <= 1


@pytest.mark.usefixtures("discipline")
def test_other_complaints_go_where_they_went(town: Town) -> None:
    here = town.place("micro")
    matter = file_matter(
        PUBLIC, report("微网格员态度恶劣", category="11.3", place=town.place("micro"))
    ).matter
    assert town.owner(matter) == "service_centre"
    for words in ("社区领导态度恶劣", "网格员对小区长期不管，态度恶劣", "社区网格中心的人骂人"):
        filed = file_matter(PUBLIC, report(words, category="11.3", place=here)).matter
        assert town.owner(filed) in ("service_centre", "district_centre"), words
    lamp = file_matter(PUBLIC, report("区网格中心门口路灯不亮", category="02.1", place=here)).matter
    assert lamp.sealed == 0


def test_the_other_profile_names_an_independent_department_and_whom_to_call(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rules = load("generic")
    monkeypatch.setattr(above, "profile", lambda: rules)
    assert rules.guard.independent in {department.code for department in rules.departments}
    assert "733" in above.nobody_above() and "12388" not in above.nobody_above()
    assert any(word in "the mayor took money" for word in rules.guard.highest)
