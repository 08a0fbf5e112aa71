"""Limits, hours and texts read what an office writes and refuse the rest."""

import pytest

from shige.profile import Limit, Text, parse_limit


@pytest.mark.parametrize(
    ("written", "limit"),
    [("4h", Limit(4, "h")), ("30min", Limit(30, "min")), ("2wd", Limit(2, "wd")), ("now", Limit(0, "min"))],
)
def test_a_limit_reads_and_writes_the_same(written: str, limit: Limit) -> None:
    assert parse_limit(written) == limit
    assert str(limit) == written


@pytest.mark.parametrize("written", ["", "4", "h", "-4h", "0h", "4 days", "1.5h", 4, None])
def test_anything_else_is_no_limit(written: object) -> None:
    with pytest.raises(ValueError, match="is no limit"):
        parse_limit(written)


def test_a_working_day_has_no_length_in_minutes() -> None:
    assert parse_limit("2h").minutes == 120
    with pytest.raises(ValueError, match="depends on the calendar"):
        _ = parse_limit("2wd").minutes


@pytest.mark.parametrize(
    ("language", "shown"), [("zh-hans", "社区"), ("zh", "社区"), ("en", "community"), ("pt", "community")]
)
def test_a_text_is_shown_in_the_asked_language(language: str, shown: str) -> None:
    assert Text(zh="社区", en="community").in_language(language) == shown


def test_a_text_in_one_language_serves_both() -> None:
    assert Text(en="quarter").in_language("zh-hans") == "quarter"
