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
from shige.oversight.grids.panels import Panel, _panels, bring_panel
from shige.oversight.grids.queries.cases import case_of, something_in, trouble_in
from shige.oversight.grids.queries.overview import grid_page, own_page, periods_for
from shige.redline.models import Standing
from shige.trust.gate import PUBLIC, SYSTEM
from shige.trust.jurisdiction import profile
from shige.trust.models import Appointment, Recusal
from tests.matters.handling.test_pages import signed_in
from tests.matters.program import program_of
from tests.matters.town import WEDNESDAY, Town, report
from tests.oversight.line import LATER, lamps, organisation, overseer

pytestmark = pytest.mark.django_db


@pytest.fixture
def later() -> Iterator[None]:
    """Let everything happen when what was filed is late."""
    with clock.at(LATER):
        yield


def enough() -> int:
    """Return the least count that is told."""
    return profile().suppress_under


@pytest.mark.usefixtures("later")
def test_a_case_is_told_of_once_there_are_enough_of_its_kind_in_the_grid(town: Town) -> None:
    overseer(town, "overseer", "general")
    viewer, area = town.viewer("overseer"), town.areas["general"]
    lamps(town, enough() - 1)
    few = trouble_in(viewer, area)
    assert (few.cases, few.more) == ((), True)
    lamps(town, 1, "micro2")
    told = trouble_in(viewer, area)
    assert (len(told.cases), told.late, told.more) == (enough(), enough(), False)
    assert {(case.place, case.code, case.weeks) for case in told.cases} == {("general", "02", 2)}


@pytest.mark.usefixtures("later")
def test_a_kind_that_is_too_small_in_its_grid_is_not_told_of_a_wider_area(town: Town) -> None:
    """What the community told beyond its general grids would be theirs (P8)."""
    overseer(town, "overseer", "east")
    lamps(town, enough())
    lamps(town, enough() - 1, "tower")
    told = trouble_in(town.viewer("overseer"), town.areas["east"])
    assert {case.place for case in told.cases} == {"general"} and told.more


@pytest.mark.usefixtures("later")
def test_nothing_sealed_confidential_dangerous_or_released_is_among_them(town: Town) -> None:
    overseer(town, "overseer", "general")
    viewer, area = town.viewer("overseer"), town.areas["general"]
    for category, words in (
        ("11.3", "网格员态度恶劣"), ("05.6", "他又动手打我了"), ("05.4", "楼上漏水不肯修"),
        ("02.1", "他又动手打我了"),
    ):  # fmt: skip
        lamps(town, enough(), category=category, words=words)
    confidential = Matter.objects.filter(confidential=True).count()
    assert confidential >= 3 * enough() or Matter.objects.filter(sealed__gt=0).exists()
    Matter.objects.filter(category__startswith="05.4", confidential=False).update(confidential=True, words="")
    assert (trouble_in(viewer, area).cases, something_in(viewer, area)) == ((), False)
    Matter.objects.filter(category="11.3").update(sealed=0, confidential=False)
    assert not something_in(viewer, area)


@pytest.mark.usefixtures("later")
def test_whom_a_matter_concerns_by_name_reads_nothing_of_it(town: Town) -> None:
    overseer(town, "overseer", "general")
    (matter,) = lamps(town, 1)
    assert something_in(town.viewer("overseer"), town.areas["general"])
    Recusal.objects.create(matter=matter, person=town.persons["overseer"], meant=True, at=LATER)
    assert not something_in(town.viewer("overseer"), town.areas["general"])


@pytest.mark.usefixtures("later")
def test_what_was_reopened_is_told_as_such(town: Town) -> None:
    overseer(town, "overseer", "general")
    lamps(town, enough())
    with clock.at(LATER - timedelta(days=1)):
        filed = file_matter(PUBLIC, report(category="02.1", place=town.place("micro")))
        take(SYSTEM, filed.matter.number)
        solve(SYSTEM, filed.matter.number, "换了灯")
        say_not_solved(PUBLIC, filed.tracking_code, "还是不亮")
    told = trouble_in(town.viewer("overseer"), town.areas["general"])
    assert (told.late, told.reopened) == (enough(), 1)
    page = signed_in(town, "overseer").get(f"/oversight/grids/{town.areas['general'].code}/?show=reopened")
    assert page.content.decode().count("data-row") == 1 + len(("micro", "micro2"))


@pytest.mark.parametrize("area", ["micro", "tower"])
@pytest.mark.usefixtures("later")
def test_a_neighbour_reads_that_something_is_late_and_quarters_alone(town: Town, area: str) -> None:
    overseer(town, "neighbour", area)
    client, code = signed_in(town, "neighbour"), town.areas[area].code
    assert "没有超期" in client.get("/oversight/").content.decode()
    lamps(town, 3 * enough(), area)
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
    told = {one.area.name: one.trouble for one in own_page(town.viewer("overseer"))}
    assert told["general"] is not None and told["micro"] is None
    assert signed_in(town, "overseer").get("/oversight/").status_code == 200


@pytest.mark.usefixtures("later")
def test_what_was_sealed_and_released_stays_before_nobody_here(town: Town) -> None:
    """Also where its category is an ordinary one, and only its words were of staff."""
    overseer(town, "overseer", "general")
    for matter in lamps(town, enough()):
        matter.steps.create(at=LATER, action="release", before=matter.state, after=matter.state)
    found = trouble_in(town.viewer("overseer"), town.areas["general"])
    assert (found.cases, found.more) == ((), False)


@pytest.mark.usefixtures("later")
def test_a_community_reads_its_general_and_exclusive_grids(town: Town) -> None:
    overseer(town, "overseer", "east")
    lamps(town, enough())
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
    overseer(town, "overseer", "general")
    lamps(town, enough())
    with clock.at(LATER):
        told = trouble_in(town.viewer("overseer"), town.areas["general"])
        assert case_of(told, told.cases[0].handle) == told.cases[0]
        assert case_of(told, "x" * 30) is None
    with clock.at(WEDNESDAY):
        assert (
            case_of(trouble_in(town.viewer("overseer"), town.areas["general"]), told.cases[0].handle) is None
        )


def test_a_room_brings_its_panel(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shige.oversight.grids.panels._panels", [*_panels])
    bring_panel(Panel("oversight/_urgings.html", lambda viewer, area: {}))
    overseer(town, "overseer", "general")
    page = signed_in(town, "overseer").get(f"/oversight/grids/{town.areas['general'].code}/")
    assert page.context["panels"].count("oversight/_urgings.html") == 1
