"""A list of deletions of a version that signed nothing is vouched for once, at the first start (P6)."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from shige.project.preparation import anchor_journal
from shige.trust.checkpoints import ErasedError, append_erased, check_erased, length_of
from shige.trust.commands import begin, write_checkpoint
from shige.trust.entry_stamp import checkpoint_keys
from shige.trust.erasures import erased_since
from shige.trust.gate import SYSTEM

OLDER = '{"at": "2026-10-03T08:00:00+00:00", "kind": "value", "digest": "aa"}\n' * 3

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed(settings: Settings) -> Path:
    settings.SHIGE_ERASURES.write_text(OLDER)
    return settings.SHIGE_ERASURES


def test_the_list_of_an_earlier_version_is_signed_at_the_first_start(
    listed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(ErasedError, match="started once"):
        check_erased(listed, checkpoint_keys().public())
    anchor_journal()
    assert "is signed now: 3 lines" in capsys.readouterr().out
    check_erased(listed, checkpoint_keys().public(), length_of(listed))
    assert listed.read_text().startswith(OLDER)
    assert erased_since(listed, datetime(2026, 1, 1, tzinfo=UTC)) == {"value": {"aa"}}


def test_it_is_taken_once(listed: Path) -> None:
    anchor_journal()
    taken = listed.read_bytes()
    anchor_journal()
    assert listed.read_bytes() == taken
    listed.write_text(OLDER.replace("aa", "bb"))
    anchor_journal()
    with pytest.raises(ErasedError, match="not signed"):
        check_erased(listed, checkpoint_keys().public())


def test_what_was_taken_over_can_be_changed_no_more(listed: Path) -> None:
    anchor_journal()
    listed.write_text(listed.read_text().replace("aa", "bb", 1))
    with pytest.raises(ErasedError, match="is not as it was written"):
        check_erased(listed, checkpoint_keys().public())


def test_where_a_checkpoint_tells_that_there_was_no_list_none_is_taken(listed: Path) -> None:
    begin(SYSTEM)
    write_checkpoint()
    anchor_journal()
    assert listed.read_text() == OLDER


def test_a_list_that_is_signed_stays_as_it_is(settings: Settings) -> None:
    append_erased(settings.SHIGE_ERASURES, checkpoint_keys(), [{"at": "x", "kind": "value", "digest": "aa"}])
    written = settings.SHIGE_ERASURES.read_bytes()
    anchor_journal()
    assert settings.SHIGE_ERASURES.read_bytes() == written
