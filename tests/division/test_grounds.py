import pytest

from shige.division.grounds import floors_listed


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (["e1"], "e1"),
        (["e1", "e2", "e3f1-4", "e4", "e5", "e7"], "e1-2,e3f1-4,e4-5,e7"),
        (["f1-5", "f6-9"], "f1-5,f6-9"),
        ([f"e{number}" for number in range(52, 501)], "e52-500"),
    ],
)
def test_entrances_side_by_side_are_listed_as_one(parts, said):
    assert floors_listed(parts) == said
