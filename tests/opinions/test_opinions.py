"""Opinion notes: written without persons, counted once a day, followed up to an answer (R40, P8)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from shige.matters import clock
from shige.matters.models import Matter
from shige.matters.report import Report
from shige.opinions.commands import OpinionIn, hear_too, move_opinion, raise_matter, write_opinion
from shige.opinions.models import Hearing, Opinion
from shige.opinions.queries.counts import opinion_counts, opinions_to_share
from shige.opinions.queries.notes import OpinionFilter, opinion_areas, opinion_detail, opinion_list
from shige.trust.models import JournalEntry, OutboxMessage
from tests.matters.town import WEDNESDAY, Town

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]

WORDS = "晚上停车位不够，消防通道常被占"
OUTSIDERS = ("department", "mediation_committee")


def noted(town: Town, who: str = "micro_worker", area: str = "micro", **given: object) -> Opinion:
    """Write a note down in a grid."""
    usual = {"theme": "parking", "words": WORDS, "band": "few", "on": WEDNESDAY.date()}
    return write_opinion(town.viewer(who), OpinionIn(**usual | {"area": town.areas[area].pk} | given))  # type: ignore[arg-type]


def test_a_note_lies_in_its_grid_and_is_heard_once(town: Town) -> None:
    opinion = noted(town)
    assert (opinion.leaf_id, opinion.general_id) == (town.areas["micro"].pk, town.areas["general"].pk)
    assert (opinion.state, Hearing.objects.count()) == ("noted", 1)
    entry = JournalEntry.objects.get(verb="opinion.written")
    assert entry.facts == {"theme": "parking", "state": "noted", "matter": None}
    assert entry.community == town.areas["east"].pk


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("theme", "gossip"),
        ("band", "all"),
        ("on", date(2026, 9, 10)),
        ("words", " "),
        ("words", "找13812345678"),
        ("words", "王先生说电梯坏了"),
        ("words", "3栋2单元501号太吵"),
        ("words", "微网格员收了钱不办事，态度恶劣"),
        ("words", "社区书记收红包"),
        ("words", "有人天天打老婆，半夜哭喊救命，大家都怕"),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field(town: Town, field: str, wrong: object) -> None:
    with pytest.raises(ValidationError) as refused:
        noted(town, **{field: wrong})
    assert list(refused.value.message_dict) == [field]
    assert not Opinion.objects.exists()


@pytest.mark.parametrize(
    ("who", "area"),
    [
        ("micro_worker", "micro2"),
        ("micro_worker", "general"),
        ("community_chief", "west"),
        ("department", "micro"),
        ("mediation_committee", "micro"),
    ],
)
def test_nobody_writes_outside_the_own_area(town: Town, who: str, area: str) -> None:
    with pytest.raises(PermissionDenied):
        noted(town, who, area)


def test_no_note_is_about_a_street(town: Town) -> None:
    with pytest.raises(ValidationError):
        noted(town, "street_officer", "street")


def test_each_post_counts_once_a_day(town: Town) -> None:
    opinion = noted(town)
    hear_too(town.viewer("fulltime_worker"), opinion.pk)
    for who in ("micro_worker", "fulltime_worker"):
        with pytest.raises(ValidationError, match="today already"):
            hear_too(town.viewer(who), opinion.pk)
    with clock.at(WEDNESDAY + timedelta(days=1)):
        hear_too(town.viewer("fulltime_worker"), opinion.pk)
    row = opinion_list(town.viewer("community_chief"), OpinionFilter()).rows[0]
    assert (row.times, row.posts, row.may_hear) == (3, 2, True)
    assert JournalEntry.objects.filter(verb="opinion.heard").count() == 2
    assert Opinion.objects.get().version == 3


def test_others_neither_see_nor_hear_it(town: Town) -> None:
    opinion = noted(town)
    for who in ("micro_worker2", "community_chief2", "fulltime_worker2", *OUTSIDERS):
        viewer = town.viewer(who)
        assert opinion_list(viewer, OpinionFilter()).rows == ()
        assert opinion_detail(viewer, opinion.pk) is None
        with pytest.raises(PermissionDenied):
            hear_too(viewer, opinion.pk)
        with pytest.raises(PermissionDenied):
            move_opinion(viewer, opinion.pk, "follow", "了解车位")


def test_it_is_followed_up_and_answered_and_whoever_heard_it_is_told(town: Town) -> None:
    opinion = noted(town)
    hear_too(town.viewer("fulltime_worker"), opinion.pk)
    chief = town.viewer("community_chief")
    move_opinion(chief, opinion.pk, "follow", "找物业核对车位数")
    move_opinion(chief, opinion.pk, "answer", "夜间开放学校停车场")
    found = opinion_detail(town.viewer("micro_worker"), opinion.pk)
    assert found and [step.note for step in found.history] == ["找物业核对车位数", "夜间开放学校停车场"]
    assert (found.row.state, found.row.over, found.followed_by) == ("answered", True, "east community_chief")
    told = OutboxMessage.objects.filter(kind="opinion.answer").values_list("receiver__username", flat=True)
    assert sorted(told) == ["fulltime_worker", "micro_worker"]
    with pytest.raises(ValidationError):
        hear_too(town.viewer("fulltime_worker"), opinion.pk)


def test_a_worker_does_not_follow_up_and_an_answer_needs_a_start(town: Town) -> None:
    opinion = noted(town)
    with pytest.raises(PermissionDenied):
        move_opinion(town.viewer("micro_worker"), opinion.pk, "follow", "我来")
    chief = town.viewer("community_chief")
    for action, note in (("answer", "好"), ("follow", " "), ("follow", "问了王女士"), ("raise", "")):
        with pytest.raises(ValidationError):
            move_opinion(chief, opinion.pk, action, note)
    move_opinion(chief, opinion.pk, "drop", "不属于本社区范围")
    assert Opinion.objects.get().state == "set_aside"


def test_it_becomes_a_matter_without_a_reporter_once(town: Town) -> None:
    opinion = noted(town)
    report = Report(words=WORDS, place=town.place("micro"), category="04.1", source="note", key="k")
    with pytest.raises(PermissionDenied):
        raise_matter(town.viewer("micro_worker"), opinion.pk, report)
    chief = town.viewer("community_chief")
    filed = raise_matter(chief, opinion.pk, report)
    assert (filed.matter.source, filed.matter.phone_handle) == ("note", None)
    found = opinion_detail(chief, opinion.pk)
    assert found and (found.matter, found.row.state) == (filed.matter.number, "followed")
    assert [row.action for row in found.actions] == ["answer", "drop"]
    with pytest.raises(ValidationError):
        raise_matter(chief, opinion.pk, report)
    assert Matter.objects.count() == 1


def test_a_matter_that_is_refused_leaves_the_note_as_it_was(town: Town) -> None:
    opinion = noted(town)
    bad = Report(words=" ", place=town.place("micro"), source="note")
    with pytest.raises(ValidationError):
        raise_matter(town.viewer("community_chief"), opinion.pk, bad)
    assert opinion_detail(town.viewer("community_chief"), opinion.pk).row.state == "noted"  # type: ignore[union-attr]


def test_a_note_becomes_no_complaint_in_the_hands_of_the_chain(town: Town) -> None:
    """P3: the worker complained about reads the note and what became of it."""
    opinion = noted(town)
    report = Report(words=WORDS, place=town.place("micro"), category="11.3", source="note")
    with pytest.raises(ValidationError, match="about staff"):
        raise_matter(town.viewer("community_chief"), opinion.pk, report)
    assert not Matter.objects.exists() and Opinion.objects.get().state == "noted"
    assert raise_matter(town.viewer("street_officer"), opinion.pk, report).matter.sealed


def test_the_list_is_narrowed_and_turns_pages(town: Town) -> None:
    keys = [noted(town).pk for _ in range(33)]
    other = noted(town, "fulltime_worker", "general", theme="lifts").pk
    viewer = town.viewer("community_chief")
    first = opinion_list(viewer, OpinionFilter())
    assert (first.rows[0].key, len(first.rows), first.newer) == (other, 30, None)
    second = opinion_list(viewer, OpinionFilter(before=first.older))
    assert ([row.key for row in second.rows], second.older) == (keys[3::-1], None)
    back = opinion_list(viewer, OpinionFilter(after=second.newer))
    assert [row.key for row in back.rows] == [row.key for row in first.rows]
    assert [row.key for row in opinion_list(viewer, OpinionFilter(theme="lifts")).rows] == [other]
    inside = opinion_list(viewer, OpinionFilter(area=town.areas["micro"], state="noted"))
    assert other not in [row.key for row in inside.rows] and len(inside.rows) == 30


def test_the_list_takes_one_statement(town: Town, django_assert_num_queries: object) -> None:
    for _ in range(5):
        noted(town)
    viewer = town.viewer("community_chief")
    with django_assert_num_queries(1):  # type: ignore[operator]
        opinion_list(viewer, OpinionFilter())


def test_what_rises_comes_first(town: Town) -> None:
    for days, theme in ((10, "lifts"), (9, "lifts"), (8, "parking"), (1, "parking"), (0, "parking")):
        noted(town, theme=theme, on=WEDNESDAY.date() - timedelta(days=days))
    noted(town, "micro_worker3", "micro3")
    counts = opinion_counts(town.viewer("street_officer"), "week")
    assert [(one.key, one.now, one.change) for one in counts.themes] == [("parking", 3, 2), ("lifts", 0, -2)]
    assert {one.name: one.now for one in counts.places} == {"east": 2, "west": 1}
    east = opinion_counts(town.viewer("street_officer"), "month", "lifts", town.areas["east"])
    assert [(one.name, one.now) for one in east.places] == [("micro", 2)]
    assert sum(one.now for one in opinion_counts(town.viewer("community_chief2"), "week").themes) == 1
    for who in ("micro_worker", *OUTSIDERS):
        with pytest.raises(PermissionDenied):
            opinion_counts(town.viewer(who), "week")


def test_small_counts_do_not_leave(town: Town) -> None:
    for _ in range(6):
        noted(town)
    noted(town, theme="lifts")
    cells = {cell.theme: cell.times for cell in opinions_to_share(town.viewer("community_chief"))}
    assert set(cells.values()) == {None}  # six is told by nobody beside a total of seven
    for _ in range(5):
        noted(town, "fulltime_worker", "general", theme="green")
    told = [cell.times for cell in opinions_to_share(town.viewer("community_chief"))]
    assert sorted(told, key=str) == [6, None, None]
    with pytest.raises(PermissionDenied):
        opinions_to_share(town.viewer("micro_worker"))


@pytest.mark.parametrize(
    ("who", "names"),
    [
        ("micro_worker", ["micro"]),
        ("exclusive_worker", ["tower"]),
        ("fulltime_worker", ["general", "micro", "micro2"]),
        ("community_chief2", ["west", "general2", "micro3"]),
        ("street_officer", ["east", "general", "tower", "west", "general2"]),
        ("district_centre", ["east", "west"]),
        ("department", []),
    ],
)
def test_where_one_may_write(town: Town, who: str, names: list[str]) -> None:
    assert [area.name for area in opinion_areas(town.viewer(who), "opinion.write")] == names
