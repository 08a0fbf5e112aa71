"""Filing: the right grid, one owner, two dates, and nothing personal left in the open (R21, R22)."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from shige.matters import clock
from shige.matters.danger import Answers
from shige.matters.filing.commands.filing import file_matter
from shige.matters.models import Matter
from shige.matters.report import Place
from shige.trust.gate import PUBLIC
from shige.trust.models import JournalEntry, OutboxMessage, VaultItem

from ..town import OUTSIDE, WEDNESDAY, Town, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


@pytest.mark.parametrize(
    ("category", "grid", "owner"),
    [
        ("10.1", "micro", "micro_worker"),
        ("10.1", "micro2", "micro_worker2"),
        ("10.1", "tower", "exclusive_worker"),
        ("01.1", "micro2", "fulltime_worker"),
        ("01.1", "tower", "exclusive_worker"),
        ("02.1", "micro3", "community_chief2"),
        ("06.3", "micro", "street_officer"),
        ("07.6", "micro", "street_leader"),
        ("04.5", "micro", "department"),
        ("05.6", "micro", "service_centre"),
        ("11.3", "micro", "service_centre"),
        ("11.5", "micro", "district_centre"),
    ],
)
def test_category_and_place_decide_the_owner(town: Town, category: str, grid: str, owner: str) -> None:
    filed = file_matter(PUBLIC, report(category=category, place=town.place(grid)))
    assert town.owner(filed.matter) == owner
    assert filed.matter.leaf_id == town.areas[grid].pk


def test_a_vacant_post_falls_to_the_tier_above_and_says_so(town: Town) -> None:
    town.vacate("micro_worker")
    town.vacate("fulltime_worker")
    matter = file_matter(PUBLIC, report(category="10.1", place=town.place("micro"))).matter
    assert (town.owner(matter), matter.tier) == ("community_chief", "C")
    assert "“微网格”" in matter.steps.get().remark


def test_a_department_without_anybody_falls_to_the_street(town: Town) -> None:
    matter = file_matter(PUBLIC, report(category="03.6", place=town.place("micro"))).matter
    assert (town.owner(matter), matter.tier) == ("street_officer", "S")


def test_without_anybody_in_office_nothing_is_saved(town: Town) -> None:
    for post in town.posts:
        town.vacate(post)
    with pytest.raises(ValidationError, match=r"hotline|热线"):
        file_matter(PUBLIC, report(place=town.place("micro")))
    assert not Matter.objects.exists()
    assert not VaultItem.objects.exists()


def test_a_place_outside_every_grid_goes_to_the_street(town: Town) -> None:
    matter = file_matter(PUBLIC, report(category="10.1", place=OUTSIDE)).matter
    assert town.owner(matter) == "street_officer"
    assert (matter.leaf, matter.community, matter.street) == (None, None, town.areas["street"])
    assert matter.steps.get().remark


def test_dates_are_in_working_time(town: Town) -> None:
    matter = file_matter(PUBLIC, report(category="01.1", place=town.place("micro"))).matter
    assert matter.respond_by == WEDNESDAY + timedelta(hours=5)  # 4 hours with an hour of lunch
    assert matter.resolve_by == WEDNESDAY + timedelta(days=2)
    assert not matter.approximate


def test_dates_of_tier_x_run_by_the_clock(town: Town) -> None:
    with clock.at(WEDNESDAY + timedelta(days=3, hours=10)):  # Saturday evening
        matter = file_matter(PUBLIC, report(category="02.2", place=town.place("micro"))).matter
    assert matter.respond_by == matter.reported_at + timedelta(minutes=30)
    assert matter.resolve_by == matter.reported_at + timedelta(hours=4)


def test_a_year_without_published_holidays_gives_approximate_dates(town: Town) -> None:
    with clock.at(WEDNESDAY + timedelta(days=365 * 4)):
        assert file_matter(PUBLIC, report(category="01.1", place=town.place("micro"))).matter.approximate


def test_words_suggest_a_category_that_was_not_chosen(town: Town) -> None:
    assert file_matter(PUBLIC, report("楼道灯坏了", place=town.place("micro"))).matter.category == "02.1"


def test_words_that_fit_nothing_are_sorted_by_the_community(town: Town) -> None:
    matter = file_matter(PUBLIC, report("qwerty", place=town.place("micro"))).matter
    assert (matter.category, town.owner(matter)) == ("11", "community_chief")


@pytest.mark.parametrize("chosen", [None, "05.1", "10.1"])
def test_violence_never_goes_to_grid_mediation(town: Town, chosen: str | None) -> None:
    """P4: whatever was chosen is kept, and the trained post of the street looks first."""
    filed = file_matter(PUBLIC, report("我老公打我", category=chosen, place=town.place("micro")))
    assert filed.emergency is not None and filed.emergency.number == "110"
    assert (filed.matter.category, town.owner(filed.matter)) == (chosen or "05.6", "service_centre")
    assert (filed.matter.kind, filed.matter.sealed) == ("guarded", 1)


@pytest.mark.parametrize("chosen", ["03.3", "11.5", "12.5", "08.7", "11.3", "01.1"])
def test_whatever_is_chosen_violence_lies_in_no_open_matter(town: Town, chosen: str) -> None:
    """P3, P4: violence is neither filed openly as gas nor left to the pace of an inquiry."""
    matter = file_matter(PUBLIC, report("他打我", category=chosen, place=town.place("micro"))).matter
    assert (matter.category, matter.words, matter.sealed, matter.kind) == (chosen, "", 1, "guarded")


def test_of_two_dangers_the_more_guarded_decides(town: Town) -> None:
    """P4: the gas is the first to call for, but words of violence lie in no open matter."""
    filed = file_matter(PUBLIC, report("家里有煤气味，他打我", place=town.place("micro")))
    assert filed.emergency is not None and filed.emergency.code == "gas"
    assert (filed.matter.category, filed.matter.words) == ("05.6", "")


@pytest.mark.parametrize("vacant", ["department2", "street_officer"])
def test_violence_stays_above_the_community_also_where_posts_are_vacant(town: Town, vacant: str) -> None:
    """P4: falling to another tier never falls below the street."""
    town.vacate("department2")
    town.vacate(vacant)
    matter = file_matter(PUBLIC, report("我老公打我", place=town.place("micro"))).matter
    assert town.owner(matter) in {"street_officer", "service_centre"}


def test_the_reporter_may_say_that_it_is_no_emergency(town: Town) -> None:
    """The number is not shown again, the category stays; a trained post looks before anybody else (P4)."""
    words, said = "孩子爱演被打的戏", Answers(no_emergency=True)
    filed = file_matter(PUBLIC, report(words, category="10.3", answers=said, place=town.place("micro")))
    assert (filed.emergency, filed.matter.category, filed.matter.kind) == (None, "10.3", "guarded")


def test_the_same_form_sent_twice_is_one_matter(town: Town) -> None:
    given = report(place=town.place("micro"), key="k" * 20)
    first, second = file_matter(PUBLIC, given), file_matter(PUBLIC, given)
    assert (first.matter.pk, first.tracking_code) == (second.matter.pk, second.tracking_code)
    assert first.device_key == second.device_key
    assert Matter.objects.count() == 1


def test_the_same_key_with_other_words_is_another_matter(town: Town) -> None:
    first = file_matter(PUBLIC, report("路灯不亮", place=town.place("micro"), key="1"))
    second = file_matter(PUBLIC, report("垃圾没人收", place=town.place("micro"), key="1"))
    assert first.tracking_code != second.tracking_code


def test_the_tracking_code_has_80_bits_and_only_its_hash_is_stored(town: Town) -> None:
    filed = file_matter(PUBLIC, report(place=town.place("micro")))
    groups = filed.tracking_code.split("-")
    assert [len(group) for group in groups] == [4, 4, 4, 4]
    row = Matter.objects.filter(pk=filed.matter.pk).values().get()
    assert all("".join(groups) not in str(value) for value in row.values())
    assert len(bytes(row["tracking_digest"])) == 32


@pytest.mark.parametrize(
    "typed",
    ["请打13812345678", "138 1234 5678", "+86 138-1234-5678", "１３８１２３４５６７８", "(028) 8765 4321",
     "028-87654321",
     "身份证510104199001011234", "51010419900101123X", "510104 19900101 1234", "510104900101123"],
)  # fmt: skip
def test_telephone_and_id_numbers_in_ordinary_words_are_masked(town: Town, typed: str) -> None:
    matter = file_matter(PUBLIC, report(f"路灯不亮，{typed}，谢谢", place=town.place("micro"))).matter
    assert not any(char.isdigit() for char in matter.words)
    assert matter.words.startswith("路灯不亮，") and matter.words.endswith("，谢谢")


@pytest.mark.parametrize("typed", ["3栋2单元门口", "2026年9月9日", "花了12800.50元", "编号20260909-000123"])
def test_other_numbers_stay(town: Town, typed: str) -> None:
    assert typed in file_matter(PUBLIC, report(f"路灯不亮，{typed}", place=town.place("micro"))).matter.words


def test_confidential_words_and_every_contact_are_in_the_vault_only(town: Town) -> None:
    given = report(
        "邻居漏水", category="05.4", name="王小明", phone="138 1234 5678", place=town.place("micro")
    )
    matter = file_matter(PUBLIC, given).matter
    assert matter.confidential and matter.words == ""
    assert all((matter.words_handle, matter.name_handle, matter.phone_handle))
    assert "王小明" not in str(Matter.objects.values().get()) + str(JournalEntry.objects.values().get())


def test_owner_and_journal_hear_of_it_without_personal_data(town: Town) -> None:
    given = report("路灯不亮", category="02.1", name="王小明", phone="13812345678", place=town.place("micro"))
    matter = file_matter(PUBLIC, given).matter
    message = OutboxMessage.objects.get()
    assert (message.receiver, message.subject_id) == (town.persons["community_chief"], matter.number)
    entry = JournalEntry.objects.get()
    assert entry.facts["state"] == "new" and entry.facts["resolve_by"] == matter.resolve_by.isoformat()
    assert (entry.leaf, entry.community) == (town.areas["micro"].pk, town.areas["east"].pk)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"words": "   "}, "words"),
        ({"words": "字" * 100_000}, "words"),
        ({"category": "99.9"}, "category"),
        ({"phone": "call me"}, "phone"),
        ({"name": "王" * 61}, "name"),
        ({"place": Place()}, "place"),
        ({"place": Place(lon=30.0, lat=104.0)}, "place"),
        ({"place": Place(lon=float("nan"), lat=30.0)}, "place"),
        ({"place": Place(lon=104.0, lat=30.0, datum="mars")}, "place"),
        ({"place": Place(building=999_999)}, "place"),
    ],
)
def test_bad_input_is_named_by_its_field_and_nothing_is_saved(
    town: Town, given: dict[str, object], field: str
) -> None:
    with pytest.raises(ValidationError) as error:
        file_matter(PUBLIC, report(**({"place": town.place("micro")} | given)))
    assert list(error.value.message_dict) == [field]
    assert not Matter.objects.exists()


def test_a_place_in_gcj02_is_converted_and_kept_raw(town: Town) -> None:
    matter = file_matter(PUBLIC, report(place=Place(lon=104.0035, lat=29.9985, datum="gcj02"))).matter
    assert matter.leaf == town.areas["micro"]
    assert (matter.raw_lon, matter.raw_lat, matter.datum) == (104.0035, 29.9985, "gcj02")


def test_filing_takes_few_statements(town: Town, django_assert_max_num_queries: object) -> None:
    given = report(category="02.1", phone="13812345678", place=town.place("micro"))
    file_matter(PUBLIC, given)
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        file_matter(PUBLIC, given)
