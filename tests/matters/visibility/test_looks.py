"""Who has looked at a matter: each page that shows its words leaves a receipt, nothing else does (P5, P7)."""

import json

import pytest
from django.test import Client
from django.utils import translation

from shige.matters import clock
from shige.matters.filing.commands.filing import file_matter
from shige.matters.handling.commands.handling import solve, take
from shige.matters.models import Matter, Reading
from shige.matters.tasks.commands import give_task, note_opening
from shige.matters.visibility.commands import forget_receipts, keep_receipts
from shige.matters.visibility.queries.looks import Looks, looks_at
from shige.matters.visibility.queries.sight import who_sees
from shige.matters.visibility.shown import Shown
from shige.trust.commands import begin, issue_token, sequence
from shige.trust.gate import PUBLIC, SYSTEM
from shige.trust.models import JournalEntry
from shige.trust.verification import verify
from shige.trust.vouched_rows import told_of
from tests.matters.handling.test_pages import signed_in as at_work

from ..taskforce import order, settle
from ..town import WEDNESDAY, Town, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


@pytest.fixture
def matter(town: Town) -> Matter:
    """File an ordinary matter that the community's chief answers for."""
    return file_matter(PUBLIC, report("楼道灯不亮", category="02.1", place=town.place("micro"))).matter


def looks(matter: Matter) -> Looks:
    """Return who looked, in English whatever page was asked before."""
    with translation.override("en"):
        return looks_at(matter, {})


@pytest.mark.parametrize(
    ("post", "why"),
    [
        ("community_chief", "in charge of it"),
        ("street_officer", "dispatches and watches the dates there"),
        ("micro_worker", "works in the area where it lies"),
    ],
)
def test_a_page_is_told_with_the_duty_by_which_it_was_read(
    town: Town, matter: Matter, post: str, why: str
) -> None:
    assert looks(matter).others == ()
    page = at_work(town, post).get(f"/office/matters/{matter.number}/")
    assert "楼道灯不亮" in page.content.decode()
    (look,) = looks(matter).others
    assert (look.what, look.why, look.times) == ("the page with your words", why, 1)


def test_office_and_reporter_read_the_same_record(town: Town, matter: Matter) -> None:
    number = matter.number
    address = f"/office/matters/{number}/"
    for post in ("community_chief", "street_officer", "micro_worker"):
        at_work(town, post).get(address)
    at_work(town, "street_officer").get("/office/matters/")
    take(town.viewer("community_chief"), number)
    _seeing, opened = who_sees(town.viewer("street_officer"), matter)
    told = looks(matter).others
    assert sorted((one.when, one.times) for one in opened) == sorted((one.when, one.times) for one in told)
    assert {one.person for one in opened} == {"community_chief", "street_officer", "micro_worker"}
    page = at_work(town, "street_officer").get(f"{address}sight/").content.decode()
    assert "显示原话的页面" in page and "尚无人" not in page and f'<span class="quiet">{len(told)}<' in page


def test_a_list_writes_one_receipt_for_all_its_lines(town: Town, matter: Matter) -> None:
    other = file_matter(PUBLIC, report("垃圾没人收", category="01.1", place=town.place("micro"))).matter
    at_work(town, "street_officer").get("/office/matters/")
    assert sorted(Reading.objects.get().matters) == sorted([matter.pk, other.pk])
    assert [look.what for look in looks(matter).others] == ["a list with the beginning of your words"]


def test_an_answer_of_the_api_is_told(town: Town, matter: Matter) -> None:
    at_work(town, "street_officer").get(f"/api/v1/matters/{matter.number}")
    assert [look.what for look in looks(matter).others] == ["your words, by a program of the office"]


def test_words_that_a_program_reads_in_bulk_with_a_token_are_told_and_hashed_into_the_journal(
    town: Town, matter: Matter
) -> None:
    other = file_matter(PUBLIC, report("垃圾没人收", category="01.1", place=town.place("micro"))).matter
    officer = town.persons["street_officer"]
    _, secret = issue_token(SYSTEM, officer, "报表程序", ["matter.see"], 30)
    bearer = {"Authorization": f"Bearer {secret}"}
    assert len(Client().get("/api/v1/matters", headers=bearer).json()["items"]) == 2
    assert [look.what for look in looks(matter).others] == ["your words, by a program of the office"]
    receipt = Reading.objects.get()
    entry = JournalEntry.objects.get(verb="matter.read")
    assert (entry.actor_id, entry.facts["kept"]) == (officer.pk, told_of(receipt))
    assert sorted(entry.facts["matters"]) == sorted([matter.pk, other.pk])
    sequence()
    begin(SYSTEM)
    assert verify().fault is None
    Reading.objects.update(person=town.persons["micro_worker"])
    fault = verify().fault
    assert fault and fault.kind == "reading changed"


