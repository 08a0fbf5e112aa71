"""A tracking code is read however it was typed, copied or pasted."""

import random

import pytest

from shige.matters.codes import code_digest, plain, tracking_code

CODE = "7K3M-0XQ9-2B4C-HJ5T"
WIDE = str.maketrans({chr(n): chr(n + 0xFEE0) for n in range(0x21, 0x7F)})


@pytest.mark.parametrize(
    "typed",
    [
        CODE.lower(),
        CODE.replace("-", ""),
        CODE.replace("-", " "),
        CODE.replace("-", "－"),
        CODE.replace("-", "——"),
        CODE.replace("-", "."),
        CODE.replace("0", "O"),
        CODE.translate(WIDE),
        "\u200b".join(CODE),
        f"\u202d{CODE}\u202c",
        f"查询码：{CODE}。",
        f"「{CODE}」",
        f"code {CODE}",
        f"https://shige.example.org/m/{CODE}/",
        f"http://127.0.0.1:8000/m/{CODE.lower()}/data/?x=1",
        f"看这里 https://shige.example.org/m/{CODE}/ 谢谢",
        "7K3M0XQ92B4CHJ5T\n",
    ],
)
def test_every_spelling_is_the_same_code(typed: str) -> None:
    assert code_digest(typed) == code_digest(CODE)


def test_codes_that_are_made_are_read_as_themselves() -> None:
    rng = random.Random(1)
    for _turn in range(200):
        code = tracking_code(None)
        mixed = "".join(rng.choice([letter.lower(), letter, f"{letter}\u2060"]) for letter in code)
        assert plain(mixed) == code.replace("-", "")


@pytest.mark.parametrize("typed", ["", "-", "AAAA", "没有", "https://shige.example.org/m/"])
def test_what_is_no_code_is_another(typed: str) -> None:
    assert code_digest(typed) != code_digest(CODE)
