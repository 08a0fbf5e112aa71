"""What was learned: better than keywords on what it has not seen, safe to read, and never over an alarm."""

import json
import pickle
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from shige.language.learned import Learned, LearnedError, read_learned, write_learned
from shige.language.lessons import Lesson, first_lessons, of_matters
from shige.language.training import fit, train
from shige.profile import load, suggest_categories
from shige.profile.suggestion import LEAST_ALONE, blended

CHENGDU = load("chengdu")


def matters(count: int = 60) -> list[Lesson]:
    """Return matters of three categories, each told in its own words."""
    rubbish = [
        (f"{chr(0x4E00 + 37 * n)}{chr(0x5000 + 61 * n)}处泔水桶溢了", "01.1", False) for n in range(count)
    ]
    signs = [(f"{chr(0x4E10 + 41 * n)}{chr(0x5100 + 53 * n)}的字牌歪了", "13.2", True) for n in range(count)]
    return of_matters([*rubbish, *signs], CHENGDU)


@pytest.fixture(scope="module")
def first() -> Learned:
    """Learn from the table and the labels, as a new installation does."""
    return replace(fit(CHENGDU, first_lessons(CHENGDU), "2026-09-09T02:00:00+00:00"), share=0.5)


@pytest.fixture(scope="module")
def taught() -> Learned:
    """Learn from an office's matters too, and measure."""
    return train(CHENGDU, [*first_lessons(CHENGDU), *matters()], "2026-09-09T02:00:00+00:00")


def test_shares_sum_to_one_and_unknown_signs_give_none(first: Learned) -> None:
    assert sum(first.shares("路灯不亮").values()) == pytest.approx(1, abs=1e-5)
    assert first.shares("😀😀") == {} == first.shares("")


def test_what_no_keyword_knows_is_learned_from_the_office(taught: Learned) -> None:
    text = "巷口字牌歪了一周"
    assert "13.2" not in [category.code for category, _ in suggest_categories(CHENGDU, text)]
    assert suggest_categories(CHENGDU, text, learned=taught)[0][0].code == "13.2"


def test_it_is_measured_on_matters_that_it_has_not_seen(taught: Learned) -> None:
    quality = taught.quality
    assert quality.basis == "matters" and quality.learned.count == 120
    assert quality.learned.first > quality.lexicon.first
    assert {top.top for top in quality.tops} == {"01", "13"}
    assert sum(top.learned.count for top in quality.tops) == 120
    assert taught.share > 0


def test_a_model_of_nonsense_is_measured_as_such() -> None:
    """Held out means held out: words that stand once each teach nothing about each other."""
    random = np.random.default_rng(3)
    codes = ["01.1", "02.1", "13.2", "09.3"]
    told = [
        ("".join(map(chr, random.integers(0x9000, 0x9F00, 8))), str(random.choice(codes)), False)
        for _ in range(80)
    ]
    quality = train(CHENGDU, [*first_lessons(CHENGDU), *of_matters(told, CHENGDU)], "").quality
    assert quality.learned.count == 80 and quality.learned.first < 40


@pytest.mark.parametrize(
    ("text", "code"), [("夫妻吵架要离婚，老公又动手打我", "05.6"), ("字牌歪了，还有人被困电梯", "02.7")]
)
def test_an_emergency_comes_first_whatever_was_learned_p4(taught: Learned, text: str, code: str) -> None:
    assert suggest_categories(CHENGDU, text, learned=replace(taught, share=0.8))[0][0].code == code


def test_a_guarded_category_that_its_keywords_put_first_stays_first() -> None:
    """P3, P4: it is never learned, so learning must not push it down."""
    mixed = blended(CHENGDU, {"11.3": 0.6, "02.1": 0.4}, {"02.1": 0.9, "01.1": 0.1}, 0.99)
    assert max(mixed, key=lambda code: mixed[code]) == "11.3"
    mixed = blended(CHENGDU, {"11.3": 0.4, "02.1": 0.6}, {"02.1": 0.9, "01.1": 0.1}, 0.5)
    assert mixed["11.3"] == pytest.approx(0.2) and mixed["02.1"] == pytest.approx(0.75)


def test_an_unsure_guess_alone_is_not_made() -> None:
    """Where no keyword speaks, the reporter chooses from the table unless something stands out."""
    assert blended(CHENGDU, {}, {"02.1": LEAST_ALONE - 0.01, "01.1": LEAST_ALONE / 2}, 0.5) == {}


def test_what_is_written_is_read_again(first: Learned, tmp_path: Path) -> None:
    write_learned(first, tmp_path / "deep" / "category.npz")
    again = read_learned(tmp_path / "deep" / "category.npz")
    assert again.shares("路灯不亮") == first.shares("路灯不亮")
    assert (again.fingerprint, again.quality, again.codes) == (first.fingerprint, first.quality, first.codes)
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["category.npz"]


@pytest.mark.parametrize("content", [b"", b"not a file of ours", pickle.dumps({"codes": ["01.1"]})])
def test_a_foreign_file_is_refused_and_never_unpickled(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "category.npz").write_bytes(content)
    with pytest.raises(LearnedError):
        read_learned(tmp_path / "category.npz")


def test_an_archive_with_objects_is_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "category.npz", about=np.array([{"format": 1}], dtype=object))
    with pytest.raises(LearnedError):
        read_learned(tmp_path / "category.npz")


def test_parts_that_do_not_fit_are_refused(first: Learned, tmp_path: Path) -> None:
    write_learned(replace(first, codes=first.codes[:-1]), tmp_path / "category.npz")
    with pytest.raises(LearnedError, match="fit together"):
        read_learned(tmp_path / "category.npz")


def test_another_format_is_refused(first: Learned, tmp_path: Path) -> None:
    path = tmp_path / "category.npz"
    write_learned(first, path)
    with np.load(path) as held:
        parts = dict(held)
    about = json.loads(parts["about"].tobytes()) | {"format": 99}
    np.savez(path, **(parts | {"about": np.frombuffer(json.dumps(about).encode(), dtype=np.uint8)}))
    with pytest.raises(LearnedError, match="format 99"):
        read_learned(path)


def test_what_was_learned_outlives_a_new_limit_and_not_a_new_category() -> None:
    """Another deadline changes the profile, not what words speak of."""
    top = CHENGDU.categories[0]
    slower = top.children[0].model_copy(update={"resolve": CHENGDU.category("05.1").resolve})
    renamed = top.children[0].model_copy(update={"excluded_chain": "community"})
    for child, same in ((slower, True), (renamed, False)):
        changed = top.model_copy(update={"children": (child, *top.children[1:])})
        other = CHENGDU.model_copy(update={"categories": (changed, *CHENGDU.categories[1:])})
        assert (other.table_of_categories() == CHENGDU.table_of_categories()) is same
