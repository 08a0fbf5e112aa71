"""Moments, deadlines and icons as the pages say them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from shige.project.templatetags.interface import deadline, icon, together, when


@pytest.fixture(autouse=True)
def chinese():
    with translation.override("zh-hans"), timezone.override("Asia/Shanghai"):
        yield


@pytest.fixture
def now(monkeypatch):
    moment = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    return moment


def test_a_moment_is_said_in_local_time_with_its_weekday(now):
    assert when(now) == "11月23日 14:30 (周一)"


def test_a_moment_of_another_year_names_the_year(now):
    assert when(now - timedelta(days=365)).startswith("2025年11月23日")


@pytest.mark.parametrize(
    ("ahead", "level", "words"),
    [
        (timedelta(days=3, hours=2), "", "还剩 3 天"),
        (timedelta(hours=30), "", "还剩 30 小时"),
        (timedelta(hours=24), "soon", "还剩 24 小时"),
        (timedelta(minutes=12), "soon", "还剩 12 分钟"),
        (timedelta(hours=-5), "late", "超期 5 小时"),
    ],
)
def test_a_deadline_says_how_long_is_left_and_how_pressing_it_is(now, ahead, level, words):
    chip = deadline(now + ahead)
    assert (chip["level"], chip["words"]) == (level, words)


@pytest.mark.parametrize(
    ("done", "level", "words"),
    [
        (timedelta(hours=-1), "", "按时完成"),
        (timedelta(), "", "按时完成"),
        (timedelta(hours=3), "late", "完成，超期 3 小时"),
    ],
)
def test_what_was_done_is_said_to_be_in_time_only_where_it_was(now, done, level, words):
    due = now - timedelta(days=9)
    chip = deadline(due, done=due + done)
    assert (chip["level"], chip["words"]) == (level, words)


def test_a_deadline_is_told_in_words_not_by_colour_alone(now):
    page = Template("{% load interface %}{% deadline due 'Due' %}").render(
        Context({"due": now - timedelta(hours=2)})
    )
    assert "超期 2 小时" in page


def test_an_icon_that_was_never_drawn_is_refused():
    with pytest.raises(KeyError):
        icon("no-such-icon")


def test_names_stand_together_as_the_language_has_it() -> None:
    with translation.override("zh-hans"):
        assert together(["玉兰社区", "海棠社区"]) == "玉兰社区、海棠社区"
    with translation.override("en"):
        assert together(iter(["玉兰社区", "海棠社区"])) == "玉兰社区, 海棠社区"
