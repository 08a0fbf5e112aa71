"""What was answered as danger is released by two, into no mediation, and stays closed to the grid (P4)."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from shige.matters import clock
from shige.matters.danger import Answers
from shige.matters.filing.commands.filing import file_matter
from shige.matters.handling.commands.category import sort
from shige.matters.handling.commands.contact import openable
from shige.matters.handling.commands.handling import take
from shige.matters.handling.commands.transfer import pass_up
from shige.matters.handling.queries.detail import matter_detail
from shige.matters.models import Matter
from shige.matters.sealing.commands.guard import ask_release, keep_sealed, release
from shige.matters.workflow.actors import allowed, may_open, seen_by
from shige.trust.gate import PUBLIC
from shige.trust.models import Appointment, JournalEntry, Person, Recusal, VaultReading
from tests.matters.town import WEDNESDAY, Town, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]

SAID = "我老公昨晚又打我，用凳子砸头"
GRID = ("micro_worker", "fulltime_worker", "community_chief", "street_officer", "mediation_committee")
TRAINED, ABOVE = "service_centre", "district_centre"


def read(town: Town, who: str, matter: Matter, at: datetime = WEDNESDAY) -> None:
    """Put on record that somebody has opened the words."""
    VaultReading.objects.create(
        handle=matter.words_handle, person=town.persons[who], role="x", reason="x", at=at
    )


@pytest.fixture
def beaten(town: Town) -> Matter:
    """File what a beaten woman writes, with name and telephone; both trained posts have read it."""
    given = report(
        SAID,
        category="05.1",
        place=town.place("micro"),
        name="陈女士",
        phone="13812345678",
        answers=Answers(danger="yes", hurt=True),
    )
    matter = file_matter(PUBLIC, given).matter
    for who in (TRAINED, ABOVE):
        read(town, who, matter)
    return matter


def released(town: Town, matter: Matter, category: str) -> Matter:
    """Let the trained post ask for its release and the district confirm it."""
    ask_release(town.viewer(TRAINED), matter.number, "看错")
    return release(town.viewer(ABOVE), matter.number, "看错", category)


@pytest.mark.parametrize("category", ["", "05.4", "01.1", "10.4"])
def test_one_alone_releases_nothing(town: Town, beaten: Matter, category: str) -> None:
    centre = town.viewer(TRAINED)
    with pytest.raises(ValidationError):
        release(centre, beaten.number, "看错", category)
    ask_release(centre, beaten.number, "看错")
    with pytest.raises(ValidationError):
        release(centre, beaten.number, "看错", category)
    assert Matter.objects.get().sealed == 1
    assert not any(Matter.objects.filter(seen_by(town.viewer(who))).exists() for who in GRID)


def test_the_level_above_sees_it_once_it_is_asked_and_reads_what_it_confirms(
    town: Town, beaten: Matter
) -> None:
    above = town.viewer(ABOVE)
    with pytest.raises(PermissionDenied):
        openable(above, beaten.number)
    ask_release(town.viewer(TRAINED), beaten.number, "看错")
    assert openable(above, beaten.number).number == beaten.number
    assert {"release", "keep_sealed"} <= {row.action for row in allowed(above, Matter.objects.get())}


def test_a_second_holder_of_the_trained_post_confirms_as_well(town: Town, beaten: Matter) -> None:
    town.appoint("second", "service_centre", "street")
    read(town, "second", beaten)
    ask_release(town.viewer(TRAINED), beaten.number, "看错")
    assert release(town.viewer("second"), beaten.number, "看错", "01.1").sealed == 0


def test_refused_it_stays_sealed_in_trained_hands(town: Town, beaten: Matter) -> None:
    ask_release(town.viewer(TRAINED), beaten.number, "看错")
    after = keep_sealed(town.viewer(ABOVE), beaten.number, "有伤情，不能解除")
    assert (after.state, after.sealed, after.kind) == ("in_hand", 1, "guarded")
    with pytest.raises(PermissionDenied):
        openable(town.viewer(ABOVE), beaten.number)


@pytest.mark.parametrize("category", ["", "05.1", "05.4", "05.6", "12.5"])
def test_not_even_two_release_it_into_mediation_or_danger(town: Town, beaten: Matter, category: str) -> None:
    with pytest.raises(ValidationError):
        released(town, beaten, category)


def test_released_its_words_and_contact_stay_closed_to_the_grid(town: Town, beaten: Matter) -> None:
    after = released(town, beaten, "01.1")
    assert (after.words, town.owner(after)) == ("", "fulltime_worker")
    take(town.viewer("fulltime_worker"), after.number)
    for who in GRID[:-1]:
        viewer = town.viewer(who)
        seen = matter_detail(viewer, after.number)
        assert seen is not None and not seen.may_open, who
        said = f"{seen.row} {seen.history}"
        assert [part for part in (SAID, "看错", "hurt", "in danger", "13812345678") if part in said] == [], (
            who
        )
        with pytest.raises(PermissionDenied):
            openable(viewer, after.number)
    assert may_open(town.viewer(TRAINED), Matter.objects.get())


@pytest.mark.parametrize("who", ["fulltime_worker", TRAINED])
def test_nor_does_anybody_sort_it_into_mediation_later(town: Town, beaten: Matter, who: str) -> None:
    number = released(town, beaten, "01.1").number
    with pytest.raises(ValidationError):
        sort(town.viewer(who), number, "05.4", "双方愿意")


NEXT_DAY = WEDNESDAY + timedelta(days=1)


@pytest.fixture
def lonely(town: Town) -> Matter:
    """File danger from an official; the only one at the district who may know of it asks for its release."""
    given = report(f"{SAID}，他是街道办主任", category="05.1", place=town.place("micro"))
    matter = file_matter(PUBLIC, given).matter
    assert (matter.sealed, matter.endangered, town.owner(matter)) == (2, True, ABOVE)
    read(town, ABOVE, matter)
    ask_release(town.viewer(ABOVE), matter.number, "剧本里的台词")
    return matter


def test_where_nobody_else_could_confirm_it_one_does_so_on_a_later_day(town: Town, lonely: Matter) -> None:
    centre = town.viewer(ABOVE)
    with pytest.raises(ValidationError, match="Nobody else"):
        release(centre, lonely.number, "台词", "01.1")
    with clock.at(NEXT_DAY):
        with pytest.raises(ValidationError, match="read the words"):
            release(centre, lonely.number, "台词", "01.1")
        read(town, ABOVE, lonely, NEXT_DAY)
        after = release(centre, lonely.number, "台词", "01.1")
    assert (after.sealed, after.words, town.owner(after)) == (0, "", "fulltime_worker")
    assert "次日重看原话后单独解除" in after.steps.get(action="release").remark
    assert JournalEntry.objects.filter(verb="matter.released_alone", object_id=str(after.pk)).exists()


def test_nor_then_where_somebody_else_is_in_office(town: Town, lonely: Matter) -> None:
    town.appoint("second", "district_centre", "district")
    with clock.at(NEXT_DAY):
        read(town, ABOVE, lonely, NEXT_DAY)
        with pytest.raises(ValidationError, match="another person"):
            release(town.viewer(ABOVE), lonely.number, "台词", "01.1")
        read(town, "second", lonely)
        assert release(town.viewer("second"), lonely.number, "台词", "01.1").sealed == 0


@pytest.mark.parametrize("why", ["concerned", "closed", "of_own_making"])
def test_who_could_not_confirm_it_is_no_second_person(town: Town, lonely: Matter, why: str) -> None:
    town.appoint("second", "district_centre", "district")
    other = town.persons["second"]
    if why == "concerned":
        Recusal.objects.create(matter=lonely, person=other, meant=True, at=WEDNESDAY)
    elif why == "closed":
        Person.objects.filter(pk=other.pk).update(is_active=False)
    else:
        Appointment.objects.filter(person=other).update(made_by=town.persons[ABOVE])
    with clock.at(NEXT_DAY):
        read(town, ABOVE, lonely, NEXT_DAY)
        assert release(town.viewer(ABOVE), lonely.number, "台词", "01.1").sealed == 0


def test_nobody_of_the_chain_is_let_in_by_it(town: Town, lonely: Matter) -> None:
    with clock.at(NEXT_DAY):
        for who in (*GRID, TRAINED):
            with pytest.raises(PermissionDenied):
                release(town.viewer(who), lonely.number, "台词", "01.1")


def test_nor_does_whoever_is_concerned_by_it_now(town: Town, lonely: Matter) -> None:
    Recusal.objects.create(matter=lonely, person=town.persons[ABOVE], meant=True, at=WEDNESDAY)
    with clock.at(NEXT_DAY):
        read(town, ABOVE, lonely, NEXT_DAY)
        with pytest.raises(PermissionDenied):
            release(town.viewer(ABOVE), lonely.number, "台词", "01.1")


def test_where_the_trained_post_is_vacant_the_district_releases_what_comes_up_to_it(town: Town) -> None:
    town.vacate(TRAINED)
    given = report(SAID, category="05.1", place=town.place("micro"), answers=Answers(hurt=True))
    matter = file_matter(PUBLIC, given).matter
    assert town.owner(matter) == "street_officer"
    pass_up(town.viewer("street_officer"), matter.number, "岗位空缺")
    assert town.owner(Matter.objects.get()) == ABOVE
    read(town, ABOVE, matter)
    ask_release(town.viewer(ABOVE), matter.number, "看错")
    with clock.at(NEXT_DAY):
        read(town, ABOVE, matter, NEXT_DAY)
        assert release(town.viewer(ABOVE), matter.number, "看错", "01.1").sealed == 0
