"""What an overseer reads of a grid: cases of which there are enough, and nothing of anybody (R10, P8)."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from shige.matters import clock
from shige.matters.confirmation.commands.answers import say_not_solved
from shige.matters.filing.commands.filing import file_matter
from shige.matters.handling.commands.handling import solve, take
from shige.matters.models import Matter
from shige.oversight.grids.commands import tell_night
from shige.oversight.grids.panels import GRID_PANELS
from shige.oversight.grids.queries.cases import Trouble, case_of, trouble_in, trouble_near
from shige.oversight.grids.queries.overview import grid_page, own_page, periods_for
from shige.redline.models import Standing
from shige.trust.gate import PUBLIC, SYSTEM
from shige.trust.jurisdiction import profile
from shige.trust.models import Appointment, Recusal
from tests.matters.handling.test_pages import signed_in
from tests.matters.program import program_of
from tests.matters.town import WEDNESDAY, Town, report
from tests.oversight.line import LATER, lamps, night, organisation, overseer

pytestmark = pytest.mark.django_db


@pytest.fixture
def later() -> Iterator[None]:
    """Let everything happen when what was filed is late."""
    with clock.at(LATER):
        yield


def told(town: Town, area: str) -> Trouble:
    """Return what is told of an area once the night has decided anew."""
    night()
    found = trouble_in(town.areas[area])
    assert found is not None
    return found


def near(town: Town, area: str) -> bool | None:
    """Return what a neighbour is told of a grid once the night has decided anew."""
    night()
    found = trouble_near(town.areas[area])
    assert found is not None
    return found.more


def enough() -> int:
    """Return the least count that is told."""
    return profile().suppress_under


@pytest.mark.usefixtures("later")
def test_a_case_is_told_of_once_there_are_enough_of_its_kind_in_the_grid(town: Town) -> None:
    lamps(town, enough() - 1)
    few = told(town, "general")
    assert (few.cases, few.more) == ((), True)
    lamps(town, 1, "micro2")
    found = told(town, "general")
    assert (len(found.cases), found.late, found.more) == (enough(), enough(), False)
    assert {(case.place, case.code, case.weeks) for case in found.cases} == {("general", "02", 2)}


@pytest.mark.usefixtures("later")
def test_asking_again_the_same_day_tells_nothing_new(town: Town) -> None:
    """What came in, was reopened, solved or sealed since shows the next night, all in the same way (P8)."""
    overseer(town, "overseer", "general")
    matters = lamps(town, enough() + 1)
    client, code = signed_in(town, "overseer"), town.areas["general"].code
    night()
    before = client.get(f"/oversight/grids/{code}/?show=late").context["cases"]
    lamps(town, enough(), category="03.1")
    first, second = (Matter.objects.filter(pk=one.pk) for one in matters[:2])
    first.update(open=False, running=False, state="closed")
    second.update(sealed=1, confidential=True, words="")
    assert not tell_night(SYSTEM)
    assert client.get(f"/oversight/grids/{code}/?show=late").context["cases"] == before
    after = told(town, "general")
    seen, now = ({case.matter for case in cases} for cases in (before, after.cases))
    assert seen - now == {one.pk for one in matters[:2]} and len(now - seen) == enough()
    assert [case.handle for case in before] == sorted(case.handle for case in before)


@pytest.mark.usefixtures("later")
def test_what_becomes_late_shows_once_its_week_is_over(town: Town) -> None:
    matters = lamps(town, enough())
    Matter.objects.filter(pk=matters[0].pk).update(next_at=LATER - timedelta(hours=3))
    assert (told(town, "general").late, told(town, "general").more) == (enough() - 1, False)
    with clock.at(LATER + timedelta(days=7)):
        assert told(town, "general").late == enough()


@pytest.mark.parametrize("phone", ["13987654321", ""])
@pytest.mark.usefixtures("later")
def test_one_person_never_reaches_the_least_count_alone(town: Town, phone: str) -> None:
    lamps(town, 3 * enough(), phone=phone)
    found = told(town, "general")
    assert (found.cases, found.more) == ((), True)


@pytest.mark.usefixtures("later")
def test_what_was_taken_back_or_never_taken_in_hand_counts_nobody(town: Town) -> None:
    late, *others = lamps(town, enough())
    Matter.objects.filter(pk=others[0].pk).update(state="new")
    assert told(town, "general").cases == ()
    Matter.objects.filter(pk=others[0].pk).update(state="closed", open=False, running=False)
    assert len(told(town, "general").cases) == enough() - 1
    others[0].steps.create(at=LATER, action="withdraw", before="new", after="closed")
    assert told(town, "general").cases == () and late.pk


def test_before_the_first_night_nothing_is_said(town: Town) -> None:
    overseer(town, "overseer", "general")
    overseer(town, "neighbour", "micro")
    for who, area in (("overseer", "general"), ("neighbour", "micro")):
        page = signed_in(town, who).get(f"/oversight/grids/{town.areas[area].code}/")
        assert page.status_code == 200 and "明天起" in page.content.decode()
        said = program_of(town, who, ("oversight.see",)).get(f"/oversight/grids/{town.areas[area].code}")
        assert (said.json()["as_of"], said.json()["more"], said.json()["cases"]) == (None, None, [])


@pytest.mark.usefixtures("later")
def test_a_kind_that_is_too_small_in_its_grid_is_not_told_of_a_wider_area(town: Town) -> None:
    """What the community told beyond its general grids would be theirs (P8)."""
    lamps(town, enough())
    lamps(town, enough() - 1, "tower")
    found = told(town, "east")
    assert {case.place for case in found.cases} == {"general"} and found.more


@pytest.mark.usefixtures("later")
def test_nothing_sealed_confidential_dangerous_or_released_is_among_them(town: Town) -> None:
    for category, words in (
        ("11.3", "网格员态度恶劣"), ("05.6", "他又动手打我了"), ("05.4", "楼上漏水不肯修"),
        ("02.1", "他又动手打我了"),
    ):  # fmt: skip
        lamps(town, enough(), category=category, words=words)
    confidential = Matter.objects.filter(confidential=True).count()
    assert confidential >= 3 * enough() or Matter.objects.filter(sealed__gt=0).exists()
    Matter.objects.filter(category__startswith="05.4", confidential=False).update(confidential=True, words="")
    assert (told(town, "general").cases, told(town, "general").more) == ((), False)
    Matter.objects.filter(category="11.3").update(sealed=0, confidential=False)
    assert not told(town, "general").more


@pytest.mark.usefixtures("later")
def test_what_concerns_an_overseer_by_name_is_told_of_to_none(town: Town) -> None:
    overseer(town, "overseer", "general")
    (matter,) = lamps(town, 1)
    assert told(town, "general").more
    Recusal.objects.create(matter=matter, person=town.persons["overseer"], meant=True, at=LATER)
    assert not told(town, "general").more


@pytest.mark.usefixtures("later")
def test_what_was_reopened_is_told_as_such(town: Town) -> None:
    overseer(town, "overseer", "general")
    lamps(town, enough())
    with clock.at(LATER - timedelta(days=1)):
        filed = file_matter(PUBLIC, report(category="02.1", place=town.place("micro")))
        take(SYSTEM, filed.matter.number)
        solve(SYSTEM, filed.matter.number, "换了灯")
        say_not_solved(PUBLIC, filed.tracking_code, "还是不亮")
    found = told(town, "general")
    assert (found.late, found.reopened) == (enough(), 1)
    page = signed_in(town, "overseer").get(f"/oversight/grids/{town.areas['general'].code}/?show=reopened")
    assert page.content.decode().count("data-row") == 1 + len(("micro", "micro2"))


@pytest.mark.parametrize("area", ["micro", "tower"])
@pytest.mark.usefixtures("later")
def test_a_neighbour_reads_that_something_is_late_and_quarters_alone(town: Town, area: str) -> None:
    overseer(town, "neighbour", area)
    client, code = signed_in(town, "neighbour"), town.areas[area].code
    lamps(town, 1, area)
    assert near(town, area) is None and "太少" in client.get("/oversight/").content.decode()
    lamps(town, enough(), area)
    assert near(town, area) is True
    for page in ("/oversight/", f"/oversight/grids/{code}/"):
        text = client.get(page).content.decode()
        assert "有事件超期" in text and 'id="cases"' not in text and "?show=" not in text
    (one,) = own_page(town.viewer("neighbour"))
    assert one.trouble is not None and one.trouble.cases == () and not one.finer
    assert periods_for(one.area) and all(len(period.months) >= 3 for period in periods_for(one.area))
    months = client.get(f"/oversight/grids/{code}/?period=2026-08").context["watched"].told
    assert len(months.period.months) == 3
    said = program_of(town, "neighbour", ("oversight.see",)).get(f"/oversight/grids/{code}").json()
    assert (said["late"], said["reopened"], said["more"], said["cases"]) == (None, None, True, [])


@pytest.mark.usefixtures("later")
def test_from_above_nothing_is_said_of_what_is_late_in_a_micro_grid(town: Town) -> None:
    """One case of the general grid and one micro-grid with something late would lead to each other."""
    overseer(town, "overseer", "general")
    lamps(town, enough())
    night()
    watched = grid_page(town.viewer("overseer"), town.areas["micro"].code)
    assert watched is not None and watched.trouble is None
    above = grid_page(town.viewer("overseer"), town.areas["general"].code)
    assert above is not None
    assert {part.area.name: part.trouble for part in above.parts} == {"micro": None, "micro2": None}


@pytest.mark.usefixtures("later")
def test_one_post_for_a_grid_and_what_lies_in_it_finds_no_case_there(town: Town) -> None:
    overseer(town, "overseer", "general")
    organisation(town.areas["micro"], town.posts["overseer"])
    lamps(town, enough())
    night()
    own = {one.area.name: one.trouble for one in own_page(town.viewer("overseer"))}
    assert own["general"] is not None and own["micro"] is None
    assert signed_in(town, "overseer").get("/oversight/").status_code == 200


@pytest.mark.usefixtures("later")
def test_what_was_sealed_and_released_stays_before_nobody_here(town: Town) -> None:
    """Also where its category is an ordinary one, and only its words were of staff."""
    for matter in lamps(town, enough()):
        matter.steps.create(at=LATER, action="release", before=matter.state, after=matter.state)
    found = told(town, "general")
    assert (found.cases, found.more) == ((), False)


@pytest.mark.usefixtures("later")
def test_a_community_reads_its_general_and_exclusive_grids(town: Town) -> None:
    overseer(town, "overseer", "east")
    lamps(town, enough())
    night()
    watched = grid_page(town.viewer("overseer"), town.areas["east"].code)
    assert watched is not None and watched.trouble is not None
    late = {part.area.name: part.trouble.late for part in watched.parts if part.trouble}
    assert late == {"general": enough(), "tower": 0} and watched.trouble.late == enough()


@pytest.mark.parametrize("code", ["general2", "west", "east", "street"])
def test_what_one_does_not_oversee_is_not_found(town: Town, code: str) -> None:
    overseer(town, "overseer", "general")
    assert signed_in(town, "overseer").get(f"/oversight/grids/{town.areas[code].code}/").status_code == 404
    said = program_of(town, "overseer", ("oversight.see",)).get(f"/oversight/grids/{town.areas[code].code}")
    assert said.status_code == 404


@pytest.mark.parametrize(
    "who",
    ["micro_worker", "fulltime_worker", "community_chief", "street_officer", "department", "district_centre"],
)
def test_nobody_else_opens_an_overseers_page(town: Town, who: str) -> None:
    overseer(town, "overseer", "general")
    client = signed_in(town, who)
    for page in ("/oversight/", f"/oversight/grids/{town.areas['general'].code}/"):
        assert client.get(page).status_code == 403
    with pytest.raises(PermissionDenied):
        own_page(town.viewer(who))


def test_a_post_opens_nothing_that_no_organisation_names(town: Town) -> None:
    town.appoint("overseer", "party_overseer", "street")
    client = signed_in(town, "overseer")
    assert "还没有党组织" in client.get("/oversight/").content.decode()
    assert client.get(f"/oversight/grids/{town.areas['general'].code}/").status_code == 404


def test_both_holders_of_a_post_oversee_and_whoever_left_does_not(town: Town) -> None:
    overseer(town, "overseer", "general")
    for name in ("second", "gone"):
        town.persons[name] = type(town.persons["overseer"]).objects.create(username=name, service_name=name)
    kept = Appointment.objects.get(post=town.posts["overseer"])
    Appointment.objects.create(person=town.persons["second"], post=kept.post, valid=kept.valid, kind="deputy")
    assert [one.area for one in own_page(town.viewer("second"))] == [town.areas["general"]]
    assert signed_in(town, "gone").get("/oversight/").status_code == 403
    Standing.objects.update(overseer=None)
    assert own_page(town.viewer("overseer")) == []


def test_a_handle_names_only_what_is_told(town: Town) -> None:
    lamps(town, enough())
    with clock.at(LATER):
        found = told(town, "general")
        assert case_of(found, found.cases[0].handle) == found.cases[0]
        with pytest.raises(ValueError, match="not written here"):
            case_of(found, "x" * 30)
    with clock.at(WEDNESDAY):
        assert case_of(told(town, "general"), found.cases[0].handle) is None


def test_only_the_program_decides(town: Town) -> None:
    overseer(town, "overseer", "general")
    with pytest.raises(PermissionDenied):
        tell_night(town.viewer("overseer"))


def test_a_room_brings_its_panel(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(GRID_PANELS, "brought", [*GRID_PANELS.brought])
    GRID_PANELS.bring("oversight/_urgings.html", lambda viewer, area: {})
    overseer(town, "overseer", "general")
    page = signed_in(town, "overseer").get(f"/oversight/grids/{town.areas['general'].code}/")
    assert page.context["panels"].count("oversight/_urgings.html") == 1
