"""Residents join what is known already, follow it by a code of their own, and see nobody (R25, P3, P8)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from shige.matters import clock
from shige.matters.confirmation.commands.answers import confirm, reopen
from shige.matters.filing.commands.filing import file_matter
from shige.matters.handling.commands.category import sort
from shige.matters.handling.commands.handling import solve, take
from shige.matters.handling.commands.merge import merge
from shige.matters.handling.commands.pause import ask, go_on
from shige.matters.models import Matter, Step
from shige.matters.models.follower import Follower
from shige.matters.neighbours.commands import Joined, join, leave, leave_phone, say_beside
from shige.matters.neighbours.queries.followed import all_on, tracked
from shige.matters.neighbours.queries.known import known_nearby
from shige.matters.report import Filed, Place
from shige.matters.workflow.commands.steps import tell_others
from shige.profile.loader import load
from shige.territory.models import Building
from shige.trust.gate import PUBLIC
from shige.trust.handles import name_handles
from shige.trust.models import JournalEntry, OutboxMessage, VaultItem

from ..town import WEDNESDAY, Town, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def filed(town: Town, category: str = "02.1", grid: str = "micro", words: str = "三单元路灯坏了") -> Filed:
    """File a matter in a grid's building."""
    place = Place(building=town.buildings[grid].pk)
    return file_matter(PUBLIC, report(words, place=place, category=category, phone="13812345678"))


def known(town: Town, category: str = "02.1", grid: str = "micro") -> list[str]:
    """Return what is shown to a neighbour in a grid's building."""
    return [one.place for one in known_nearby(category, Place(building=town.buildings[grid].pk))]


def joined(town: Town, key: str = "form", category: str = "02.1") -> Joined:
    """Join the only matter that is shown."""
    place = Place(building=town.buildings["micro"].pk)
    (one,) = known_nearby(category, place)
    return join(PUBLIC, category, place, one.reference, key)


def test_a_neighbour_sees_category_place_state_and_dates_and_no_more(town: Town) -> None:
    found = filed(town)
    (one,) = known_nearby("02.1", Place(building=town.buildings["micro"].pk))
    assert (one.category, one.place, one.state) == ("Lights", town.buildings["micro"].address, "new")
    assert (one.reported_at, one.resolve_by) == (found.matter.reported_at, found.matter.resolve_by)
    assert found.matter.number not in repr(one) and "三单元" not in repr(one)


@pytest.mark.parametrize("metres", [10, 45])
def test_it_is_found_from_a_point_nearby(town: Town, metres: int) -> None:
    filed(town)
    house = town.buildings["micro"]
    assert known_nearby("02.1", Place(lon=house.lon, lat=house.lat + metres / 111_320))


def test_it_is_not_found_from_further_away_or_in_another_category(town: Town) -> None:
    filed(town)
    house = town.buildings["micro"]
    assert not known_nearby("02.1", Place(lon=house.lon, lat=house.lat + 70 / 111_320))
    assert not known(town, grid="micro2") and not known(town, category="02.2")


def test_after_a_month_or_once_done_it_is_shown_no_more(town: Town) -> None:
    found = filed(town)
    with clock.at(WEDNESDAY + timedelta(days=31)):
        assert not known(town)
    Matter.objects.filter(pk=found.matter.pk).update(open=False, running=False)
    assert not known(town)


@pytest.mark.parametrize(
    "category", ["04.2", "04.5", "05.4", "11.3", "08.1", "14.3", "03.3", "02.7", "99.9", ""]
)
def test_confidential_personal_and_dangerous_kinds_are_never_shown(town: Town, category: str) -> None:
    if category and category != "99.9":
        filed(town, category)
    assert known(town, category) == []


def test_every_category_shown_to_neighbours_is_public_and_harmless() -> None:
    shown = [
        leaf
        for name in ("chengdu", "generic")
        for leaf in load(name).leaf_categories
        if leaf.shown_to_neighbours
    ]
    assert {leaf.code[:2] for leaf in shown} <= {"01", "02", "03", "04", "11"}
    assert not any(leaf.confidential or leaf.excluded_chain or leaf.never_mediate for leaf in shown)


