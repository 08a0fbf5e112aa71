"""Matters of another system come in whole or not at all, and keep their times (R21)."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import F
from django.http import QueryDict
from django.utils import timezone

from shige.geo.datum import to_wgs84
from shige.insight.commands import advance
from shige.insight.models import CaseFact
from shige.matters.codes import form_digest
from shige.matters.filing.commands.filing import file_matter
from shige.matters.importing.columns import Column, Mapping, MappingError, load_mapping
from shige.matters.importing.commands import Imported, import_matters, known_before, left_out
from shige.matters.importing.rows import Intake, read_matters
from shige.matters.lists.commands.telephone import find_by_phone
from shige.matters.lists.forms import FilterForm
from shige.matters.lists.queries.filters import MatterFilter
from shige.matters.lists.queries.page import matter_list
from shige.matters.models import Matter
from shige.matters.workflow.actors import seen_by
from shige.territory.intake.tables import UnreadableFile
from shige.trust.commands import sequence
from shige.trust.gate import PUBLIC, SYSTEM
from shige.trust.handles import name_handles
from shige.trust.messages import address_of
from shige.trust.models import Appointment, OutboxMessage, VaultItem
from shige.trust.personal import FIELDS
from shige.trust.queries import viewer_of

from ..town import Town, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "baltimore311" / "baltimore_311_sample.csv"
MAPPING = Path(__file__).with_name("baltimore.toml")
HIGHER = "街道办的干部收红包"
HOTLINE = """工单编号,诉求内容,类别,地址,经度,纬度,受理时间,办结时限,办结时间,满意度,联系人,联系电话
A-1,路灯不亮,02.1,玉兰路,{lon},{lat},2026-09-01 09:00,2026-09-08 09:00,2026-09-03 10:00,5,,13900000001
A-2,楼上半夜很吵 13912345678,邻里噪声与漏水,玉兰路1号,{lon},{lat},2026-09-02 09:00,,,,,
A-3,垃圾没人收,垃圾清运,,,,2026-09-02 10:00,2026-09-03 10:00,2026-09-05 10:00,,,
"""


COLUMNS: dict[Column, str] = {
    "id": "工单编号", "words": "诉求内容", "type": "类别", "address": "地址", "lon": "经度", "lat": "纬度",
    "reported": "受理时间",
}  # fmt: skip


def hotline(town: Town, text: str = HOTLINE) -> bytes:
    """Return the table of a hotline, in the encoding of older spreadsheet programs."""
    place = town.place("micro")
    return text.format(lon=place.lon, lat=place.lat).encode("gb18030")


def brought_in(town: Town, content: bytes) -> dict[str, Matter]:
    """Import a table into the street and return its matters by the end of their words or category."""
    import_matters(SYSTEM, read_matters("热线.csv", content), town.areas["street"])
    return {matter.category: matter for matter in Matter.objects.all()}


def test_a_hotlines_table_needs_no_mapping(town: Town) -> None:
    found = brought_in(town, hotline(town))
    done = found["02.1"]
    assert (done.state, done.rating, done.open, done.leaf) == ("closed", 5, False, town.areas["micro"])
    assert done.closed_at == datetime(2026, 9, 3, 2, 0, tzinfo=UTC) and done.words == "路灯不亮"
    assert done.phone_handle and done.name_handle is None
    assert [step.action for step in done.steps.order_by("pk")] == ["file", "confirm"]


def test_the_number_of_the_other_system_is_kept_and_found(town: Town) -> None:
    brought_in(town, hotline(town, HOTLINE.replace("A-", "GD2026-")))
    officer = town.viewer("street_officer")
    (found,) = matter_list(officer, MatterFilter(state="all", text=" GD2026-1 ")).rows
    assert found.number == Matter.objects.get(foreign_number="GD2026-1").number
    assert not matter_list(officer, MatterFilter(state="all", text="GD2026-9")).rows
    for post in ("micro_worker", "community_chief"):
        seen = {row.number for row in matter_list(town.viewer(post), MatterFilter(state="all")).rows}
        for matter in Matter.objects.all():
            rows = matter_list(town.viewer(post), MatterFilter(state="all", text=matter.foreign_number)).rows
            assert {row.number for row in rows} == seen & {matter.number}


def test_a_row_without_words_says_that_its_category_stands_for_them(town: Town) -> None:
    row = "A-1,,02.1,,,,2026-09-01 09:00,,,,,\n"
    intake = read_matters("a.csv", (HOTLINE.splitlines()[0] + "\n" + row).encode())
    assert not intake.faults and [note.row for note in intake.notes] == [0]
    assert "row 2" in intake.notes[0].message and intake.drafts[0].words == "02.1"


def test_what_is_open_gets_owner_and_dates_and_keeps_its_secret(town: Town) -> None:
    quarrel = brought_in(town, hotline(town))["05.4"]
    assert (town.owner(quarrel), quarrel.state, quarrel.words) == ("micro_worker", "new", "")
    assert quarrel.words_handle and quarrel.resolve_by > quarrel.reported_at


def test_what_has_no_place_waits_with_the_street(town: Town) -> None:
    rubbish = brought_in(town, hotline(town))["01.1"]
    assert (rubbish.street, rubbish.community, rubbish.state) == (town.areas["street"], None, "unconfirmed")


def test_what_was_imported_before_is_left_alone(town: Town) -> None:
    brought_in(town, hotline(town))
    again = import_matters(SYSTEM, read_matters("热线.csv", hotline(town)), town.areas["street"])
    assert (again.added, again.known, Matter.objects.count()) == (0, 3, 3)


def test_a_wish_that_was_answered_begins_at_the_start_of_its_own_life(town: Town) -> None:
    row = "A-1,想要一张书桌,14.1,,,,2026-09-01 09:00,,,,,,2026-09-01 10:00\n"
    wish = brought_in(town, (HOTLINE.splitlines()[0] + ",响应时间\n" + row).encode())["14.1"]
    assert (wish.kind, wish.state) == ("wish", "new") and wish.responded_at


def test_a_telephone_is_found_however_the_table_wrote_it(town: Town) -> None:
    brought_in(town, hotline(town, HOTLINE.replace("13900000001", "139 0000-0001")))
    found = find_by_phone(town.viewer("street_officer"), "13900000001", "来电催办")
    assert [matter.category for matter in found] == ["02.1"]


@pytest.mark.parametrize("written", ["13900000001.0", "+86 139 0000 0001", "1.3900000001E+10"])
def test_what_a_spreadsheet_made_of_a_telephone_is_mended(town: Town, written: str) -> None:
    intake = read_matters("热线.csv", hotline(town, HOTLINE.replace("13900000001", written)))
    assert "+8613900000001" in [draft.phone for draft in intake.drafts] and not intake.faults


def test_a_word_for_nobody_is_no_telephone(town: Town) -> None:
    intake = read_matters("热线.csv", hotline(town, HOTLINE.replace("13900000001", "未留")))
    assert not intake.faults and not any(draft.phone for draft in intake.drafts)


def test_what_lies_far_from_every_building_is_kept_in_wgs84(town: Town) -> None:
    row = "A-1,路灯不亮,02.1,玉兰路,100.0,30.0,2026-09-01 09:00,,,,,\n"
    mapping = Mapping(source="import", columns=COLUMNS, datum="gcj02")
    intake = read_matters("a.csv", (HOTLINE.splitlines()[0] + "\n" + row).encode(), mapping)
    import_matters(SYSTEM, intake, town.areas["street"])
    matter = Matter.objects.get()
    assert (matter.raw_lon, matter.datum, matter.community) == (100.0, "gcj02", None)
    assert matter.lon == pytest.approx(float(to_wgs84(100.0, 30.0, "gcj02")[0])) != 100.0


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("A-1,灯,路灯与楼道照明,,,,2026-09-01 09:00,,,,,", "工单编号"),
        (",灯,路灯与楼道照明,,,,2026-09-01 09:00,,,,,", "工单编号"),
        ("A-9,灯,天上的事,,,,2026-09-01 09:00,,,,,", "类别"),
        ("A-9,灯,路灯与楼道照明,,,,昨天,,,,,", "受理时间"),
        ("A-9,灯,路灯与楼道照明,,,,,,,,,", "受理时间"),
        ("A-9,灯,路灯与楼道照明,,,,2026-09-01 09:00,,,,,1.38E+10", "联系电话"),
        ("A-9,灯,路灯与楼道照明,,,,2026-09-01 09:00,,,,,1380013", "联系电话"),
        ("A-9,灯,路灯与楼道照明,,nan,1,2026-09-01 09:00,,,,,", "经度"),
        ("A-9,灯,路灯与楼道照明,,0,0,2026-09-01 09:00,,,,,", "经度"),
        ("A-9,,,,,,2026-09-01 09:00,,,,,", "诉求内容"),
        ("A-9,灯,路灯与楼道照明,,104,999,2026-09-01 09:00,,,,,", "经度"),
        ("A-9,灯,路灯与楼道照明,,,,2026-09-01 09:00,,2026-09-02 09:00,9,,", "满意度"),
        ("A-9,灯,路灯与楼道照明,,,,2026-09-01 09:00,,2026-09-02 09:00,inf,,", "满意度"),
        ("A-9,灯,路灯与楼道照明,,,,2026-09-01 09:00,,2026-08-31 09:00,,,", "办结时间"),
        ("A-9,灯,路灯与楼道照明,,,,2026-09-01 09:00,2026-08-31 09:00,,,,", "办结时限"),
        ("A-9,灯,路灯与楼道照明,,,,2026-09-09 10:01,,,,,", "受理时间"),
        ("A-9,灯,路灯与楼道照明,,,,2026-09-01 09:00,,2026-09-10 09:00,,,", "办结时间"),
    ],
)
def test_one_bad_row_stops_all(town: Town, row: str, column: str) -> None:
    intake = read_matters("热线.csv", hotline(town, HOTLINE + row + "\n"))
    assert [(fault.row, fault.column) for fault in intake.faults] == [(5, column)]
    with pytest.raises(ValueError, match="faults"):
        import_matters(SYSTEM, intake, town.areas["street"])
    assert Matter.objects.count() == 0


@pytest.mark.parametrize(("closed", "category"), [("", "05.6"), ("2026-09-02 09:00", "05.1")])
def test_danger_in_an_open_row_decides_whatever_the_table_says(
    town: Town, closed: str, category: str
) -> None:
    """P4: no dispute of which the words speak of violence is left to a mediator."""
    row = f"A-9,丈夫打老婆孩子被打,婚姻家庭,,,,2026-09-01 09:00,,{closed},,,\n"
    content = (HOTLINE.splitlines()[0] + "\n" + row).encode()
    (matter,) = brought_in(town, content).values()
    assert (matter.category, matter.words) == (category, "")
    moved = read_matters("a.csv", content).moved
    assert [(draft.row, draft.given) for draft in moved] == ([] if closed else [(2, "05.1")])
    assert ("婚姻家庭" in matter.steps.earliest("pk").remark) == (not closed)


def test_a_day_without_an_hour_is_the_day_of_the_report(town: Town) -> None:
    row = "A-9,灯,路灯与楼道照明,,,,2026-09-01 09:00,2026-09-01,2026-09-01,,,\n"
    done = brought_in(town, (HOTLINE.splitlines()[0] + "\n" + row).encode())["02.1"]
    assert done.closed_at == done.reported_at == done.resolve_by


def test_the_history_of_a_row_says_why_its_owner_answers(town: Town) -> None:
    town.vacate("micro_worker")
    quarrel = brought_in(town, hotline(town))["05.4"]
    assert "“微网格”" in quarrel.steps.get().remark


def test_without_anybody_in_office_nothing_is_imported(town: Town) -> None:
    for post in town.posts:
        town.vacate(post)
    with pytest.raises(ValidationError):
        import_matters(SYSTEM, read_matters("热线.csv", hotline(town)), town.areas["street"])
    assert not Matter.objects.exists() and not VaultItem.objects.exists()


def test_retention_runs_from_the_end_of_a_matter(town: Town) -> None:
    """P6: a contact of a matter closed years ago is not kept for another year."""
    year = timezone.now().year
    rows = [
        f"A-1,灯,02.1,,,,{year - 5}-03-01 09:00,,{year - 5}-03-02 09:00,,老王,13900000001",
        f"A-2,吵架,05.1,,,,{year - 5}-03-01 09:00,,{year - 5}-03-02 09:00,,,",
        f"A-3,垃圾,01.1,,,,{year - 1}-12-30 09:00,,{year - 1}-12-31 09:00,,,13900000001",
        f"A-4,停车,04.1,,,,{year - 5}-03-01 09:00,,,,,13900000001",
    ]
    content = "\n".join([HOTLINE.splitlines()[0], *rows]).encode()
    assert left_out(read_matters("a.csv", content)) == 2
    found = brought_in(town, content)
    assert found["02.1"].phone_handle is found["02.1"].name_handle is found["05.1"].words_handle is None
    handle = found["01.1"].phone_handle
    assert handle and found["04.1"].phone_handle
    name_handles([handle])
    ends = VaultItem.objects.get(handle=handle).expires_at
    assert ends == found["01.1"].closed_at + FIELDS["matter.phone"].keep


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", b"x", "Only CSV and Excel"),
        ("a.csv", b"", "no rows"),
        ("a.csv", "编号,备注\n1,2\n".encode(), "are 受理时间"),
        ("a.csv", "受理时间,备注\n1,2\n".encode(), "are 工单编号"),
        ("a.csv", "编号,受理时间\n1,2\n".encode(), "are 诉求内容"),
        ("a.xlsx", b"PK not really", "is no workbook"),
        ("a.csv", b"\xff\xff\xff", "neither UTF-8"),
    ],
)
def test_a_table_that_cannot_be_read_says_why(name: str, content: bytes, said: str) -> None:
    with pytest.raises(UnreadableFile, match=said):
        read_matters(name, content)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("source = ", "no valid TOML"),
        ("source = 'x'", "columns"),
        ("source = 'x'\ncolour = 1\n[columns]", "colour"),
        ("source = 'x'\ntimezone = 'Mars/Base'\n[columns]", "Mars/Base"),
        ("source = 'x'\notherwise = '99.9'\n[columns]", "99.9"),
    ],
)
def test_a_mapping_that_cannot_be_used_says_why(text: str, said: str) -> None:
    with pytest.raises(MappingError, match=said):
        load_mapping(text)


def test_a_street_imports_into_its_own_area_only(town: Town) -> None:
    intake = read_matters("热线.csv", hotline(town))
    with pytest.raises(PermissionDenied):
        import_matters(town.viewer("community_chief"), intake, town.areas["street"])
    assert import_matters(town.viewer("street_officer"), intake, town.areas["street"]).added == 3


@pytest.mark.long
@pytest.mark.skipif(not SHARED.exists(), reason="the shared data is not here")
def test_ten_thousand_real_requests_keep_their_own_figures(town: Town) -> None:
    intake = read_matters(SHARED.name, SHARED.read_bytes(), load_mapping(MAPPING.read_text("utf-8")))
    assert intake.faults == () and len({draft.category for draft in intake.drafts}) == 18
    done = import_matters(SYSTEM, intake, town.areas["street"])
    assert (done.added, done.open) == (10_000, 208)
    late = Matter.objects.filter(closed_at__gt=F("resolve_by"))
    with_due = {draft.id for draft in intake.drafts if draft.due}
    assert late.count() - _late_without_due(with_due) == 1567
    sequence(20_000)
    while advance():
        pass
    solved_late = CaseFact.objects.filter(solved_at__gt=F("resolve_by")).count()
    assert solved_late == late.count()
    first_row = datetime(2018, 4, 12, 15, 11, 26, tzinfo=UTC)
    assert CaseFact.objects.filter(reported_at=first_row).exists()


def _late_without_due(with_due: set[str]) -> int:
    late = Matter.objects.filter(closed_at__gt=F("resolve_by")).values_list("idempotency_key", flat=True)
    keys = {form_digest("import", "baltimore", identity) for identity in with_due}
    return sum(bytes(key) not in keys for key in late if key is not None)


def test_a_table_of_everyday_headers_is_read() -> None:
    said = "工单编号,内容,事发地址,来电号码,时间,办结时间,回访满意度\n"
    said += "T-1,停水,春路1号,13900000001,2026-09-05,2026-09-06,满意\n"
    (draft,) = read_matters("工单.csv", said.encode()).drafts
    assert (draft.id, draft.words, draft.address, draft.rating) == ("T-1", "停水", "春路1号", 4)


def test_a_table_without_a_needed_column_names_usual_headers_and_those_not_read() -> None:
    said = "序,内容,几时\nT-1,停水,2026-09-05\n"
    with pytest.raises(UnreadableFile) as refused:
        read_matters("工单.csv", said.encode())
    fault = refused.value.fault
    assert fault.column == "工单编号"
    assert all(header in fault.message for header in ("受理编号", "受理时间", "来电时间", "序", "几时"))


def test_a_mapping_without_a_needed_column_is_refused_by_what_it_does_not_name() -> None:
    mapping = load_mapping('source = "x"\n[columns]\nwords = "内容"\n')
    with pytest.raises(UnreadableFile) as refused:
        read_matters("工单.csv", "内容,号\n停水,1\n".encode(), mapping)
    fault = refused.value.fault
    assert fault.column == "工单编号" and "受理时间: The mapping names no column" in fault.message


def told(town: Town, who: str) -> list[OutboxMessage]:
    return list(town.persons[who].messages.filter(kind="matter.imported"))


def test_each_post_is_told_once_of_what_an_import_has_brought_it(town: Town) -> None:
    rows = "".join(f"B-{n},垃圾没人收,垃圾清运,,{{lon}},{{lat}},2026-09-02 10:00,,,,,\n" for n in range(3))
    brought_in(town, hotline(town, HOTLINE + rows))
    mine = Matter.objects.filter(open=True, owner=town.posts["fulltime_worker"])
    (message,) = told(town, "fulltime_worker")
    assert message.facts == {"count": mine.count()} and mine.count() >= 3
    assert not town.persons["fulltime_worker"].messages.filter(kind="matter.assigned").exists()
    open_ones = set(Matter.objects.filter(open=True).values_list("owner", flat=True))
    heard = OutboxMessage.objects.filter(kind="matter.imported").values_list("receiver", flat=True)
    holders = Appointment.objects.filter(post__in=open_ones).values_list("person", flat=True)
    assert sorted(heard) == sorted(holders)


def test_the_message_of_an_import_opens_what_it_counts(town: Town) -> None:
    brought_in(town, hotline(town))
    file_matter(PUBLIC, report("路灯坏了", category="02.1", place=town.place("micro")))
    import_matters(
        SYSTEM, read_matters("热线.csv", hotline(town, HOTLINE.replace("A-", "C-"))), town.areas["street"]
    )
    for person in town.persons.values():
        viewer = viewer_of(person)
        for message in person.messages.filter(kind="matter.imported"):
            query = QueryDict(address_of(viewer, "import", message.subject_id).partition("?")[2])
            rows = matter_list(viewer, FilterForm(viewer, query).chosen()).rows
            assert len(rows) == message.facts["count"] > 0
    assert OutboxMessage.objects.filter(kind="matter.imported").count() > 1


def test_an_import_tells_nobody_of_what_is_kept_from_them(town: Town) -> None:
    brought_in(
        town,
        hotline(
            town, HOTLINE.splitlines()[0] + "\nA-9,丈夫打老婆孩子被打,婚姻家庭,,,,2026-09-01 09:00,,,,,\n"
        ),
    )
    sealed = Matter.objects.get()
    heard = set(OutboxMessage.objects.filter(kind="matter.imported").values_list("receiver", flat=True))
    assert sealed.sealed and heard
    for person in town.persons.values():
        assert (person.pk in heard) <= Matter.objects.filter(seen_by(viewer_of(person))).exists()


def test_a_number_that_is_kept_from_somebody_is_no_number_that_is_there(town: Town) -> None:
    """An import tells nobody under which numbers of the hotline there is what they may not see (P3)."""
    head = HOTLINE.splitlines()[0]

    def table(number: str, words: str) -> Intake:
        content = f"{head}\n{number},{words},,,,,2026-09-01 09:00,,,,,\n"
        return read_matters("热线.csv", hotline(town, content))

    def taken(who: str, intake: Intake) -> tuple[int, Imported]:
        viewer = town.viewer(who)
        known = len(known_before(viewer, intake).seen)
        return known, import_matters(viewer, intake, town.areas["street"])

    assert taken("district_centre", table("A-77", HIGHER)) == (0, Imported(1, 1, 0))
    said = [taken("street_officer", table(number, "路灯不亮")) for number in ("A-76", "A-77")]
    assert said[0] == said[1] == (0, Imported(1, 1, 0))
    seen = Matter.objects.filter(seen_by(town.viewer("street_officer")))
    assert sorted(seen.values_list("foreign_number", flat=True)) == ["A-76", "A-77"]
    again = [taken("street_officer", table(number, "路灯不亮")) for number in ("A-76", "A-77")]
    assert again[0] == again[1] == (1, Imported(0, 0, 1))
    assert taken("street_officer", table("A-77", HIGHER))[1].known == 1
    assert taken("service_centre", table("A-77", "路灯不亮")) == (1, Imported(0, 0, 1))
    assert taken("service_centre", table("A-78", HIGHER)) == (0, Imported(1, 1, 0))
    assert taken("street_officer", table("A-78", HIGHER)) == (0, Imported(1, 0, 0))
    assert Matter.objects.filter(sealed=2).count() == 2