@pytest.mark.parametrize(
    ("address", "verb"),
    [
        ("/office/matters/export.csv", "matter.exported"),
        ("/office/opinions/export.csv", "opinion.exported"),
        ("/figures/export.csv", "figures.exported"),
    ],
)
def test_each_file_that_leaves_the_program_stands_in_the_journal(town: Town, address: str, verb: str) -> None:
    assert at_work(town, "street_officer").get(address).status_code == 200
    assert JournalEntry.objects.get(verb=verb).actor == town.persons["street_officer"]


def test_what_shows_no_words_writes_nothing(town: Town, matter: Matter) -> None:
    """A file of dates, a confidential matter's page, a refused one, the look by the code."""
    sealed = file_matter(PUBLIC, report("邻居吵", category="05.4", place=town.place("micro")))
    officer = at_work(town, "street_officer")
    assert "楼道灯" not in officer.get("/office/matters/export.csv").content.decode()
    officer.get(f"/office/matters/{sealed.matter.number}/")
    assert at_work(town, "micro_worker3").get(f"/office/matters/{matter.number}/").status_code == 404
    Client().get(f"/m/{sealed.tracking_code}/")
    assert not Reading.objects.filter(matters__contains=[sealed.matter.pk]).exists()
    assert not Reading.objects.filter(matters__contains=[matter.pk], how="page").exists()


def test_looks_of_a_day_are_one_line(town: Town, matter: Matter) -> None:
    officer = at_work(town, "street_officer")
    for _time in range(3):
        officer.get(f"/office/matters/{matter.number}/")
    assert [look.times for look in looks(matter).others] == [3]


def test_a_matter_that_was_handled_never_shows_an_empty_list(town: Town, matter: Matter) -> None:
    """Whoever handled it has read it, whatever the receipts say: also before there were any."""
    take(SYSTEM, matter.number)
    solve(SYSTEM, matter.number, "换好了")
    assert [(look.who, look.times) for look in looks(matter).others] == [("An office at work", 2)]
    chief = town.viewer("community_chief")
    other = file_matter(PUBLIC, report("垃圾没人收", category="02.1", place=town.place("micro"))).matter
    take(chief, other.number)
    assert [look.who for look in looks(other).others] == [town.areas["east"].name]


def test_whoever_was_given_a_task_and_opened_it_is_told(town: Town, matter: Matter) -> None:
    settle(town)
    given = give_task(town.viewer("community_chief"), matter.number, order(town, "department"))
    note_opening(town.viewer("department"), given.number)
    assert "a task of it" in [look.what for look in looks(matter).others]


def test_each_receipt_stands_in_the_journal(town: Town, matter: Matter) -> None:
    keep_receipts(town.viewer("street_officer"), Shown({matter.pk}, {}))
    entry = JournalEntry.objects.get(verb="matter.read")
    assert (entry.actor_id, entry.facts["matters"]) == (town.persons["street_officer"].pk, [matter.pk])
    keep_receipts(PUBLIC, Shown({matter.pk}, {}))
    keep_receipts(SYSTEM, Shown({matter.pk}, {}))
    assert Reading.objects.count() == 1
    assert "楼道" not in json.dumps(entry.facts, ensure_ascii=False)


def test_an_older_matter_says_since_when_pages_are_recorded(town: Town, matter: Matter) -> None:
    with clock.at(WEDNESDAY.replace(day=11)):
        keep_receipts(town.viewer("street_officer"), Shown(set(), {matter.pk: "area"}))
    assert looks(matter).recorded_from == WEDNESDAY.replace(day=11)
    with clock.at(WEDNESDAY.replace(day=12)):
        newer = file_matter(PUBLIC, report("灯", category="02.1", place=town.place("micro"))).matter
    assert looks(newer).recorded_from is None


def test_receipts_are_forgotten_after_the_words(town: Town, matter: Matter) -> None:
    keep_receipts(town.viewer("street_officer"), Shown({matter.pk}, {}))
    with clock.at(WEDNESDAY.replace(year=2029)):
        assert forget_receipts(SYSTEM) == 0
    with clock.at(WEDNESDAY.replace(year=2031)):
        assert forget_receipts(SYSTEM) == 1
