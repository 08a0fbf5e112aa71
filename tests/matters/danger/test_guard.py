"""What may be danger or about staff goes to a trained post first; a false alarm goes back (P3, P4)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from shige.matters import clock
from shige.matters.confirmation.commands.answers import add_words, say_not_solved
from shige.matters.danger import Answers
from shige.matters.filing.commands.filing import file_matter
from shige.matters.filing.commands.relay import relay_matter
from shige.matters.handling.commands.category import sort
from shige.matters.handling.commands.contact import reveal_contact, reveal_words
from shige.matters.handling.commands.handling import add_note, solve, take
from shige.matters.handling.queries.detail import matter_detail
from shige.matters.models import Matter
from shige.matters.report import Filed
from shige.matters.sealing.commands.guard import ask_release, release
from shige.matters.tracking.queries import as_reported
from shige.matters.workflow.actors import allowed, seen_by
from shige.trust.gate import PUBLIC, SYSTEM
from shige.trust.models import Recusal, VaultReading
from tests.matters.town import WEDNESDAY, Town, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]

BELOW = ("micro_worker", "fulltime_worker", "community_chief")
STREET = ("street_officer", "service_centre", "street_leader")
TRAINED = "service_centre"
"""The one post of the street that looks at danger to persons (P4)."""

RUDE = "微网格员态度恶劣"


def filed(town: Town, words: str, category: str | None = "05.4", **answers: object) -> Filed:
    """File a matter in the first micro-grid with some answers."""
    given = report(words, category=category, place=town.place("micro"), answers=Answers(**answers))  # type: ignore[arg-type]
    return file_matter(PUBLIC, given)


def looked(town: Town, who: str, matter: Matter) -> None:
    """Put on record that somebody has opened the words of a matter, where they lie in the vault."""
    if matter.words_handle is None:
        return
    VaultReading.objects.create(
        handle=matter.words_handle, person=town.persons[who], role="x", reason="x", at=WEDNESDAY
    )


def asked(town: Town, matter: Matter) -> str:
    """Let the trained post read a matter and ask for its release, and the district read it: its number."""
    for who in (TRAINED, "district_centre"):
        looked(town, who, matter)
    ask_release(town.viewer(TRAINED), matter.number, "没有人有危险")
    return matter.number


HAZARDS = [
    ("楼道里好大一股天然气味道", "03.3"),
    ("小区电梯困人了", "02.7"),
    ("路口的井盖不见了", "02.2"),
    ("楼下车棚着火了", "03.7"),
    ("门口的铁门漏电，手一摸就麻", "03.8"),
    ("院子围墙垮了一截", "03.8"),
]


@pytest.mark.parametrize("category", [None, "11"])
@pytest.mark.parametrize(("words", "department"), HAZARDS)
def test_a_hazard_that_was_called_no_emergency_goes_to_its_department_in_sight(
    town: Town, words: str, department: str, category: str | None
) -> None:
    matter = filed(town, words, category, danger="none", no_emergency=True).matter
    assert (matter.category, matter.sealed) == (department, 0)
    assert sees(town, "micro_worker")


def test_a_hazard_beside_another_matter_leaves_that_where_it_belongs(town: Town) -> None:
    matter = filed(town, "家里闻到煤气味，另外路灯不亮", "02.1", no_emergency=True).matter
    assert (matter.category, matter.sealed) == ("02.1", 0)


def test_nobody_asks_for_the_release_of_what_they_have_not_read_or_confirms_it(town: Town) -> None:
    matter = filed(town, "他又动手打我了").matter
    centre, above = town.viewer(TRAINED), town.viewer("district_centre")
    for who in ("", "street_officer"):
        if who:
            looked(town, who, matter)
        with pytest.raises(ValidationError):
            ask_release(centre, matter.number, "没有危险")
    looked(town, TRAINED, matter)
    ask_release(centre, matter.number, "没有危险")
    with pytest.raises(ValidationError):
        release(above, matter.number, "没有危险", "01.1")
    looked(town, "district_centre", matter)
    assert release(above, matter.number, "没有危险", "01.1").sealed == 0


def test_who_could_not_see_it_sealed_reads_nothing_of_that_time_later(town: Town) -> None:
    matter = filed(town, "他又动手打我了", danger="none").matter
    ask_release(SYSTEM, matter.number, "只是口角")
    release(SYSTEM, matter.number, "只是口角", "01.1")
    below = matter_detail(town.viewer("micro_worker"), matter.number)
    above = matter_detail(town.viewer(TRAINED), matter.number)
    beside = matter_detail(town.viewer("street_officer"), matter.number)
    assert below and above and beside and len(below.history) == len(beside.history) < len(above.history)
    said = " ".join(step.remark + step.label + step.to_post for step in below.history)
    assert "封存" not in said and "紧急" not in said and "service_centre" not in said


def sees(town: Town, who: str) -> bool:
    """Say whether somebody sees any matter."""
    return Matter.objects.filter(seen_by(town.viewer(who))).exists()


@pytest.mark.parametrize(
    ("words", "answers"),
    [
        ("他又动手打我了", {}),
        ("他又动手打我了", {"danger": "none"}),
        ("他又动手打我了", {"no_emergency": True}),
        ("楼上吵", {"danger": "yes"}),
        ("楼上吵", {"danger": "cannot_talk"}),
        ("楼上吵", {"hurt": True}),
    ],
)
def test_it_is_sealed_for_the_trained_post_and_keeps_its_category(
    town: Town, words: str, answers: dict[str, object]
) -> None:
    matter = filed(town, words, **answers).matter
    assert (matter.kind, matter.sealed, matter.confidential, matter.words) == ("guarded", 1, True, "")
    assert (matter.category, town.owner(matter)) == ("05.4", "service_centre")
    assert {who for who in (*BELOW, *STREET, "district_centre", "department") if sees(town, who)} == {TRAINED}


def test_the_trained_post_looks_within_an_hour_of_work(town: Town) -> None:
    assert filed(town, "楼上吵", danger="yes").matter.respond_by == WEDNESDAY + timedelta(hours=1)
    with clock.at(WEDNESDAY + timedelta(hours=12)):  # ten at night
        night = filed(town, "楼上吵", danger="yes").matter
    assert night.respond_by == WEDNESDAY + timedelta(days=1)  # the offices open at nine


@pytest.mark.parametrize(("vacant", "next_up"), [(1, "street_officer"), (3, "district_centre")])
def test_where_the_trained_post_is_vacant_the_next_one_up_looks(
    town: Town, vacant: int, next_up: str
) -> None:
    for who in ("service_centre", "street_officer", "street_leader")[:vacant]:
        town.vacate(who)
    assert town.owner(filed(town, "楼上吵", danger="yes").matter) == next_up


def test_with_the_writers_yes_the_police_have_it_at_once(town: Town) -> None:
    made = filed(town, "他又动手打我了", police=True)
    assert (town.owner(made.matter), made.matter.tier, made.police) == ("department2", "X", True)
    assert made.matter.respond_by == WEDNESDAY and "公安" in made.matter.steps.get().remark


def test_harm_to_a_child_goes_to_the_police_as_the_law_orders(town: Town) -> None:
    made = filed(town, "楼上天天打孩子")
    assert (town.owner(made.matter), made.police) == ("department2", True)


def test_a_yes_to_the_police_sends_no_lamp_to_them(town: Town) -> None:
    made = filed(town, "路灯不亮了", "02.1", police=True)
    assert (town.owner(made.matter), made.police, made.matter.sealed) == ("community_chief", False, 0)


@pytest.mark.parametrize("danger", ["", "none", "yes"])
def test_a_public_hazard_goes_to_its_department_and_stays_in_sight(town: Town, danger: str) -> None:
    matter = filed(town, "路边井盖没了", None, danger=danger).matter
    assert (matter.category, matter.tier, matter.sealed, town.owner(matter)) == (
        "02.2", "X", 0, "department",
    )  # fmt: skip
    assert sees(town, "micro_worker")


def test_a_false_alarm_goes_where_it_would_have_gone_and_its_words_stay_closed(town: Town) -> None:
    made = filed(town, "他又动手打我了，我电话13812345678", "10.4", no_emergency=True)
    take(town.viewer(TRAINED), made.matter.number)
    after = release(town.viewer("district_centre"), asked(town, made.matter), "是讲座报名，没有人有危险")
    plain = filed(town, "讲座在哪里报名", "10.4").matter
    for name in ("kind", "category", "tier", "owner_id", "sealed", "state"):
        assert getattr(after, name) == getattr(plain, name), name
    assert (after.words, after.confidential) == ("", True) and after.words_handle is not None
    assert sees(town, "micro_worker")
    told = " ".join(f"{step.label} {step.note}" for step in as_reported(after, made.device_key).steps)
    assert "没有人有危险" not in told and "ordinary matter" in told and "judged" in told


@pytest.mark.parametrize("who", [*BELOW, "department2", "street_officer", "street_leader", TRAINED])
def test_only_the_trained_post_asks_for_it(town: Town, who: str) -> None:
    matter = filed(town, "楼上吵", "10.4", danger="yes").matter
    looked(town, who, matter)
    if who == TRAINED:
        assert ask_release(town.viewer(who), matter.number, "没有危险").sealed == 1
        return
    for act in (ask_release, release):
        with pytest.raises(PermissionDenied):
            act(town.viewer(who), matter.number, "没有危险")


def test_what_is_filed_as_violence_needs_another_category_to_be_released(town: Town) -> None:
    number = asked(town, filed(town, "楼上吵", "05.6").matter)
    above = town.viewer("district_centre")
    for category in ("", "05.6", "05.4"):
        with pytest.raises(ValidationError):
            release(above, number, "没有打人", category)
    assert release(above, number, "没有打人", "10.4").category == "10.4"


def test_only_a_release_opens_it_not_a_new_category(town: Town) -> None:
    number, centre = filed(town, "楼上吵", danger="yes").matter.number, town.viewer("service_centre")
    after = sort(centre, number, "01.1")
    assert (after.kind, after.sealed, town.owner(after)) == ("guarded", 1, "service_centre")
    assert after.category == "01.1" and not sees(town, "community_chief")


def test_it_is_neither_mediated_nor_merged_nor_handed_down(town: Town) -> None:
    matter = filed(town, "楼上吵", danger="yes").matter
    offered = {row.action for row in allowed(town.viewer("service_centre"), matter)}
    assert offered >= {"take", "ask_release", "sort"}
    assert offered.isdisjoint({"release", "merge", "return_down", "refuse_duty", "lead", "agree"})


def test_a_dispute_in_which_danger_was_said_is_mediated_no_more_even_once_it_was_none(town: Town) -> None:
    made = filed(town, "楼上吵")
    take(town.viewer("micro_worker"), made.matter.number)
    add_words(PUBLIC, made.tracking_code, "他打我了，打我的电话一晚上", no_emergency=True)
    assert not sees(town, "micro_worker")
    above = town.viewer("district_centre")
    number = asked(town, Matter.objects.get(pk=made.matter.pk))
    with pytest.raises(ValidationError):
        release(above, number, "只是口角")
    after = release(above, number, "只是口角", "01.1")
    assert (after.kind, after.state, town.owner(after)) == ("ordinary", "in_hand", "micro_worker")
    assert after.confidential and sees(town, "micro_worker")


@pytest.mark.django_db(transaction=True)
def test_words_contact_and_safe_way_back_are_for_the_trained_post() -> None:
    from tests.matters.town import build

    town = build()
    given = report(
        "他又动手打我了", place=town.place("micro"), phone="13812345678", callback="周三上午，先发短信"
    )
    number = file_matter(PUBLIC, given).matter.number
    centre = town.viewer("service_centre")
    assert reveal_contact(centre, number, "回访").callback == "周三上午，先发短信"
    assert "动手" in reveal_words(centre, number, "查看")
    with pytest.raises(PermissionDenied):
        reveal_contact(town.viewer("micro_worker"), number, "回访")


@pytest.mark.parametrize("category", ["11.2", "01.1", "06.2", "05.4", None])
def test_a_complaint_under_any_category_is_kept_from_the_chain(town: Town, category: str | None) -> None:
    matter = filed(town, RUDE, category).matter
    assert matter.sealed == 1 and not any(sees(town, who) for who in BELOW)
    assert town.owner(matter) == "service_centre" and matter.category == (category or "11.3")


@pytest.mark.parametrize("words", ["他喝了酒就动手，我不敢回家", "他又动手打我了，态度恶劣"])
def test_violence_in_which_nobody_of_the_staff_is_named_is_for_the_streets_trained_post(
    town: Town, words: str
) -> None:
    matter = filed(town, words, "05.1").matter
    assert (matter.sealed, town.owner(matter)) == (1, "service_centre")


@pytest.mark.parametrize("answer", ["staff", "official"])
def test_what_may_be_about_an_official_is_kept_from_the_street(town: Town, answer: str) -> None:
    matter = filed(town, "窗口的人把我赶出来", "11.2", about_staff=answer).matter
    assert (matter.sealed, town.owner(matter)) == (2, "district_centre")
    assert not any(sees(town, who) for who in (*BELOW, *STREET))
    looked(town, "district_centre", matter)
    after = release(town.viewer("district_centre"), matter.number, "说的是物业公司的人")
    assert (after.sealed, after.category) == (0, "11.2") and sees(town, "community_chief")


def test_what_was_done_behind_a_seal_stays_behind_it_after_a_release(town: Town) -> None:
    made = filed(town, "窗口的人把我赶出来", "11.2", about_staff="official")
    number, above = made.matter.number, town.viewer("district_centre")
    take(above, number)
    add_note(above, number, "已向张主任本人核实")
    add_words(PUBLIC, made.tracking_code, "就是张主任干的")
    looked(town, "district_centre", made.matter)
    release(above, number, "说的是物业公司的人")
    for who in (TRAINED, "community_chief", "street_officer"):
        seen = matter_detail(town.viewer(who), number)
        assert seen is not None, who
        assert "张主任" not in f"{seen.history}" and "official" not in f"{seen.history}", who
    mine = matter_detail(above, number)
    assert mine is not None and "张主任" in f"{mine.history}"


def test_nobody_who_is_kept_from_it_releases_it_and_nobody_without_a_reason(town: Town) -> None:
    number = filed(town, RUDE, "11.2").matter.number
    looked(town, TRAINED, Matter.objects.get())
    with pytest.raises(ValidationError):
        release(town.viewer(TRAINED), number, " ")
    Recusal.objects.create(
        matter=Matter.objects.get(), person=town.persons[TRAINED], meant=True, at=WEDNESDAY
    )
    with pytest.raises(PermissionDenied):
        release(town.viewer(TRAINED), number, "误报")
    assert Matter.objects.get().sealed == 1


def test_that_it_is_not_about_staff_opens_nothing(town: Town) -> None:
    assert filed(town, RUDE, "11.2", about_staff="no").matter.sealed == 1


def test_a_complaint_confirmed_lives_as_one(town: Town) -> None:
    matter = filed(town, RUDE, "11.2").matter
    after = sort(town.viewer("service_centre"), matter.number, "11.3")
    assert (after.kind, after.sealed) == ("complaint", 1)


def test_what_is_said_later_about_a_worker_is_set_apart_and_a_false_alarm_becomes_ordinary(
    town: Town,
) -> None:
    made = filed(town, "路灯不亮了", "02.1")
    take(SYSTEM, made.matter.number)
    solve(SYSTEM, made.matter.number, "修好了")
    say_not_solved(PUBLIC, made.tracking_code, "微网格员态度恶劣，根本没来")
    lamp, apart = Matter.objects.order_by("pk")
    assert (lamp.state, lamp.sealed, town.owner(lamp)) == ("in_hand", 0, "community_chief")
    assert (apart.sealed, town.owner(apart)) == (1, "service_centre")
    seen = [Matter.objects.filter(seen_by(town.viewer(who)), pk=apart.pk).exists() for who in BELOW]
    assert not any(seen)
    looked(town, "service_centre", apart)
    after = release(town.viewer("service_centre"), apart.number, "说的是路灯")
    assert (after.sealed, after.state, town.owner(after)) == (0, "new", "community_chief")


def test_who_serves_in_the_field_relays_danger_and_sees_nothing_of_it(town: Town) -> None:
    given = report("他又动手打我了", place=town.place("micro"), consent=True, answers=Answers("none", True))
    filed = relay_matter(town.viewer("micro_worker"), given)
    assert filed.matter.sealed == 1 and not sees(town, "micro_worker")
    with pytest.raises(ValidationError):
        relay_matter(town.viewer("micro_worker"), report(RUDE, place=town.place("micro"), consent=True))
