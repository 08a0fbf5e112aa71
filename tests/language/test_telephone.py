"""A telephone is read however it is typed, kept in one form, and refused with what is wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shige.language.telephone import NoTelephoneError, Problem, canonical, dialled, read_telephone, shown
from shige.profile.dialling import Telephones
from shige.profile.loader import load

HERE = Telephones(region="CN", area="028")
MARKS = ["", " ", "-", "－", "\u200b", "\u202a", "\u2060", "\ufeff", "\u00a0", "\u3000", ".", "—"]
MOBILES = st.from_regex(r"1(?:3[0-9]|5[0-35-9]|8[0-9]|9[89])[0-9]{8}", fullmatch=True)
PREFIXES = ["", "+86", "0086", "86", "＋86 ", "(+86)", "\u202d+86", "手机：", "Tel: ", "电话 "]
FULL = str.maketrans("0123456789", "０１２３４５６７８９")
HAN = str.maketrans("0123456789", "零一二三四五六七八九")


@given(MOBILES, st.sampled_from(PREFIXES), st.lists(st.sampled_from(MARKS), min_size=11, max_size=11))
def test_every_spelling_of_a_mobile_number_is_kept_in_one_form(
    number: str, prefix: str, marks: list[str]
) -> None:
    written = prefix + "".join(map("".join, zip(number, marks, strict=True)))
    assert str(read_telephone(written, HERE)) == f"+86{number}"


@given(MOBILES, st.sampled_from([FULL, HAN]))
def test_full_width_and_chinese_digits_count(number: str, table: dict[int, int]) -> None:
    assert canonical(number.translate(table), HERE) == f"+86{number}"


@given(MOBILES)
def test_what_is_kept_is_read_as_itself_and_dialled_as_it_was(number: str) -> None:
    kept = canonical(number, HERE)
    assert (canonical(kept, HERE), dialled(kept, HERE)) == (kept, number)
    assert canonical(shown(kept, HERE), HERE) == kept


@pytest.mark.parametrize(
    ("written", "kept", "seen"),
    [
        ("028-86512345", "+862886512345", "028 8651 2345"),
        ("(028) 8651 2345", "+862886512345", "028 8651 2345"),
        ("86512345", "+862886512345", "028 8651 2345"),
        ("028-86512345转801", "+862886512345;ext=801", "028 8651 2345 转 801"),
        ("02886512345-801", "+862886512345;ext=801", "028 8651 2345 转 801"),
        ("028 8651 2345 ext. 801", "+862886512345;ext=801", "028 8651 2345 转 801"),
        ("0835-2221234", "+868352221234", "0835 222 1234"),
        ("400-800-1234", "+864008001234", "400 800 1234"),
        ("+852 9123 4567", "+85291234567", "+852 9123 4567"),
        ("13812340001.0", "+8613812340001", "138 1234 0001"),
        ("1.3812340001E+10", "+8613812340001", "138 1234 0001"),
    ],
)
def test_landlines_extensions_and_what_spreadsheets_make_of_numbers(
    written: str, kept: str, seen: str
) -> None:
    assert (canonical(written, HERE), shown(kept, HERE)) == (kept, seen)


@pytest.mark.parametrize(
    ("written", "problem", "digits"),
    [
        ("1380013", Problem.SHORT, 7),
        ("13800012", Problem.SHORT, 8),
        ("110", Problem.SHORT, 3),
        ("138000012345", Problem.LONG, 12),
        ("1.38E+10", Problem.ROUNDED, 0),
        ("13800001234/13900001234", Problem.SEVERAL, 0),
        ("微信同号", Problem.WORDS, 0),
        ("11012345678", Problem.UNKNOWN, 11),
        (" \u200b ", Problem.EMPTY, 0),
    ],
)
def test_what_is_no_number_is_refused_with_what_is_wrong(written: str, problem: Problem, digits: int) -> None:
    with pytest.raises(NoTelephoneError) as refused:
        read_telephone(written, HERE)
    assert (refused.value.problem, refused.value.digits) == (problem, digits)


@pytest.mark.parametrize("number", ["110", "12345", "12110", "96110", "95598"])
def test_service_numbers_are_for_offices_only(number: str) -> None:
    assert str(read_telephone(number, HERE, service=True)) == number
    assert canonical(number, HERE) == ""


def test_another_country_reads_its_own_numbers() -> None:
    there = load("generic").telephones
    assert canonical("912 345 678", there) == "+351912345678"
    assert shown("+8613800001234", there) == "+86 138 0000 1234"


@given(st.text(max_size=40))
def test_nothing_that_is_typed_breaks_it(written: str) -> None:
    kept = canonical(written, HERE)
    assert kept == "" or canonical(kept, HERE) == kept


@pytest.mark.parametrize(
    "written",
    [
        "13812345678（女儿）",
        "13812345678转我女儿",
        "我的电话是13812345678",
        "打 138-1234-5678 找王师傅",
        "女儿：+86 138 1234 5678",
        "my daughter 13812345678",
    ],
)
def test_a_clear_mobile_number_is_taken_from_the_words_around_it(written: str) -> None:
    assert canonical(written, HERE) == "+8613812345678"


@pytest.mark.parametrize(
    "written", ["13812345678或13987654321", "138123456（女儿）", "女儿 13812345678 房号 302", "QQ 381234567"]
)
def test_what_is_not_clear_is_still_refused(written: str) -> None:
    assert canonical(written, HERE) == ""
