"""What the independent post has stays with it: whom it may be about neither moves it nor reads it (P3)."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from shige.matters.danger import Answers
from shige.matters.filing.commands.filing import file_matter
from shige.matters.handling.commands.category import sort
from shige.matters.handling.commands.contact import openable
from shige.matters.handling.commands.handling import set_place, take
from shige.matters.handling.commands.transfer import pass_on, pass_up
from shige.matters.handling.queries.detail import matter_detail
from shige.matters.models import Matter
from shige.matters.report import Place
from shige.matters.sealing.commands.guard import release
from shige.matters.workflow.actors import UNREAD, allowed, seen_by
from shige.profile import load
from shige.trust.gate import PUBLIC, Viewer
from shige.trust.models import VaultReading
from tests.matters.program import program_of
from tests.matters.town import WEDNESDAY, Town, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]

BELOW = ("micro_worker", "fulltime_worker", "community_chief", "street_officer", "service_centre")
MOVING = {row.action for table in load("chengdu").workflows for row in table.transitions} - UNREAD
BY_OFFICIALS = [
    ("街道办主任程舒云收开发商钱", None),
    ("综合行政执法局的汪可心向摊贩收钱", None),
    ("街道办主任程舒云收开发商钱", "07.6"),
    ("综合行政执法局的汪可心向摊贩收钱", "04.3"),
    ("他们收了钱", "11.2"),
    ("他们收了钱", "11.3"),
]


@pytest.fixture(autouse=True)
def discipline(town: Town) -> None:
    """Let the independent department serve in the district."""
    town.appoint("discipline", "department", "district", "discipline")


def corrupt(town: Town) -> Matter:
    """File a complaint that the independent post has, with a telephone."""
    given = report("街道干部收钱", category="11.4", place=town.place("micro"), phone="13812345678")
    matter = file_matter(PUBLIC, given).matter
    assert (town.owner(matter), matter.sealed) == ("discipline", 2)
    return matter


def read(town: Town, who: str, matter: Matter) -> None:
    """Put on record that somebody has opened the words."""
    VaultReading.objects.create(
        handle=matter.words_handle, person=town.persons[who], role="x", reason="x", at=WEDNESDAY
    )


@pytest.mark.parametrize("category", ["01.1", "05.4", "11.3", "11.5", "12.5"])
def test_the_district_sorts_nothing_into_its_own_hands(town: Town, category: str) -> None:
    matter, centre = corrupt(town), town.viewer("district_centre")
    with pytest.raises(PermissionDenied):
        sort(centre, matter.number, category, "归类")
    with pytest.raises(PermissionDenied):
        openable(centre, matter.number)
    assert town.owner(Matter.objects.get()) == "discipline"


def test_nor_does_it_by_any_other_action_of_the_table(town: Town) -> None:
    number, centre = corrupt(town).number, town.viewer("district_centre")
    assert not allowed(centre, Matter.objects.get())
    tries = (
        lambda: take(centre, number),
        lambda: pass_on(centre, number, town.posts["district_centre"].pk, "转来"),
        lambda: set_place(centre, number, Place(lon=104.0, lat=30.0)),
    )
    for attempt in tries:
        with pytest.raises(PermissionDenied):
            attempt()
    take(town.viewer("discipline"), number)
    sort(town.viewer("discipline"), number, "01.1")
    read(town, "district_centre", Matter.objects.get())
    with pytest.raises(PermissionDenied):
        release(centre, number, "误报", "01.1")


@pytest.mark.parametrize("action", ["sort", "pass_on", "set_place"])
def test_the_api_refuses_it_as_well(town: Town, action: str) -> None:
    number = corrupt(town).number
    bodies = {
        "sort": {"category": "01.1"},
        "pass_on": {"post": str(town.posts["district_centre"].pk), "note": "转来"},
        "set_place": {"lon": "104.0", "lat": "30.0"},
    }
    program = program_of(town, "district_centre")
    answer = program.post(f"/matters/{number}/actions/{action}", fields=bodies[action])
    refused = 422 if action == "pass_on" else 403  # its form offers no post
    assert answer.status_code == refused, answer.content
    assert town.owner(Matter.objects.get()) == "discipline"


def test_it_sorts_and_passes_on_its_own(town: Town) -> None:
    number, own = corrupt(town).number, town.viewer("discipline")
    after = sort(own, number, "01.1")
    assert (town.owner(after), after.sealed, after.category) == ("discipline", 2, "01.1")
    assert {"release", "pass_on", "sort"} <= {row.action for row in allowed(own, after)}


@pytest.mark.parametrize(("words", "category"), [("窗口的人态度恶劣", "11.2"), ("微网格员态度恶劣", "11.3")])
def test_whoever_may_not_open_what_is_sealed_moves_none_of_it(town: Town, words: str, category: str) -> None:
    matter = file_matter(PUBLIC, report(words, category=category, place=town.place("micro"))).matter
    Matter.objects.filter(pk=matter.pk).update(owner=town.posts["department2"], tier="D")
    matter.refresh_from_db()
    for who in ("district_centre", "department", "community_chief"):
        viewer: Viewer = town.viewer(who)
        assert {row.action for row in allowed(viewer, matter)}.isdisjoint(MOVING), who
        for attempt in (sort, pass_up, release):
            with pytest.raises((PermissionDenied, ValidationError)):
                attempt(viewer, matter.number, "01.1")


def test_nobody_sorts_what_is_confidential_into_their_own_hands_to_read_it(town: Town) -> None:
    matter = file_matter(PUBLIC, report("楼上吵", category="05.4", place=town.place("micro"))).matter
    centre = town.viewer("district_centre")
    with pytest.raises(PermissionDenied):
        openable(centre, matter.number)
    with pytest.raises(PermissionDenied):
        sort(centre, matter.number, "11.5")


def test_released_nothing_tells_those_below_that_it_was_about_an_official(town: Town) -> None:
    number, own = corrupt(town).number, town.viewer("discipline")
    sort(own, number, "01.1")
    read(town, "discipline", Matter.objects.get())
    after = release(own, number, "说的是垃圾", "01.1")
    assert (after.sealed, town.owner(after)) == (0, "fulltime_worker")
    for who in BELOW:
        seen = matter_detail(town.viewer(who), number)
        assert seen is not None and "discipline" not in f"{seen.row} {seen.history}", who


@pytest.mark.parametrize(("words", "category"), BY_OFFICIALS)
def test_a_ticked_official_decides_whatever_the_words_tell(
    town: Town, words: str, category: str | None
) -> None:
    answers = Answers(about_staff="official")
    given = report(words, category=category, place=town.place("micro"), answers=answers)
    matter = file_matter(PUBLIC, given).matter
    assert (matter.sealed, town.owner(matter)) == (2, "discipline")
    assert matter.category == (category or "11.4")
    assert not any(Matter.objects.filter(seen_by(town.viewer(who))).exists() for who in BELOW)
