"""The list of what people had deleted, by somebody who can write to the file but holds no key (P6)."""

from pathlib import Path
from random import Random

import pytest

from shige.trust.checkpoints import (
    CheckpointKeys,
    ErasedError,
    append_erased,
    check_erased,
    length_of,
    make_keys,
)


@pytest.fixture
def keys(tmp_path: Path) -> CheckpointKeys:
    return make_keys(tmp_path / "own.key")


@pytest.fixture
def listed(tmp_path: Path, keys: CheckpointKeys) -> Path:
    """A list of twelve deletions, two at a time, with a line broken off in the middle."""
    path = tmp_path / "erasures.jsonl"
    for number in range(6):
        told = [
            {"at": f"2026-11-0{number + 1}", "kind": "value", "digest": f"{number}{n}" * 32} for n in "ab"
        ]
        append_erased(path, keys, told)
        if number == 2:
            with path.open("a") as file:
                file.write('{"at": "2026')
    return path


def test_a_list_as_it_was_written_is_taken(listed: Path, keys: CheckpointKeys) -> None:
    check_erased(listed, keys.public(), length_of(listed))
    check_erased(listed.with_name("none.jsonl"), keys.public())


def test_every_alteration_of_what_the_checkpoints_know_is_refused(listed: Path, keys: CheckpointKeys) -> None:
    written, told, random = listed.read_bytes(), length_of(listed), Random(1)
    for _round in range(500):
        held = bytearray(written)
        at = random.randrange(len(held))
        match random.randrange(3):
            case 0:
                held[at] ^= 1 << random.randrange(8)
            case 1:
                del held[at : at + random.randrange(1, 400)]
            case _:
                held[at:at] = held[: random.randrange(1, 400)]
        listed.write_bytes(bytes(held))
        with pytest.raises(ErasedError):
            check_erased(listed, keys.public(), told)


@pytest.mark.parametrize("how", ["changed", "taken out", "put in", "in another order", "at the end"])
def test_also_what_no_checkpoint_knows_yet_is_guarded_by_its_signatures(
    listed: Path, keys: CheckpointKeys, how: str
) -> None:
    lines = listed.read_bytes().splitlines(keepends=True)
    invented = b'{"at": "2026-11-03", "kind": "value", "digest": "ff"}\n'
    altered = {
        "changed": [lines[0].replace(b"0a", b"0c", 1), *lines[1:]],
        "taken out": lines[:3] + lines[4:],
        "put in": [*lines[:2], invented, *lines[2:]],
        "in another order": [lines[1], lines[0], *lines[2:]],
        "at the end": [*lines, invented],
    }
    listed.write_bytes(b"".join(altered[how]))
    with pytest.raises(ErasedError, match="is not as it was written"):
        check_erased(listed, keys.public())


def test_another_key_and_no_signature_are_refused(listed: Path, tmp_path: Path) -> None:
    with pytest.raises(ErasedError):
        check_erased(listed, make_keys(tmp_path / "foreign.key").public())
    listed.write_text('{"at": "2026-11-03", "kind": "value", "digest": "ff"}\n')
    with pytest.raises(ErasedError, match="is not signed"):
        check_erased(listed, {})
