from hypothesis import given
from hypothesis import strategies as st

from shige.language.bigrams import bigrams


def test_chinese_text_becomes_pairs_and_numbers_stay_whole() -> None:
    assert bigrams("玉兰苑12号楼A座") == ["玉兰", "兰苑", "12", "号楼", "a", "座"]


def test_wide_and_narrow_digits_are_the_same() -> None:
    assert bigrams("１２号") == bigrams("12号")


@given(st.text("玉兰苑路", min_size=2, max_size=8), st.text("玉兰苑路", max_size=5))
def test_a_part_of_a_text_is_found_by_its_words(part: str, rest: str) -> None:
    assert set(bigrams(part)) <= set(bigrams(rest + part + rest))


@given(st.text())
def test_no_word_needs_escaping_in_a_query(text: str) -> None:
    assert all("'" not in word and "\\" not in word and word for word in bigrams(text))
