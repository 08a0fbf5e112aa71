"""A quarter's report: drafted, edited, handed in above, read by the street (R10)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from shige.matters import clock
from shige.oversight.models import Report
from shige.oversight.notes.commands import write_note
from shige.oversight.reports.commands import change_report, draft_report, hand_in
from shige.oversight.reports.drafting import TITLES
from shige.oversight.reports.queries import missing, quarters, report_seen, reports_known, reports_seen
from shige.oversight.urgings.commands import urge
from shige.trust.models import JournalEntry, OutboxMessage
from shige.trust.templatetags.veils import veil
from tests.matters.handling.test_pages import signed_in
from tests.matters.program import program_of
from tests.matters.town import WEDNESDAY, Town
from tests.oversight.line import overseer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("after")]

AFTER = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
QUARTER = "2026-Q3"
WHY = "超期事件较多，请说明原因"


@pytest.fixture
def after() -> Iterator[None]:
    """Let everything happen when the third quarter is over."""
    with clock.at(AFTER):
        yield


@pytest.fixture
def line(town: Town, after: None) -> Town:
    """Let a community and its general grid be overseen, with something done in the quarter and after it."""
    upper = overseer(town, "upper", "east")
    overseer(town, "overseer", "general", upper)
    code, viewer = town.areas["general"].code, town.viewer("overseer")
    with clock.at(WEDNESDAY):
        day = WEDNESDAY.date()
        urge(viewer, code, WHY, day + timedelta(days=7))
        said = {"words": "公示牌已更新", "step": "补齐记录", "step_by": day + timedelta(days=9)}
        write_note(viewer, code, "visit", on=day, looked_at=["notice"], **said)
        write_note(viewer, code, "finding", words="请社区统筹照明经费")
    write_note(viewer, code, "guidance", words="这是下一季度的意见")
    return town


def drafted(town: Town) -> Report:
    """Return the draft of the general grid's report."""
    return draft_report(town.viewer("overseer"), town.areas["general"].code, QUARTER)


def test_a_draft_says_what_is_known_of_the_quarter_and_nothing_of_another(line: Town) -> None:
    made = drafted(line)
    texts = made.paragraphs
    assert list(texts) == list(TITLES) and texts["outlook"] == ""
    assert "2026年第三季度" in texts["figures"] and "Q3" not in str(texts)
    assert WHY in texts["urgings"] and "9月9日" in texts["urgings"] and "待答复" in texts["urgings"]
    assert all(
        part in texts["visits"] for part in ("公示牌已更新", "网格公示牌及内容", "补齐记录", "9月18日")
    )
    assert "请社区统筹照明经费" in texts["guidance"] and "下一季度" not in texts["guidance"]
    assert drafted(line).pk == made.pk and Report.objects.count() == 1


def test_it_is_its_overseers_until_it_is_handed_in_above(line: Town) -> None:
    made = drafted(line)
    for who in ("upper", "street_officer", "fulltime_worker"):
        assert report_seen(line.viewer(who), made.pk) is None
    change_report(line.viewer("overseer"), made.pk, made.paragraphs | {"outlook": "下季度重点抓照明"})
    with pytest.raises(PermissionDenied):
        change_report(line.viewer("upper"), made.pk, made.paragraphs)
    hand_in(line.viewer("overseer"), made.pk)
    told = OutboxMessage.objects.filter(kind="report.hand_in").values_list("receiver__username", flat=True)
    assert list(told) == ["upper"]
    for who in ("overseer", "upper", "street_officer"):
        (found,) = reports_seen(line.viewer(who))
        assert found.own == (who == "overseer")
        page = signed_in(line, who).get(f"/oversight/reports/{veil(made.pk)}/").content.decode()
        assert "下季度重点抓照明" in page and "2026年第三季度" in page and "<textarea" not in page
    for who in ("fulltime_worker", "community_chief", "department"):
        assert reports_known(line.viewer(who), [str(made.pk)]) == set()
    with pytest.raises(ValidationError):
        change_report(line.viewer("overseer"), made.pk, {})
    with pytest.raises(ValidationError):
        hand_in(line.viewer("overseer"), made.pk)
    assert "照明" not in str(
        [entry.facts for entry in JournalEntry.objects.filter(verb__startswith="report.")]
    )


def test_where_no_organisation_stands_above_the_street_gets_it(line: Town) -> None:
    made = draft_report(line.viewer("upper"), line.areas["east"].code, QUARTER)
    hand_in(line.viewer("upper"), made.pk)
    made.refresh_from_db()
    assert (made.above, made.office) == (None, line.posts["street_officer"])
    assert report_seen(line.viewer("overseer"), made.pk) is None


