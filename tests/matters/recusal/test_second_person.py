"""Nobody locks those above them out of a complaint, and nobody is excluded without a second person (P3)."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from shige.matters.models import Matter
from shige.matters.recusal.commands import answer_recusal, recuse
from shige.matters.recusal.persons import kept_by_name
from shige.matters.recusal.second_person import Waiting, waiting_for
from shige.trust.gate import SYSTEM
from shige.trust.models import Appointment, JournalEntry, Person, Post, RecusalRequest
from shige.trust.queries import messages_for
from shige.trust.templatetags.veils import veil
from tests.matters.handling.test_pages import signed_in
from tests.matters.handling.test_persons import also
from tests.matters.visibility.test_hidden import complaint

from ..town import ALWAYS, Town
from .test_recusal import WHY, key, sees

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


@pytest.fixture
def discipline(town: Town) -> Town:
    """Let somebody hold the independent office of the profile (纪检监察机关)."""
    area = town.areas["district"]
    post = Post.objects.create(role="department", area=area, name="纪检监察", department="discipline")
    town.posts["discipline"] = post
    town.persons["discipline"] = Person.objects.create(username="discipline", service_name="纪检员")
    Appointment.objects.create(person=town.persons["discipline"], post=post, valid=ALWAYS)
    return town


def kept(matter: Matter) -> set[str]:
    return {one.name for one in kept_by_name(matter)}


def name(town: Town, who: str, matter: Matter, whom: str) -> RecusalRequest | None:
    return recuse(town.viewer(who), matter.number, key(town, whom), WHY)


def test_a_street_officer_does_not_lock_the_only_one_above_out(town: Town) -> None:
    matter = complaint(town)
    with pytest.raises(ValidationError, match="nothing has changed"):
        name(town, "service_centre", matter, "district_centre")
    assert sees(town, "district_centre") and not kept(matter)
    assert not RecusalRequest.objects.exists()


def test_nor_do_they_exclude_one_another_afterwards(discipline: Town) -> None:
    """The attack: the only one above first, then one another, without anybody's confirmation."""
    town, matter = discipline, complaint(discipline)
    assert name(town, "service_centre", matter, "district_centre") is not None
    assert name(town, "street_officer", matter, "street_leader") is not None
    assert name(town, "street_leader", matter, "service_centre") is not None
    assert not kept(matter)
    answer_recusal(town.viewer("discipline"), matter.number, key(town, "district_centre"), granted=True)
    assert kept(matter) == {"district_centre"} and not sees(town, "district_centre")
    for who, whom in (("street_leader", "service_centre"), ("street_officer", "street_leader")):
        with pytest.raises(PermissionDenied):  # and nobody of the same level decides in the meantime
            answer_recusal(town.viewer(who), matter.number, key(town, whom), granted=True)
    asked = {one.asked.person.username for one in waits(town, "discipline")}
    assert asked == {"street_leader", "service_centre"}  # what the district would have decided goes there


def waits(town: Town, who: str) -> list[Waiting]:
    return waiting_for(town.viewer(who))


def test_whoever_is_above_though_not_alone_takes_a_second_person_too(town: Town) -> None:
    matter = complaint(town)
    also(town, "department2", "district_centre")  # two at the district's centre now
    assert name(town, "service_centre", matter, "department2") is not None
    assert not kept(matter)
    deciding = {one.asked.person.username for one in waits(town, "district_centre")}
    assert deciding == {"department2"} and not waits(town, "department2")


def test_whoever_decides_a_request_is_not_removed_before_they_do(town: Town) -> None:
    matter = complaint(town)
    also(town, "department2", "district_centre")
    assert name(town, "service_centre", matter, "street_officer") is not None
    assert name(town, "street_leader", matter, "district_centre") is not None
    assert sees(town, "district_centre")
    above, officer = town.viewer("district_centre"), key(town, "street_officer")
    answer_recusal(above, matter.number, officer, granted=False, answer="无据")
    assert sees(town, "street_officer")


def test_names_count_for_the_matter_whoever_wrote_them(town: Town) -> None:
    matter = complaint(town)
    assert name(town, "service_centre", matter, "micro_worker") is None
    assert name(town, "street_officer", matter, "micro_worker2") is not None
    assert name(town, "street_leader", matter, "micro_worker3") is not None
    assert not {"micro_worker2", "micro_worker3"} & kept(matter)


def test_the_district_names_one_below_and_no_further_one_alone(discipline: Town) -> None:
    town, matter = discipline, complaint(discipline)
    assert name(town, "district_centre", matter, "service_centre") is None
    assert name(town, "district_centre", matter, "street_officer") is not None
    assert [one.asked.person.username for one in waits(town, "discipline")] == ["street_officer"]


def test_the_independent_office_decides_on_its_page_and_sees_no_matter(discipline: Town) -> None:
    town, matter = discipline, complaint(discipline)
    asked = name(town, "service_centre", matter, "district_centre")
    assert asked is not None
    assert [one.kind for one in messages_for(town.viewer("discipline"))] == ["matter.recusal_asked"]
    assert not messages_for(town.viewer("district_centre"))
    browser = signed_in(town, "discipline")
    shown = browser.get("/office/").content.decode()
    assert "1 项封存事项的回避申请等您确认" in shown and WHY in shown and "作为独立部门" in shown
    assert browser.get(f"/office/matters/{matter.number}/").status_code == 404
    door = f"/office/recusals/{veil(asked.pk)}/"
    assert door in shown
    browser.post(door, {"refuse": "1", "answer": " "})
    assert RecusalRequest.objects.get().answered_at is None
    browser.post(door, {"grant": "1"})
    assert kept(matter) == {"district_centre"}
    assert JournalEntry.objects.get(verb="matter.recused").actor_id == key(town, "discipline")
    assert "等您确认" not in browser.get("/office/").content.decode()
    assert browser.post(door, {"grant": "1"}).status_code == 404


@pytest.mark.parametrize(
    "who", ["department", "department2", "district_centre", "street_leader", "micro_worker"]
)
def test_nobody_else_opens_that_door(discipline: Town, who: str) -> None:
    town, matter = discipline, complaint(discipline)
    asked = name(town, "service_centre", matter, "district_centre")
    assert asked is not None
    door = f"/office/recusals/{veil(asked.pk)}/"
    assert signed_in(town, who).post(door, {"grant": "1"}).status_code == 404
    with pytest.raises(PermissionDenied):
        answer_recusal(town.viewer(who), matter.number, key(town, "district_centre"), granted=True)
    assert not kept(matter) and WHY not in signed_in(town, who).get("/office/", follow=True).content.decode()


def test_an_independent_office_of_the_askers_making_or_named_itself_decides_nothing(discipline: Town) -> None:
    town, matter = discipline, complaint(discipline)
    recuse(SYSTEM, matter.number, key(town, "discipline"), WHY)
    with pytest.raises(ValidationError):
        name(town, "service_centre", matter, "district_centre")
    other = complaint(town)
    Person.objects.filter(username="discipline").update(made_by=town.persons["service_centre"])
    with pytest.raises(ValidationError):
        name(town, "service_centre", other, "district_centre")
