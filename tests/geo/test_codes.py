"""Codes of divisions and grids are read whole or refused with what is wrong (R5)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shige.geo.codes import DivisionCode, GridCode

COMMUNITY = "510104020003"


@pytest.mark.parametrize(
    ("digits", "level", "parent"),
    [
        ("510000000000", "province", None),
        ("510100000000", "city", "510000000000"),
        ("510104000000", "county", "510100000000"),
        ("510104020000", "street", "510104000000"),
        (COMMUNITY, "community", "510104020000"),
    ],
)
def test_a_code_knows_its_level_and_parent(digits: str, level: str, parent: str | None) -> None:
    code = DivisionCode.parse(digits)
    assert code.level == level
    assert (str(code.parent) if code.parent else None) == parent


@pytest.mark.parametrize(
    ("segment", "kind"),
    [
        ("001", "street"), ("099", "street"), ("100", "town"), ("199", "town"),
        ("200", "township"), ("399", "township"), ("400", "other"), ("599", "other"),
    ],
)  # fmt: skip
def test_the_street_segment_tells_its_kind(segment: str, kind: str) -> None:
    assert DivisionCode(f"510104{segment}000").street_kind == kind


@pytest.mark.parametrize(
    ("segment", "kind"), [("001", "residents"), ("199", "residents"), ("200", "villagers")]
)
def test_the_community_segment_tells_its_kind(segment: str, kind: str) -> None:
    assert DivisionCode(f"510104020{segment}").community_kind == kind


def test_above_a_street_there_are_no_such_kinds() -> None:
    code = DivisionCode("510104000000")
    assert code.street_kind is None and code.community_kind is None


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("51010402000", "11 digits: a division code has 12"),
        ("5101040200031", "13 digits: a division code has 12"),
        ("", "a division code has digits only"),
        ("51010402000a", "a division code has digits only"),
        ("５１０１０４０２０００３", "a division code has digits only"),
        ("000000000000", "the province is zero"),
        ("441900000005", "the street is zero, yet a level below it is given"),
        ("510100003005", "the county is zero, yet a level below it is given"),
        ("510004000000", "the city is zero, yet a level below it is given"),
        ("510104000003", "the street is zero, yet a level below it is given"),
        ("510104600003", "the street segment 600 is above 599"),
    ],
)
def test_a_wrong_division_code_is_refused(written: str, expected: str) -> None:
    with pytest.raises(ValueError, match=expected):
        DivisionCode.parse(written)


def test_ancestors_contain_their_descendants_alone() -> None:
    code, street = DivisionCode(COMMUNITY), DivisionCode("510104020000")
    assert code.at("street") == street
    assert street.contains(code) and street.contains(street)
    assert not code.contains(street)
    assert not street.contains(DivisionCode("510104021003"))
    with pytest.raises(ValueError, match="lies in no single community"):
        street.at("community")


@given(
    st.sampled_from(["community", "general", "micro", "exclusive"]),
    st.integers(1, 99_999),
)
def test_a_grid_code_reads_what_it_writes(level: str, serial: int) -> None:
    code = GridCode(DivisionCode(COMMUNITY), level, serial)  # type: ignore[arg-type]
    assert len(str(code)) == 18
    assert GridCode.parse(str(code)) == code


def test_a_grid_code_is_community_type_and_serial() -> None:
    assert str(GridCode(DivisionCode(COMMUNITY), "micro", 17)) == "510104020003200017"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("51010402000320001", "17 digits: a grid code has 18"),
        ("510104020003900017", "no type 9"),
        ("510104020003200000", "serial 0 is not between 1 and 99999"),
        ("510104020000200017", "is a street: a grid belongs to a community"),
    ],
)
def test_a_wrong_grid_code_is_refused(written: str, expected: str) -> None:
    with pytest.raises(ValueError, match=expected):
        GridCode.parse(written)


def test_a_serial_that_runs_out_is_refused() -> None:
    with pytest.raises(ValueError, match="serial 100000"):
        GridCode(DivisionCode(COMMUNITY), "micro", 100_000)
