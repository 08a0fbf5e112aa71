"""What everybody may read of a matter: an office's own words, of nobody, of what is for the public."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from shige.matters import clock
from shige.matters.confirmation.commands.answers import confirm
from shige.matters.filing.commands.filing import file_matter
from shige.matters.handling.commands.handling import solve, take
from shige.matters.models import Matter, Summary
from shige.matters.models.follower import Follower
from shige.matters.neighbours.commands import join, leave
from shige.matters.neighbours.queries.followed import tracked
from shige.matters.neighbours.queries.known import Known, known_nearby
from shige.matters.own_data.commands.retention import clear
from shige.matters.report import Filed, Place
from shige.matters.summaries.commands import release
from shige.matters.summaries.queries import solved_cases
from shige.territory.models import Building
from shige.trust.gate import PUBLIC, SYSTEM
from shige.trust.jurisdiction import profile
from tests.matters.handling.test_pages import signed_in
from tests.matters.importing.test_commands import brought_in, hotline

from ..town import Town, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]

WORDS, RESULT = "楼前路灯不亮", "更换了两盏灯"


def filed(town: Town, category: str = "02.1", words: str = "三单元灯坏了") -> Filed:
    """File a matter at a house of many doors."""
    place = Place(building=town.buildings["micro"].pk)
    return file_matter(PUBLIC, report(words, place=place, category=category))


def known(town: Town, north: float = 0.0) -> Known:
    """Return the only known matter, as seen from some metres north of the house."""
    house = town.buildings["micro"]
    place = Place(lon=house.lon, lat=house.lat + north / 111_320) if north else Place(building=house.pk)
    (one,) = known_nearby("02.1", place)
    return one


def test_a_neighbour_reads_the_summary_that_the_office_wrote(town: Town) -> None:
    found = filed(town)
    assert known(town).summary == ""
    release(town.viewer("community_chief"), found.matter.number, WORDS)
    assert known(town).summary == WORDS
    release(town.viewer("community_chief"), found.matter.number, "")
    assert known(town).summary == "" and not Summary.objects.exists()


@pytest.mark.parametrize(
    "words", ["王师傅家门口灯坏了", "3单元502室灯坏了", "川A12345挡路", "电话13812345678"]
)
def test_a_summary_that_points_to_somebody_is_refused(town: Town, words: str) -> None:
    found = filed(town)
    for given in ((words, ""), (WORDS, words)):
        with pytest.raises(ValidationError):
            release(town.viewer("community_chief"), found.matter.number, *given)
    assert not Summary.objects.exists()


@pytest.mark.parametrize("post", ["micro_worker", "fulltime_worker", "community_chief2"])
def test_only_the_office_that_dispatches_there_releases_one(town: Town, post: str) -> None:
    with pytest.raises(PermissionDenied):
        release(town.viewer(post), filed(town).matter.number, WORDS)


@pytest.mark.parametrize("category", ["04.2", "05.6", "11.3"])
def test_nothing_guarded_is_published(town: Town, category: str) -> None:
    found = filed(town, category)
    with pytest.raises((ValidationError, PermissionDenied)):
        release(town.viewer("service_centre"), found.matter.number, WORDS, RESULT)
    page = signed_in(town, "street_officer").get(f"/office/matters/{found.matter.number}/")
    assert "id_summary_words" not in page.content.decode()


def test_a_case_is_shown_once_its_reporter_says_that_it_is_solved(town: Town) -> None:
    found = filed(town)
    release(town.viewer("community_chief"), found.matter.number, WORDS, RESULT)
    take(SYSTEM, found.matter.number)
    solve(SYSTEM, found.matter.number, "王师傅换的")
    assert solved_cases() == []
    confirm(PUBLIC, found.tracking_code)
    (case,) = solved_cases()
    assert (case.words, case.result, case.community) == (WORDS, RESULT, town.areas["east"].name)
    assert "三单元" not in repr(case) and "王师傅" not in repr(case) and found.matter.number not in repr(case)
    Matter.objects.update(confidential=True, words="")
    assert solved_cases() == []


def test_what_another_system_noted_as_confirmed_is_no_solved_case(town: Town) -> None:
    done = brought_in(town, hotline(town))["02.1"]
    assert (done.state, done.rating) == ("closed", 5)
    Matter.objects.filter(pk=done.pk).update(closed_at=clock.now())
    release(SYSTEM, done.number, WORDS, RESULT)
    assert solved_cases() == []


def test_a_case_that_lapsed_or_has_no_result_is_not_shown(town: Town) -> None:
    found = filed(town)
    release(town.viewer("community_chief"), found.matter.number, WORDS)
    take(SYSTEM, found.matter.number)
    solve(SYSTEM, found.matter.number, "换好了")
    confirm(PUBLIC, found.tracking_code)
    assert solved_cases() == []
    release(town.viewer("community_chief"), found.matter.number, WORDS, RESULT)
    assert len(solved_cases()) == 1
    Matter.objects.update(state="unconfirmed")
    assert solved_cases() == []


def test_what_is_cleared_takes_its_summary_along(town: Town) -> None:
    found = filed(town)
    release(town.viewer("community_chief"), found.matter.number, WORDS, RESULT)
    clear(SYSTEM, Matter.objects.get(), place=False)
    assert not Summary.objects.exists()


def test_the_distance_is_told_in_tens_and_not_to_a_home_of_few(town: Town) -> None:
    """P8: who may ask for the distance from anywhere finds the house."""
    filed(town)
    assert [known(town, north).metres for north in (0, 24, 45)] == [0, 0, 50]
    Building.objects.filter(pk=town.buildings["micro"].pk).update(households=2, shops=0)
    assert [known(town, north).metres for north in (0, 24, 45)] == [None, None, None]


def test_followers_are_told_from_the_profiles_number_on(town: Town) -> None:
    filed(town)
    house = Place(building=town.buildings["micro"].pk)
    for number in range(profile().suppress_under):
        assert known(town).followers is None
        join(PUBLIC, "02.1", house, known(town).reference, f"form {number}")
    assert known(town).followers == profile().suppress_under


def test_whoever_joins_keeps_their_words_and_the_office_reads_them(town: Town) -> None:
    found = filed(town)
    house = Place(building=town.buildings["micro"].pk)
    made = join(PUBLIC, "02.1", house, known(town).reference, "form", "四单元也黑，电话13812345678")
    step = found.matter.steps.get(action="joined_says")
    assert "四单元也黑" in step.said and "13812345678" not in step.said and step.note == ""
    elsewhere, reporter = tracked(made.tracking_code), tracked(found.tracking_code)
    assert elsewhere and elsewhere.words == "" and reporter and "四单元" not in repr(reporter)
    assert Follower.objects.get().words.startswith("四单元也黑")
    leave(PUBLIC, made.tracking_code)
    assert not Follower.objects.exists()


def test_the_page_takes_the_summary_and_says_what_is_wrong_with_one(town: Town) -> None:
    number = filed(town).matter.number
    client = signed_in(town, "community_chief")
    refused = client.post(f"/office/matters/{number}/summary/", {"words": "王师傅家"})
    assert refused.status_code == 422 and "王师傅" in refused.content.decode()
    assert client.post(f"/office/matters/{number}/summary/", {"words": WORDS}).status_code == 302
    assert WORDS in client.get(f"/office/matters/{number}/").content.decode()
    worker = signed_in(town, "micro_worker")
    assert worker.post(f"/office/matters/{number}/summary/", {"words": WORDS}).status_code == 403