def test_a_neighbour_reads_only_what_may_be_told(line: Town) -> None:
    overseer(line, "neighbour", "micro")
    made = draft_report(line.viewer("neighbour"), line.areas["micro"].code, QUARTER)
    assert WHY not in str(made.paragraphs) and "公示牌" not in str(made.paragraphs)


@pytest.mark.parametrize("words", ["王先生家已走访", "3号楼2单元堆物", "电话13812345678"])
def test_no_report_points_to_somebody(line: Town, words: str) -> None:
    made = drafted(line)
    with pytest.raises(ValidationError) as refused:
        change_report(line.viewer("overseer"), made.pk, made.paragraphs | {"outlook": words})
    assert list(refused.value.message_dict) == ["outlook"]
    page = signed_in(line, "overseer").post(
        f"/oversight/reports/{veil(made.pk)}/change/", {"outlook": words, "hand_in": "on"}
    )
    assert page.status_code == 422 and Report.objects.get().handed_in_at is None


@pytest.mark.parametrize("quarter", ["2026-Q4", "2020-Q1", "2026-10", "x"])
def test_only_a_quarter_that_is_over_has_a_report(line: Town, quarter: str) -> None:
    with pytest.raises(ValidationError):
        draft_report(line.viewer("overseer"), line.areas["general"].code, quarter)
    assert quarters()[0].key == QUARTER


@pytest.mark.parametrize("area", ["micro", "general2", "east"])
def test_a_report_is_of_the_own_grid(line: Town, area: str) -> None:
    with pytest.raises(PermissionDenied):
        draft_report(line.viewer("overseer"), line.areas[area].code, QUARTER)


def test_the_database_keeps_one_report_a_quarter(line: Town) -> None:
    made = drafted(line)
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.create(organisation=made.organisation, area=made.area, quarter=QUARTER)
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=made.pk).update(handed_in_at=AFTER)


def test_the_pages_carry_it_above(line: Town) -> None:
    client, code = signed_in(line, "overseer"), line.areas["general"].code
    assert [one.area.code for one, _quarter in missing(line.viewer("overseer"))] == [code]
    to = f"/oversight/grids/{code}/reports/{QUARTER}/"
    assert to in client.get("/oversight/reports/").content.decode()
    made = client.post(to)
    assert made.status_code == 302 and missing(line.viewer("overseer")) == []
    texts = client.get(made["Location"]).context["form"].initial
    said = client.post(f"{made['Location']}change/", texts | {"outlook": "下季度抓回访"})
    assert said.status_code == 302 and Report.objects.get().paragraphs["outlook"] == "下季度抓回访"
    assert Report.objects.get().paragraphs["visits"] == texts["visits"]
    said = client.post(f"{made['Location']}change/", texts | {"hand_in": "on"})
    assert said.status_code == 302 and Report.objects.get().handed_in_at
    assert made["Location"] in signed_in(line, "street_officer").get("/oversight/reports/").content.decode()
    assert client.post(f"{made['Location']}change/", texts).status_code == 302
    assert client.post(f"/oversight/grids/{code}/reports/2026-Q4/").status_code == 404
    other = line.areas["general2"].code
    assert client.post(f"/oversight/grids/{other}/reports/{QUARTER}/").status_code == 404


def test_a_program_does_the_same(line: Town) -> None:
    mine = program_of(line, "overseer", ("oversight.see", "report.write", "report.see"))
    way = f"/oversight/grids/{line.areas['general'].code}/reports"
    made = mine.post(way, quarter=QUARTER)
    assert made.status_code == 201 and made.json()["handed_in_at"] is None
    assert mine.post(way, quarter="2026-Q4").status_code == 422
    one = f"/oversight/reports/{made.json()['id']}"
    assert mine.post(f"{one}/change", outlook="王女士负责").status_code == 422
    assert mine.post(f"{one}/change", outlook="抓回访").json()["paragraphs"]["outlook"] == "抓回访"
    reader = program_of(line, "street_officer", ("report.see",))
    assert reader.get(one).status_code == 404
    assert mine.post(f"{one}/hand-in").json()["handed_in_at"]
    assert reader.get(one).status_code == 200 and len(reader.get("/oversight/reports").json()) == 1
    assert reader.post(f"{one}/hand-in").status_code == 403
    assert mine.post(f"{one}/hand-in").status_code == 422
