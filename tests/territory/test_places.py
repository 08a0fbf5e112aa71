"""A place is found by what people write."""

import pytest

from shige.territory.models import Area
from shige.territory.places import find_places


@pytest.mark.parametrize(
    "text", ["玉兰路7号", "玉兰苑0 7号", "玉兰 ７号", "玉兰路七号", "yulanlu7hao", "yll7"]
)
def test_an_address_is_found_however_it_is_spelled(street: Area, text: str) -> None:
    assert find_places(text)[0].address == "玉兰路7号"


@pytest.mark.parametrize(
    "text", ["", "  ", "不存在路7号", "'; DROP", "\x00", "𠮷𠮷", "1" * 300, "号", "栋栋栋"]
)
def test_what_is_not_there_is_not_found(street: Area, text: str) -> None:
    assert find_places(text) == []
