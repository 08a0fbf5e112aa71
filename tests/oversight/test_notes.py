"""Visit notes, guidance, and findings passed above (R10)."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from shige.oversight.models import Note
from shige.oversight.notes.commands import answer_finding, write_note
from shige.oversight.notes.queries import note_seen, notes_known, notes_seen
from shige.redline.models import Standing
from shige.trust.models import JournalEntry, OutboxMessage
from shige.trust.templatetags.veils import veil
from tests.matters.handling.test_pages import signed_in
from tests.matters.program import program_of
from tests.matters.town import Town
from tests.oversight.line import overseer

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
GOOD = "公示牌已更新，回访记录齐全"


def visit(**more: Any) -> dict[str, Any]:
    """Return what a visit note says."""
    return {"on": TODAY, "looked_at": ["patrol", "notice"], "words": GOOD} | more


def told(kind: str) -> list[str]:
    """Return who has a message of a kind."""
    found = OutboxMessage.objects.filter(kind=kind).values_list("receiver__username", flat=True)
    return sorted(name for name in found if name)


def line(town: Town) -> None:
    """Let a community and its general grid be overseen."""
    upper = overseer(town, "upper", "east")
    overseer(town, "overseer", "general", upper)


def test_a_visit_is_read_by_its_writer_the_post_in_charge_and_above(town: Town) -> None:
    line(town)
    overseer(town, "stranger", "general2")
    code = town.areas["general"].code
    agreed = {"to_mend": "巡查记录不全", "step": "补齐记录", "step_by": TODAY + timedelta(days=9)}
    made = write_note(town.viewer("overseer"), code, "visit", **visit(**agreed))
    assert told("note.visit") == ["fulltime_worker"] and made.asked == town.posts["fulltime_worker"]
    for who in ("overseer", "upper", "fulltime_worker"):
        assert [one.note for one in notes_seen(town.viewer(who))] == [made]
        assert "补齐记录" in signed_in(town, who).get(f"/oversight/notes/{veil(made.pk)}/").content.decode()
    for who in ("stranger", "micro_worker", "community_chief", "street_officer"):
        assert note_seen(town.viewer(who), made.pk) is None
        assert signed_in(town, who).get(f"/oversight/notes/{veil(made.pk)}/").status_code == 404
    assert notes_known(town.viewer("stranger"), [str(made.pk)]) == set()
    entry = JournalEntry.objects.get(verb="note.visit")
    assert GOOD not in str(entry.facts)


def test_guidance_needs_no_answer_and_a_finding_is_answered_above_once(town: Town) -> None:
    line(town)
    code = town.areas["general"].code
    write_note(town.viewer("overseer"), code, "guidance", words="请优先安排夜间巡查")
    made = write_note(town.viewer("overseer"), code, "finding", words="网格员空缺两人，请社区协调")
    assert (told("note.guidance"), told("note.finding")) == (["fulltime_worker"], ["upper"])
    assert note_seen(town.viewer("fulltime_worker"), made.pk) is None
    assert [one.waits for one in notes_seen(town.viewer("upper"))].count(True) == 1
    with pytest.raises(PermissionDenied):
        answer_finding(town.viewer("overseer"), made.pk, "好")
    answer_finding(town.viewer("upper"), made.pk, "已采纳，下周派人补充")
    assert told("note.answer") == ["overseer"]
    found = note_seen(town.viewer("overseer"), made.pk)
    assert found and found.note.answer == "已采纳，下周派人补充" and not found.waits
    with pytest.raises(ValidationError):
        answer_finding(town.viewer("upper"), made.pk, "再答")


def test_whoever_oversees_today_reads_it(town: Town) -> None:
    line(town)
    made = write_note(town.viewer("overseer"), town.areas["general"].code, "visit", **visit())
    Standing.objects.filter(overseer=town.posts["upper"]).update(overseer=None)
    assert note_seen(town.viewer("upper"), made.pk) is None
    with pytest.raises(ValidationError):  # nobody above is in office any more
        write_note(town.viewer("overseer"), town.areas["general"].code, "finding", words="请协调")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"words": "王先生家很满意"}, "words"),
        ({"to_mend": "3号楼2单元堆物"}, "to_mend"),
        ({"step": "电话13812345678回访", "step_by": TODAY}, "step"),
        ({"on": TODAY + timedelta(days=1)}, "on"),
        ({"on": TODAY - timedelta(days=91)}, "on"),
        ({"step": "补齐", "step_by": TODAY - timedelta(days=1)}, "step_by"),
    ],
)
def test_what_points_to_somebody_or_does_not_fit_is_refused(
    town: Town, given: dict[str, Any], field: str
) -> None:
    line(town)
    with pytest.raises(ValidationError) as refused:
        write_note(town.viewer("overseer"), town.areas["general"].code, "visit", **visit(**given))
    assert list(refused.value.message_dict) == [field] and not Note.objects.exists()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"words": ""}, "好的做法"),
        ({"step": "补齐"}, "完成日期"),
        ({"step_by": f"{TODAY}"}, "商定在这一天前"),
        ({"looked_at": "nothing"}, "errorlist"),
    ],
)
def test_a_form_asks_for_the_whole_of_a_visit(town: Town, sent: dict[str, Any], said: str) -> None:
    line(town)
    to = f"/oversight/grids/{town.areas['general'].code}/notes/visit/"
    page = signed_in(town, "overseer").post(to, visit(on=f"{TODAY}") | sent)
    assert page.status_code == 422 and said in page.content.decode() and not Note.objects.exists()


def test_nobody_writes_of_a_grid_that_they_do_not_oversee(town: Town) -> None:
    line(town)
    for code in ("general2", "street"):
        with pytest.raises(PermissionDenied):
            write_note(town.viewer("overseer"), town.areas[code].code, "visit", **visit())
        to = f"/oversight/grids/{town.areas[code].code}/notes/visit/"
        assert signed_in(town, "overseer").get(to).status_code == 404
    to = f"/oversight/grids/{town.areas['general'].code}/notes/"
    assert signed_in(town, "overseer").get(f"{to}else/").status_code == 404
    assert signed_in(town, "fulltime_worker").get(f"{to}visit/").status_code == 403


def test_the_database_keeps_a_finding_to_those_above(town: Town) -> None:
    line(town)
    made = write_note(town.viewer("overseer"), town.areas["general"].code, "visit", **visit())
    for wrong in ({"kind": "finding"}, {"above": made.organisation}, {"step": "补齐"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Note.objects.filter(pk=made.pk).update(**wrong)


def test_the_pages_carry_a_finding_above_and_back(town: Town) -> None:
    line(town)
    client, code = signed_in(town, "overseer"), town.areas["general"].code
    grid = client.get(f"/oversight/grids/{code}/").content.decode()
    assert all(f"/oversight/grids/{code}/notes/{kind}/" in grid for kind in Note.Kind.values)
    for kind, sent in (("visit", visit(on=f"{TODAY}")), ("finding", {"words": "请协调"})):
        assert client.get(f"/oversight/grids/{code}/notes/{kind}/").status_code == 200
        made = client.post(f"/oversight/grids/{code}/notes/{kind}/", sent)
        assert made.status_code == 302 and client.get(made["Location"]).status_code == 200
    assert "网格公示牌及内容" in client.get("/oversight/notes/").content.decode() or Note.objects.count() == 2
    above = signed_in(town, "upper")
    assert made["Location"] in above.get("/oversight/").content.decode()
    assert above.post(f"{made['Location']}answer/", {"words": "王女士负责"}).status_code == 422
    assert above.post(f"{made['Location']}answer/", {"words": "已采纳"}).status_code == 302
    assert above.post(f"{made['Location']}answer/", {"words": "已采纳"}).status_code == 302
    assert "已采纳" in client.get(made["Location"]).content.decode()


def test_a_program_does_the_same(town: Town) -> None:
    line(town)
    mine = program_of(town, "overseer", ("oversight.see", "note.write", "note.see"))
    way = f"/oversight/grids/{town.areas['general'].code}/notes"
    made = mine.post(way, kind="visit", on=f"{TODAY}", looked_at=["patrol"], words=GOOD)
    assert made.status_code == 201 and made.json()["looked_at"] == ["巡查及记录"]
    assert mine.post(way, kind="else", words="好").status_code == 422
    assert mine.post(way, kind="guidance", words="好", step="补齐").status_code == 422
    passed = mine.post(way, kind="finding", words="请协调").json()
    one = f"/oversight/notes/{passed['id']}"
    above = program_of(town, "upper", ("oversight.see", "note.write", "note.see"))
    assert above.get(one).json()["waits"] and not mine.get(one).json()["waits"]
    assert mine.post(f"{one}/answer", words="好").status_code == 422
    assert above.post(f"{one}/answer", words="已采纳").json()["answer"] == "已采纳"
    assert [len(each.get("/oversight/notes").json()) for each in (mine, above)] == [2, 2]
    reader = program_of(town, "overseer", ("oversight.see", "note.see"))
    assert reader.post(way, kind="guidance", words="好").status_code == 403
    stranger = program_of(town, "community_chief2", ("note.see",))
    assert stranger.get(one).status_code == 404 and stranger.get("/oversight/notes").json() == []
