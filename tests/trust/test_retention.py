"""What is deleted because its time is over goes by the database's clock, and not while that jumps (P6)."""

from datetime import timedelta

import pytest
from django.db import connection
from pytest_django import Settings

from shige.matters import jobs
from shige.trust.commands import ClockJumpedError, accept_clock, retention_moment
from shige.trust.commands.vault import forget_expired, seal
from shige.trust.database_clock import database_time
from shige.trust.gate import SYSTEM
from shige.trust.models import JournalEntry, RetentionClock

pytestmark = pytest.mark.django_db


def clock_went(by: timedelta) -> None:
    """Let the clock have gone so far since it was last looked at."""
    RetentionClock.objects.update(seen_at=retention_moment() - by)


@pytest.mark.parametrize("by", [timedelta(hours=23), timedelta(0), timedelta(hours=-23)])
def test_the_clock_may_go_a_day(by: timedelta) -> None:
    clock_went(by)
    assert retention_moment() == RetentionClock.objects.get().seen_at


@pytest.mark.parametrize("by", [timedelta(hours=25), timedelta(days=400), timedelta(hours=-25)])
def test_a_clock_that_jumps_deletes_nothing_until_the_operator_accepts_it(
    by: timedelta, monkeypatch: pytest.MonkeyPatch
) -> None:
    deleted: list[str] = []
    for name in ("forget_expired", "forget_past", "forget_receipts"):
        monkeypatch.setattr(jobs, name, lambda *given, name=name: deleted.append(name))
    clock_went(by)
    before = RetentionClock.objects.get().seen_at
    with pytest.raises(ClockJumpedError, match="shige retention accept"):
        retention_moment()
    jobs.watch_clock.func(0)
    jobs.forget.func(0)
    assert deleted == [] and RetentionClock.objects.get().seen_at == before
    accept_clock(SYSTEM)
    assert JournalEntry.objects.filter(verb="retention.clock_accepted").exists()
    jobs.forget.func(0)
    assert deleted == ["forget_expired", "forget_past", "forget_receipts"]


def test_the_clock_of_the_program_alone_deletes_nothing(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    seal("matter.name", "诸葛月")
    future = retention_moment() + timedelta(days=4000)
    monkeypatch.setattr("django.utils.timezone.now", lambda: future)
    assert forget_expired(SYSTEM, retention_moment()) == 0


@pytest.mark.parametrize("by", [timedelta(days=2200), timedelta(days=-2)])
def test_a_database_that_tells_another_time_than_the_machine_deletes_nothing(
    by: timedelta, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P7: whoever owns the database can let it lie, before it was ever looked at as well."""
    told = database_time() + by
    monkeypatch.setattr("shige.trust.commands.retention.database_time", lambda: told)
    with pytest.raises(ClockJumpedError, match="the machine of the program"):
        retention_moment()
    assert not RetentionClock.objects.exists()


def test_no_function_of_another_schema_stands_before_the_servers_own() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW search_path")
        assert cursor.fetchone() == ("public",)