def test_what_was_sorted_into_a_confidential_category_and_back_is_not_shown(town: Town) -> None:
    found = filed(town)
    sort(town.viewer("community_chief"), found.matter.number, "04.2")
    sort(town.viewer("community_chief"), found.matter.number, "02.1")
    assert not known(town)


def test_a_house_of_few_doors_is_told_by_its_grid_only(town: Town) -> None:
    """P8: in a house of two families the address would tell who reported it."""
    Building.objects.filter(pk=town.buildings["micro"].pk).update(households=2, shops=0)
    filed(town)
    assert known(town) == [town.areas["micro"].name]


def test_an_address_typed_by_the_reporter_is_never_shown(town: Town) -> None:
    house = town.buildings["micro"]
    place = Place(lon=house.lon, lat=house.lat, address="王小明家 301")
    file_matter(PUBLIC, report(place=place, category="02.1"))
    assert known(town) == [house.address]


def test_it_takes_three_statements(town: Town, django_assert_num_queries: object) -> None:
    filed(town)
    with django_assert_num_queries(3):  # type: ignore[operator]
        known(town)


def walk(town: Town) -> dict[tuple[str, int | None], set[tuple[int, int]]]:
    """Ask from a net of points over two grids; return from where each answer was given."""
    middle = town.buildings["micro"]
    heard: dict[tuple[str, int | None], set[tuple[int, int]]] = {}
    for north in range(-60, 61, 20):
        for east in range(-70, 130, 20):
            lon, lat = middle.lon + east / 96_000, middle.lat + north / 111_320
            for one in known_nearby("02.1", Place(lon=lon, lat=lat)):
                heard.setdefault((one.place, one.metres), set()).add((east, north))
    return heard


def test_moving_the_pin_about_tells_no_more_of_a_house_of_few_than_its_grid(town: Town) -> None:
    """P8: bisecting where it is shown and where not ends at the border of the grid that is told anyway."""
    house = town.buildings["micro"]
    Building.objects.filter(pk=house.pk).update(households=2, shops=0)
    filed(town)
    first = walk(town)
    Matter.objects.update(lon=house.lon + 0.00012, lat=house.lat - 0.00009, building=None)
    assert walk(town) == first and set(first) == {(town.areas["micro"].name, None)}


def test_moving_the_pin_about_tells_no_more_of_a_shared_building_than_its_address(town: Town) -> None:
    house = town.buildings["micro"]
    place = Place(lon=house.lon, lat=house.lat)
    file_matter(PUBLIC, report(place=place, category="02.1", phone="13812345678"))
    first = walk(town)
    Matter.objects.update(lon=house.lon + 0.0001, lat=house.lat - 0.0001)
    assert walk(town) == first and (house.address, 0) in first


def test_whoever_joins_follows_with_a_code_of_their_own(town: Town) -> None:
    found = filed(town)
    made = joined(town)
    assert made.tracking_code != found.tracking_code
    seen = tracked(made.tracking_code)
    assert seen and seen.joined and (seen.state, seen.number, seen.words) == ("new", "", "")
    assert set(seen.answers) == {"say"} and [step.action for step in seen.steps] == ["join"]


def test_the_same_form_joins_once_and_another_one_again(town: Town) -> None:
    filed(town)
    assert joined(town).tracking_code == joined(town).tracking_code
    joined(town, key="other")
    assert Follower.objects.count() == 2


def test_only_what_is_shown_can_be_joined(town: Town) -> None:
    filed(town)
    place = Place(building=town.buildings["micro"].pk)
    (one,) = known_nearby("02.1", place)
    for reference, elsewhere in (
        ("0" * 20, place),
        (one.reference, Place(building=town.buildings["micro2"].pk)),
    ):
        with pytest.raises(ValidationError):
            join(PUBLIC, "02.1", elsewhere, reference, "form")


def test_whoever_joined_reads_steps_and_result_but_nothing_said_between_the_others(town: Town) -> None:
    found, worker = filed(town), town.viewer("community_chief")
    made = joined(town)
    take(worker, found.matter.number)
    ask(worker, found.matter.number, "您家是几楼？")
    solve_after_answer(town, found)
    seen = tracked(made.tracking_code)
    assert seen and seen.state == "to_confirm"
    assert [step.action for step in seen.steps] == ["join", "take", "ask", "resume", "solve"]
    assert [step.note for step in seen.steps if step.note] == ["已换灯泡"]
    assert "confirm" not in seen.answers


