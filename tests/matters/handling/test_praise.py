"""Praise has a short life of its own: received, passed on, thanked; nothing is solved and nothing is late."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils.translation import override

from shige.channels.resident.advice import advice_shown
from shige.channels.resident.progress import timeline
from shige.insight.commands import advance
from shige.insight.measures import aggregates, measures_of
from shige.insight.models import CaseFact
from shige.matters import clock
from shige.matters.confirmation.commands.answers import add_words, confirm, rate, request_review
from shige.matters.desk.queries.board import board_of
from shige.matters.filing.commands.filing import file_matter
from shige.matters.filing.commands.relay import register_found
from shige.matters.handling.commands.category import sort
from shige.matters.handling.commands.handling import take
from shige.matters.handling.commands.praise import pass_along, thank
from shige.matters.handling.commands.reminders import remind_due
from shige.matters.lists.queries.rows import late
from shige.matters.lists.queries.today import today_of
from shige.matters.models import Matter
from shige.matters.neighbours.queries.followed import tracked
from shige.matters.report import Filed
from shige.matters.tracking.queries import Tracked
from shige.matters.wishes.commands import decline
from shige.trust.commands import sequence
from shige.trust.gate import PUBLIC, SYSTEM
from shige.trust.models import OutboxMessage
from tests.matters.handling.test_pages import signed_in

from ..town import WEDNESDAY, Town, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]

LONG = timedelta(days=60)
TOLD_OF_TIME = ("时限", "逾期", "是否已解决", "已解决", "评价")


def praised(town: Town, **more: object) -> Filed:
    """Send thanks."""
    words = "昨天网格员小周帮我背米上六楼，想表扬他"
    return file_matter(PUBLIC, report(words, place=town.place("micro"), category="11.7", **more))


def seen(code: str) -> Tracked:
    """Return what its writer sees."""
    found = tracked(code)
    assert found is not None
    return found


def test_it_is_received_passed_on_and_thanked(town: Town) -> None:
    filed = praised(town)
    chief, number = town.viewer("community_chief"), filed.matter.number
    pass_along(chief, number, "已在晨会上转告小周本人")
    thank(chief, number, "谢谢您，都是应该做的！")
    with override("zh-hans"):
        found = seen(filed.tracking_code)
        assert (found.state, found.state_label, found.phase) == ("thanked", "已致谢", "done")
        assert [step.label for step in found.steps[1:]] == ["您的表扬已转达", "您感谢的人回了话"]
    assert [step.note for step in found.steps[1:]] == ["已在晨会上转告小周本人", "谢谢您，都是应该做的！"]
    assert Matter.objects.get(number=number).closed_at == clock.now()


def test_thanks_may_come_back_at_once_and_nobody_else_gives_them(town: Town) -> None:
    number = praised(town).matter.number
    for who in ("community_chief2", "micro_worker3", "department"):
        with pytest.raises(PermissionDenied):
            pass_along(town.viewer(who), number, "转告了")
    thank(town.viewer("community_chief"), number, "谢谢您！")
    assert Matter.objects.get(number=number).state == "thanked"


def test_its_writer_is_asked_nothing_and_reads_of_no_date(town: Town) -> None:
    filed = praised(town)
    code = filed.tracking_code
    for act in (lambda: None, lambda: pass_along(SYSTEM, filed.matter.number, "转告本人")):
        act()
        found = seen(code)
        assert not set(found.answers) & {"confirm", "not_solved", "rate", "reopen", "review"}
        assert [station for station in timeline(found) if station.status != "done" and station.when] == []
        page = Client().get(f"/m/{code}/").content.decode()
        assert not [word for word in TOLD_OF_TIME if word in page]
    for say in (lambda: confirm(PUBLIC, code), lambda: rate(PUBLIC, code, 5)):
        with pytest.raises(ValidationError, match="已转达"):
            say()


def test_the_line_shows_what_still_comes(town: Town) -> None:
    filed = praised(town)
    with override("zh-hans"):
        ahead = [(one.label, one.status) for one in timeline(seen(filed.tracking_code))[1:]]
        assert ahead == [("待转达", "now"), ("已转达", "next"), ("已致谢", "next")]
        thank(SYSTEM, filed.matter.number, "谢谢")
        assert {one.status for one in timeline(seen(filed.tracking_code))} == {"done"}


def test_its_writer_may_add_until_it_is_passed_on(town: Town) -> None:
    filed = praised(town)
    add_words(PUBLIC, filed.tracking_code, "是周二下午")
    pass_along(SYSTEM, filed.matter.number, "转告本人")
    assert "add" not in seen(filed.tracking_code).answers


def test_it_is_never_late_nor_reminded_of(town: Town) -> None:
    filed = praised(town)
    OutboxMessage.objects.all().delete()
    with clock.at(WEDNESDAY + LONG):
        assert remind_due(SYSTEM) == 0 and not OutboxMessage.objects.exists()
        assert not Matter.objects.filter(late()).exists()
        pass_along(SYSTEM, filed.matter.number, "转告本人")
        assert not Matter.objects.filter(late()).exists()
        board = board_of(town.viewer("street_officer"))
        assert board is not None and (board.whole["open"].count, board.whole["late"].count) == (1, 0)


def test_whoever_has_it_finds_it_on_their_first_page_apart_from_what_is_due(town: Town) -> None:
    number = praised(town).matter.number
    found = today_of(town.viewer("community_chief"))
    assert [row.number for row in found.praise] == [number] and found.mine == []
    assert [found.figures[name].count for name in ("late", "today", "new")] == [0, 0, 1]
    page = signed_in(town, "community_chief").get("/office/").content.decode()
    assert "待转达的表扬" in page and number in page
    thank(SYSTEM, number, "谢谢")
    assert today_of(town.viewer("community_chief")).praise == []


def test_lists_and_files_give_it_no_date(town: Town) -> None:
    number = praised(town).matter.number
    chief = signed_in(town, "community_chief")
    assert "无时限" in chief.get("/office/matters/").content.decode()
    page = chief.get(f"/office/matters/{number}/").content.decode()
    assert "时限" not in page.replace("无时限", "") and "已转达" in page and "回复致谢" in page
    chief.post(f"/office/matters/{number}/do/pass_along/", {"note": "转告本人"})
    assert Matter.objects.get(number=number).state == "passed_on"
    line = chief.get("/office/matters/export.csv").content.decode().splitlines()[1]
    assert line.split(",")[-3:] == ["", "", ""]
    told = Client().get(f"/api/v1/public/matters/{praised(town).tracking_code}").json()
    assert (told["respond_by"], told["resolve_by"]) == (None, None)


def test_what_is_a_problem_after_all_gets_its_whole_time_from_then_on(town: Town) -> None:
    number = praised(town).matter.number
    with clock.at(WEDNESDAY + LONG):
        sort(SYSTEM, number, "03.1")
        matter = Matter.objects.get(number=number)
        assert matter.running and matter.respond_by > clock.now() and matter.stopped_at is None
        take(SYSTEM, number)


def test_what_was_late_is_late_no_more_once_it_is_sorted_as_praise(town: Town) -> None:
    filed = file_matter(PUBLIC, report(place=town.place("micro"), category="03.1"))
    with clock.at(WEDNESDAY + LONG):
        sort(SYSTEM, filed.matter.number, "11.7")
        assert not Matter.objects.filter(late()).exists()
        assert seen(filed.tracking_code).state == "new"


def test_it_counts_in_no_rate(town: Town) -> None:
    filed = praised(town)
    for act in (lambda: None, lambda: thank(SYSTEM, filed.matter.number, "谢谢")):
        with clock.at(WEDNESDAY + LONG):
            act()
        sequence()
        advance()
        counts = CaseFact.objects.aggregate(**aggregates(WEDNESDAY + 2 * LONG))
        told = measures_of(counts)
        assert {(share.part, share.of) for share in (told.response, told.resolution)} == {(0, 0)}
        assert told.late.part == 0 and told.open.of == 1


def test_whoever_left_a_telephone_hears_that_it_was_passed_on(town: Town) -> None:
    filed = praised(town, phone="13800138000")
    pass_along(SYSTEM, filed.matter.number, "转告本人")
    assert OutboxMessage.objects.filter(kind="matter.praised", subject_id=filed.matter.number).count() == 1


def test_advice_promises_no_time(town: Town) -> None:
    shown = advice_shown("11.7")
    assert shown is not None and shown.here == ""
    other = advice_shown("11.1")
    assert other is not None and other.here != ""


@pytest.mark.parametrize(("into", "end"), [("11.7", thank), ("14.1", decline)])
def test_what_was_sorted_so_that_nobody_is_asked_goes_to_the_tier_above_by_its_reporters_word(
    town: Town, into: str, end: Callable[..., Matter]
) -> None:
    """R25: whoever handles a matter does not end it by giving it another name."""
    filed = file_matter(PUBLIC, report("楼道灯坏了三个月没人修", place=town.place("micro"), category="02.1"))
    chief, number = town.viewer("community_chief"), filed.matter.number
    sort(chief, number, into)
    assert end(chief, number, "不宜公开").open is False
    assert "review" in seen(filed.tracking_code).answers
    again = request_review(PUBLIC, filed.tracking_code, "灯还是坏的")
    assert (again.open, again.reopened, town.owner(again)) == (True, 1, "street_officer")
    assert sort(town.viewer("street_officer"), number, "02.1").kind == "ordinary"


@pytest.mark.parametrize("into", ["11.7", "14.1"])
def test_what_was_found_at_work_is_neither_wish_nor_praise(town: Town, into: str) -> None:
    """R39: nobody would look whether the hazard is gone."""
    given = report("消防栓没有水", place=town.place("micro"), category="03.1")
    number = register_found(town.viewer("micro_worker"), given).matter.number
    with pytest.raises(ValidationError, match="found at work"):
        sort(SYSTEM, number, into)
