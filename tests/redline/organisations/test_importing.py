"""A table of organisations: all of its rows or none, each fault by its row, and the table that comes back."""

import io

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.utils import translation
from openpyxl import Workbook, load_workbook

from shige.redline.coverage.listing import Wanted
from shige.redline.coverage.places import place_of
from shige.redline.models import Change, Standing
from shige.redline.organisations.commands import found, rename
from shige.redline.organisations.exporting import exported
from shige.redline.organisations.importing import FaultyTableError, found_all, understood
from shige.redline.organisations.table import read_organisations
from shige.territory.models import GridVersion
from shige.trust.gate import SYSTEM, Viewer
from shige.trust.models import Appointment, JournalEntry
from shige.trust.queries import today

from ..conftest import LONG_AGO, Town, appoint, decided, overseer_post, serving
from .test_api import program

HEADING = ("名称", "类别", "网格编码", "上级组织", "起始日期")


@pytest.fixture(autouse=True)
def since_long(town: Town) -> None:
    """Let the grids be in force for years."""
    GridVersion.objects.update(valid=DateRange(LONG_AGO.on, None))


def workbook(*rows: tuple[object, ...], heading: tuple[str, ...] = HEADING) -> bytes:
    """Return rows as a workbook."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (heading, *rows):
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def tree(town: Town) -> list[tuple[object, ...]]:
    """Return a table of a community, a branch, a group and an organisation without a grid; children first."""
    return [
        ("一号党小组", "居民党员", town["n1"].code, "北片党支部", "2026-03-01"),
        ("北片党支部", "社区党员干部", town["north"].code, "玉兰社区党委", today()),
        ("玉兰社区党委", "street cadres", town["whole"].code, None, "2025年1月2日"),
        ("双塔公司党支部", "exclusive_members", town["yulan"].code, "", ""),
    ]


def imported(
    viewer: Viewer, *rows: tuple[object, ...], heading: tuple[str, ...] = HEADING
) -> tuple[int, int]:
    """Found the organisations of a table; return how many, and how many were there already."""
    done = found_all(viewer, read_organisations("a.xlsx", workbook(*rows, heading=heading)), "补录")
    return len(done.places), done.known


def faults(viewer: Viewer, *rows: tuple[object, ...], heading: tuple[str, ...] = HEADING) -> list[str]:
    """Return what is wrong with a table; nothing of it is saved."""
    before = Standing.objects.count()
    with pytest.raises(FaultyTableError) as refusal:
        imported(viewer, *rows, heading=heading)
    assert Standing.objects.count() == before
    return [f"{fault.row} {fault.column}" for fault in refusal.value.faults]


def test_a_table_is_founded_with_its_tree_its_history_and_its_journal(town: Town, officer: Viewer) -> None:
    rows = tree(town)
    rows[1] = (*rows[1][:4], "2026-02-01")
    assert imported(officer, *rows) == (4, 0)
    group, branch, top, company = (Standing.objects.get(name=row[0]) for row in rows)
    assert (group.parent, branch.parent, top.parent) == (branch.organisation, top.organisation, None)
    assert (company.area, company.tied, company.valid.lower) == (town["yulan"], False, today())
    assert (top.kind, str(top.valid.lower)) == ("street_cadres", "2025-01-02")
    assert set(Change.objects.values_list("kind", "reason")) == {("founded", "补录")}
    entries = JournalEntry.objects.filter(verb="organisation.added")
    assert {entry.facts["area"] for entry in entries} == {
        one.area_id for one in (group, branch, top, company)
    }
    assert {entry.object_version for entry in entries} == {1}


def test_what_is_there_already_is_passed_over(town: Town, officer: Viewer) -> None:
    rows = [row[:4] for row in tree(town)]
    assert imported(officer, *rows, heading=HEADING[:4]) == (4, 0)
    assert imported(officer, *rows, heading=HEADING[:4]) == (0, 4)
    assert Standing.objects.count() == 4


def everything(viewer: Viewer) -> Wanted:
    """Return the list of all that somebody sees."""
    place = place_of(viewer)
    assert place is not None
    return Wanted(place, today())


def test_what_is_handed_out_can_be_taken_in_again(town: Town, officer: Viewer) -> None:
    imported(officer, *(row[:4] for row in tree(town)), heading=HEADING[:4])
    pk = Standing.objects.get(name="一号党小组").organisation_id
    rename(officer, pk, "银杏党小组", decided())
    rows = exported(officer, everything(officer))
    heading = ("名称", "类别", "网格编码", "网格名称", "上级组织", "起始日期")
    assert imported(officer, *map(tuple, rows), heading=heading) == (0, 4)
    overseer = serving("party_overseer", town["n2"])
    assert exported(overseer, everything(overseer)) == []


def test_every_fault_is_named_by_its_row_and_nothing_is_saved(town: Town, officer: Viewer) -> None:
    found(SYSTEM, "旧党小组", "resident_members", town["s1"].pk)
    elsewhere = town.add("elsewhere", "street", "510199002000", "district")
    far = town.add("far", "community", "510199002001", "elsewhere")
    assert elsewhere and far
    assert faults(
        officer,
        *tree(town)[2:],
        ("", "居民党员", town["n2"].code, "", ""),
        ("党小组", "书法协会", town["n2"].code, "", ""),
        ("党小组", "居民党员", far.code, "", ""),
        ("党小组", "居民党员", town["north"].code, "", ""),
        ("党小组", "居民党员", town["s1"].code, "", ""),
        ("党小组", "居民党员", town["n2"].code, "没有的党支部", ""),
        ("党小组二", "居民党员", town["n2"].code, "", ""),
        ("党小组三", "居民党员", town["n1"].code, "玉兰社区党委", "2024-01-01"),
        ("党支部", "专属党员", town["tower"].code, "双塔公司党支部", "3000-01-01"),
    ) == [
        "4 名称", "5 类别", "6 网格编码", "7 网格编码", "8 网格编码", "9 上级组织", "10 网格编码",
        "11 起始日期", "12 起始日期",
    ]  # fmt: skip


def test_a_grid_may_be_named_where_one_alone_is_called_so(town: Town, officer: Viewer) -> None:
    heading = ("名称", "类别", "网格名称")
    assert imported(officer, ("党小组", "居民党员", "n1"), heading=heading) == (1, 0)
    town.grid("n2", "micro", "south")
    assert faults(officer, ("党小组", "居民党员", "n2"), heading=heading) == ["2 网格名称"]
    assert faults(officer, ("党小组", "居民党员", "没有"), heading=heading) == ["2 网格名称"]


def test_it_is_for_those_who_edit_and_in_their_area(town: Town) -> None:
    table = read_organisations("a.xlsx", workbook(("党小组", "居民党员", town["n1"].code, "", "")))
    for role in ("community_chief", "party_overseer", "micro_worker"):
        with pytest.raises(PermissionDenied):
            understood(serving(role, town["yulan"]), table)
    assert len(understood(serving("community_secretary", town["yulan"]), table).places) == 1
    other = town.add("elsewhere", "street", "510199002000", "district")
    assert len(understood(serving("street_officer", other), table).faults) == 1


def test_3000_rows_with_7_wrong_ones_come_back_marked(town: Town, sign_in) -> None:
    grids = [town.grid(f"g{number}", "micro", "north") for number in range(30)]
    rows: list[tuple[object, ...]] = [
        (f"{grids[number % 30].name}公司党支部{number}", "居民党员", town["yulan"].code, "", "2026-01-01")
        for number in range(3000)
    ]
    wrong = (3, 77, 500, 1200, 1999, 2500, 2999)
    for place in wrong:
        rows[place] = (f"党支部{place}", "居民党员", "510199009999299999", "", "2026-01-01")
    client = sign_in("street_officer", town["street"])
    file = SimpleUploadedFile("党组织.xlsx", workbook(*rows))
    start = client.post("/redline/import/", {"table": file, "reason": "补录"}, follow=True)
    preview = start.redirect_chain[-1][0]
    assert start.status_code == 422 and len(start.context["reading"].faults) == 7
    assert client.post(f"{preview}save/").status_code == 302 and not Standing.objects.exists()
    back = client.get(f"{preview}marked/")
    content = b"".join(back) if back.streaming else back.content
    sheet = load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    told = [row for row in sheet.iter_rows(min_row=2) if row[5].value]
    assert [row[0].row for row in told] == [place + 2 for place in wrong]
    assert all(cell.fill.fgColor.rgb == "00FFE3A3" for row in told for cell in row)
    assert [cell.value for cell in sheet[2]][:3] == list(rows[0][:3])
    for row, place in zip(told, wrong, strict=True):
        row[2].value = town["yulan"].code
        assert row[0].value == f"党支部{place}"
    again = io.BytesIO()
    load = sheet.parent
    assert load is not None
    load.save(again)
    file = SimpleUploadedFile("党组织.xlsx", again.getvalue())
    sent = client.post("/redline/import/", {"table": file, "reason": "补录"}, follow=True)
    preview = sent.redirect_chain[-1][0]
    for _press in range(2):
        assert client.post(f"{preview}save/").status_code == 302
    assert Standing.objects.count() == 3000


def test_a_program_imports_and_exports_as_the_pages_do(town: Town) -> None:
    officer = program("street_officer", town["street"], "redline.see", "redline.edit")

    def sent(door: str, *rows: tuple[object, ...]):
        files = {"table": SimpleUploadedFile("a.xlsx", workbook(*rows)), "reason": "补录"}
        bearer = {"Authorization": f"Bearer {officer.secret}"}
        return Client().post(f"/api/v1/redline/organisations/{door}", files, headers=bearer)

    right = ("党小组", "居民党员", town["n1"].code, "", "")
    wrong = ("党小组", "居民党员", "1", "", "")
    assert sent("import", right, wrong).status_code == 422
    assert not Standing.objects.exists()
    assert sent("import/marked", right, wrong).headers["Content-Type"].endswith("sheet")
    done = sent("import", right)
    assert done.status_code == 201 and done.json()["founded"] == 1
    (row,) = officer.get("/redline/organisations").json()
    assert (row["name"], row["grid"], row["since"]) == ("党小组", town["n1"].code, str(today()))
    chief = program("community_chief", town["yulan"], "redline.see")
    assert chief.get("/redline/organisations").status_code == 200
    assert JournalEntry.objects.filter(verb="organisation.exported").count() == 2


OVERSEEN = (*HEADING, "监督责任人岗位")


def test_a_table_names_overseers_by_post_or_holder_also_of_those_that_are_there(
    town: Town, officer: Viewer
) -> None:
    rows = tree(town)
    rows[1] = (*rows[1][:4], "2026-02-01")
    assert imported(officer, *rows) == (4, 0)
    whole, first = overseer_post(town["whole"], "社区监督岗"), overseer_post(town["n1"], "一号监督岗")
    appoint(first, "沈知微")
    named = [
        (*rows[0], " 沈知微 "),
        (*rows[1], ""),
        (*rows[2], "社区监督岗"),
        (*rows[3], None),
        ("二号党小组", "居民党员", town["n2"].code, "北片党支部", "2026-05-01", "社区监督岗"),
    ]
    assert imported(officer, *named, heading=OVERSEEN) == (1, 4)
    held = {row.name: row.overseer for row in Standing.objects.living()}
    by_name = {"一号党小组": first, "玉兰社区党委": whole, "二号党小组": whole}
    assert held == {"北片党支部": None, "双塔公司党支部": None} | by_name
    past = Standing.objects.get(name="一号党小组", valid__endswith=today())
    assert past.overseer is None
    told = Change.objects.filter(kind=Change.Kind.OVERSEEN)
    assert {(row.before, row.after, row.on) for row in told} == {
        ("", "一号监督岗", today()), ("", "社区监督岗", today()),
    }  # fmt: skip
    entries = JournalEntry.objects.filter(verb="organisation.overseer_set")
    assert {entry.object_version for entry in entries} == {2} and entries.count() == 2
    assert imported(officer, *named, heading=OVERSEEN) == (0, 5)
    assert Change.objects.filter(kind=Change.Kind.OVERSEEN).count() == 2
    here = place_of(officer)
    assert here is not None
    assert {row[6] for row in exported(officer, Wanted(here, today()))} == {"", "一号监督岗", "社区监督岗"}


def test_an_overseer_that_cannot_be_named_is_a_fault_of_its_row(town: Town, officer: Viewer) -> None:
    overseer_post(town["n2"], "二号监督岗")
    person = appoint(overseer_post(town["whole"], "甲岗"), "沈知微")
    second = overseer_post(town["whole"], "乙岗")
    Appointment.objects.create(person=person, post=second, valid=DateRange(today(), None))
    row = ("党小组", "居民党员", town["n1"].code, "", "")

    def told(viewer: Viewer, name: str) -> list[str]:
        table = read_organisations("a.xlsx", workbook((*row, name), heading=OVERSEEN))
        return [fault.message for fault in understood(viewer, table).faults]

    with translation.override("en"):
        assert "No open post" in told(officer, "二号监督岗")[0]
        assert "No open post" in told(officer, "无此岗")[0]
        assert "Several posts" in told(officer, "沈知微")[0]
        assert told(officer, "甲岗") == []
        assert "The street names" in told(serving("community_secretary", town["yulan"]), "甲岗")[0]