def solve_after_answer(town: Town, found: Filed) -> None:
    """Go on without an answer and solve."""
    go_on(town.viewer("community_chief"), found.matter.number)
    solve(town.viewer("community_chief"), found.matter.number, "已换灯泡")


def test_whoever_joined_neither_confirms_nor_reopens_but_tells_the_owner(town: Town) -> None:
    found, chief = filed(town), town.viewer("community_chief")
    made = joined(town)
    take(chief, found.matter.number)
    solve(chief, found.matter.number, "已换灯泡")
    for command in (
        lambda: confirm(PUBLIC, made.tracking_code, 5),
        lambda: reopen(PUBLIC, made.tracking_code, "没"),
    ):
        with pytest.raises(PermissionDenied):
            command()
    before = OutboxMessage.objects.count()
    matter = say_beside(PUBLIC, made.tracking_code, "还是不亮，我的电话13912345678")
    step = matter.steps.order_by("-pk")[0]
    assert (matter.state, step.note, step.said) == ("to_confirm", "", "还是不亮，我的电话***********")
    assert OutboxMessage.objects.count() == before + 1
    assert all("还是不亮" not in shown.note for shown in tracked(found.tracking_code).steps)  # type: ignore[union-attr]


def test_nothing_can_be_said_long_after_the_end(town: Town) -> None:
    found, chief = filed(town), town.viewer("community_chief")
    made = joined(town)
    take(chief, found.matter.number)
    solve(chief, found.matter.number, "已换灯泡")
    confirm(PUBLIC, found.tracking_code, 5)
    with clock.at(WEDNESDAY + timedelta(days=11)):
        assert tracked(made.tracking_code).answers == {}  # type: ignore[union-attr]
        with pytest.raises(ValidationError):
            say_beside(PUBLIC, made.tracking_code, "又坏了")


def test_a_telephone_is_sealed_told_the_result_and_forgotten_on_leaving(town: Town) -> None:
    found, chief = filed(town), town.viewer("community_chief")
    made = joined(town)
    leave_phone(PUBLIC, made.tracking_code, "139 1234 5678")
    handle = Follower.objects.get().phone_handle
    name_handles([handle])
    assert VaultItem.objects.filter(handle=handle, field="matter.joined_phone").exists()
    take(chief, found.matter.number)
    solve(chief, found.matter.number, "已换灯泡")
    assert OutboxMessage.objects.get(receiver_handle=handle).kind == "matter.news"
    leave(PUBLIC, made.tracking_code)
    assert not Follower.objects.exists() and tracked(made.tracking_code) is None
    name_handles([handle])
    assert not VaultItem.objects.filter(handle=handle).exists()


def test_of_what_was_sealed_since_no_telephone_is_told_anything(town: Town) -> None:
    """P3: whoever follows it may be whom it is about."""
    found = filed(town)
    leave_phone(PUBLIC, joined(town).tracking_code, "139 1234 5678")
    matter = Matter.objects.get(pk=found.matter.pk)
    matter.sealed = 1
    tell_others("matter.solved", matter)
    assert not OutboxMessage.objects.filter(kind="matter.news").exists()


def test_what_is_no_telephone_is_refused(town: Town) -> None:
    filed(town)
    made = joined(town)
    with pytest.raises(ValidationError):
        leave_phone(PUBLIC, made.tracking_code, "电话")
    with pytest.raises(PermissionDenied):
        leave_phone(PUBLIC, "AAAA-AAAA-AAAA-AAAA", "13912345678")


def test_once_it_is_confidential_whoever_joined_sees_nothing_more(town: Town) -> None:
    """P3: whoever joined may be the one who is complained about."""
    found = filed(town)
    made = joined(town)
    sort(town.viewer("community_chief"), found.matter.number, "11.3")
    seen = tracked(made.tracking_code)
    assert seen and seen.hidden and (seen.category, seen.state, seen.office, seen.answers) == ("", "", "", {})
    assert [step.action for step in seen.steps] == ["join"]
    assert all_on([made.tracking_code])[0].category == "A matter that you joined"
    with pytest.raises(ValidationError):
        say_beside(PUBLIC, made.tracking_code, "怎么样了")


