"""Approximate dates are put right once the holidays are published, and the reporter reads it (R22)."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone, translation

from shige.matters import clock
from shige.matters.filing.commands.filing import file_matter
from shige.matters.handling.commands.dates import redate_approximate
from shige.matters.handling.commands.handling import take
from shige.matters.handling.commands.pause import ask, go_on
from shige.matters.models import Matter
from shige.matters.neighbours.queries.followed import tracked
from shige.matters.report import Filed
from shige.matters.workflow import deadlines
from shige.trust.gate import PUBLIC, SYSTEM
from shige.trust.models import JournalEntry

from ..town import Town, report

pytestmark = pytest.mark.django_db

BEFORE_FESTIVAL = datetime(2027, 2, 4, 2, 0, tzinfo=UTC)
"""Ten in the morning before the Spring Festival of a year of which the statutory holidays alone are known."""

NOTICE = """
[2027]
holidays = ["2027-01-01/2027-01-03", "2027-02-05/2027-02-11"]
make_up = ["2027-02-14"]
"""


@pytest.fixture
def published(tmp_path: Path, settings: object) -> Iterator[Callable[[], None]]:
    """Return what loads the notice of the year."""
    file = tmp_path / "2027.toml"
    file.write_text(NOTICE, "utf-8")

    def load() -> None:
        settings.SHIGE_HOLIDAYS = str(file)  # type: ignore[attr-defined]
        deadlines.calendar.cache_clear()

    yield load
    settings.SHIGE_HOLIDAYS = ""  # type: ignore[attr-defined]
    deadlines.calendar.cache_clear()


def filed(town: Town) -> Filed:
    """File a matter that is due in two working days, and let its owner take it."""
    with clock.at(BEFORE_FESTIVAL):
        found = file_matter(PUBLIC, report(place=town.place("micro"), category="01.1"))
        take(town.viewer("fulltime_worker"), found.matter.number)
    return found


def due(matter: Matter) -> str:
    """Return the date of the solution in the office's zone, with a sign where it is approximate."""
    found = Matter.objects.get(pk=matter.pk)
    return f"{timezone.localtime(found.resolve_by):%d %H:%M}{'?' if found.approximate else ''}"


def test_the_date_follows_the_notice_and_the_reporter_reads_it(
    town: Town, published: Callable[[], None]
) -> None:
    found = filed(town)
    matter = found.matter
    assert due(matter) == "12 10:00?"
    with clock.at(BEFORE_FESTIVAL + timedelta(hours=2)):
        assert redate_approximate(SYSTEM) == 0
        published()
        assert (redate_approximate(SYSTEM), redate_approximate(SYSTEM)) == (1, 0)
    assert due(matter) == "14 10:00"
    again = Matter.objects.get(pk=matter.pk)
    assert (again.next_at, again.version) == (again.resolve_by, 3)
    assert again.remind_at and timezone.localtime(again.remind_at).strftime("%d %H:%M") == "12 10:00"
    assert JournalEntry.objects.filter(verb="matter.redated", object_version=3).count() == 1
    with translation.override("zh-hans"):
        shown = tracked(found.tracking_code)
    assert shown and not shown.approximate
    assert (shown.steps[-1].label, shown.steps[-1].note) == (
        "放假安排已公布，已重新核定办结时限",
        "2027年2月12日 10:00 (周五) → 2027年2月14日 10:00 (周日)",
    )


def test_a_pause_that_lasts_is_added_when_it_ends(town: Town, published: Callable[[], None]) -> None:
    matter, owner = filed(town).matter, town.viewer("fulltime_worker")
    with clock.at(BEFORE_FESTIVAL):
        ask(owner, matter.number, "哪一栋？")
    published()
    with clock.at(BEFORE_FESTIVAL + timedelta(days=8)):
        assert redate_approximate(SYSTEM) == 1
        assert due(matter) == "14 10:00"
        go_on(owner, matter.number)
    assert due(matter) == "15 10:00"


def test_many_are_put_right_in_batches(
    town: Town, published: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shige.matters.handling.commands.dates.BATCH", 2)
    matters = [filed(town).matter for _ in range(5)]
    published()
    with clock.at(BEFORE_FESTIVAL):
        assert redate_approximate(SYSTEM) == 5
    assert {due(matter) for matter in matters} == {"14 10:00"}


def test_only_the_program_puts_dates_right(town: Town) -> None:
    with pytest.raises(PermissionDenied):
        redate_approximate(town.viewer("street_officer"))