def test_whose_matter_was_merged_follows_the_one_that_goes_on(town: Town) -> None:
    first, second = filed(town), filed(town, words="路灯不亮")
    chief = town.viewer("community_chief")
    merge(chief, second.matter.number, first.matter.number, "同一盏灯")
    take(chief, first.matter.number)
    solve(chief, first.matter.number, "已换灯泡")
    seen = tracked(second.tracking_code, second.device_key)
    assert seen and seen.merged and (seen.state, seen.words) == ("to_confirm", "路灯不亮")
    assert [step.action for step in seen.steps] == ["file", "merge", "take", "solve"]
    assert set(seen.answers) == {"say", "confirm", "not_solved"}  # its reporter has the last word as well
    told = OutboxMessage.objects.filter(receiver_handle=second.matter.phone_handle)
    assert (second.matter.number, "matter.solved") in told.values_list("subject_id", "kind")


def test_whoever_joined_a_merged_one_follows_to_the_end_of_the_line(town: Town) -> None:
    first = filed(town)
    made = joined(town)
    second, third = filed(town), filed(town)
    chief = town.viewer("community_chief")
    merge(chief, first.matter.number, second.matter.number, "同一盏灯")
    merge(chief, second.matter.number, third.matter.number, "同一盏灯")
    take(chief, third.matter.number)
    assert tracked(made.tracking_code).state == "in_hand"  # type: ignore[union-attr]
    say_beside(PUBLIC, made.tracking_code, "对面那盏也不亮")
    assert third.matter.steps.filter(action="joined_says").exists()


def test_what_is_hidden_takes_nothing_in_that_others_see(town: Town) -> None:
    """P3: a matter that is seen to be merged into nothing would tell of the hidden one."""
    ordinary, complaint = filed(town), filed(town, category="11.3")
    with pytest.raises(ValidationError, match="confidential"):
        merge(town.viewer("street_officer"), ordinary.matter.number, complaint.matter.number, "同一件")


def test_what_was_merged_is_hidden_with_the_one_that_becomes_a_complaint(town: Town) -> None:
    first, second = filed(town), filed(town, words="路灯还是不亮")
    chief = town.viewer("community_chief")
    merge(chief, second.matter.number, first.matter.number, "同一盏灯")
    sort(chief, first.matter.number, "11.3")
    hidden = Matter.objects.get(pk=second.matter.pk)
    assert (hidden.sealed, hidden.confidential, hidden.words) == (1, True, "")
    seen = tracked(second.tracking_code)
    assert seen and (seen.merged, seen.state) == (False, "merged")


def test_joining_is_in_the_journal_without_a_person(town: Town) -> None:
    filed(town)
    joined(town)
    entry = JournalEntry.objects.get(verb="matter.joined")
    assert entry.actor_id is None and set(entry.facts) >= {"category", "state"}


def test_a_device_lists_what_it_reported_and_what_it_joined(town: Town) -> None:
    found = filed(town)
    made = joined(town)
    listed = all_on([made.tracking_code, found.tracking_code, "AAAA-AAAA-AAAA-AAAA"])
    assert [one.code for one in listed] == [found.tracking_code, made.tracking_code]


def test_a_result_that_neighbours_read_names_nobody(town: Town) -> None:
    found = filed(town)
    chief = town.viewer(town.owner(found.matter))
    made = joined(town)
    take(chief, found.matter.number)
    with pytest.raises(ValidationError) as caught:
        solve(chief, found.matter.number, "已上门告知三单元401室的张建国")
    assert set(caught.value.message_dict) == {"note"}
    solve(chief, found.matter.number, "换了灯泡")
    seen = tracked(made.tracking_code)
    assert seen and "换了灯泡" in [step.note for step in seen.steps]
    Step.objects.filter(action="solve").update(note="已上门告知张建国先生")  # of before this was asked
    seen = tracked(made.tracking_code)
    assert seen and not any("张建国" in step.note for step in seen.steps)
