"""Who has to find a place of which there are words alone."""

from collections.abc import Callable

import pytest

from shige.territory.models import Area
from shige.territory.places import area_of_words

Drawn = Callable[..., Area]


@pytest.fixture
def drawn(street: Area) -> Drawn:
    """Add a division beside those of the street."""

    def draw(level: str, name: str, code: str, above: Area | None = None) -> Area:
        area = Area.objects.create(
            kind="division", level=level, name=name, code=code, sort_key=name, parent=above,
            district=above.district if above else None,
        )  # fmt: skip
        setattr(area, f"{level}_id", area.pk)
        area.save()
        return area

    return draw


def test_the_only_street_finds_whatever_was_written(street: Area) -> None:
    assert area_of_words("菜市场后门") == street


def test_among_several_streets_a_name_decides(street: Area, drawn: Drawn) -> None:
    other = drawn("street", "海棠街道", "990101002000", street.district)
    assert area_of_words("海棠街道菜市场后门") == other
    assert area_of_words("玉兰苑0旁边") == street
    assert area_of_words(f"{Area.objects.filter(level='community')[0].name}菜市场") == street


def test_without_a_name_the_only_district_finds_it(street: Area, drawn: Drawn) -> None:
    drawn("street", "海棠街道", "990101002000", street.district)
    assert area_of_words("菜市场后门") == street.district


def test_among_several_districts_it_is_not_guessed(street: Area, drawn: Drawn) -> None:
    drawn("street", "海棠街道", "990101002000", street.district)
    far = drawn("district", "远山区", "990102000000")
    assert area_of_words("菜市场后门") is None
    assert area_of_words("远山区菜市场后门") == far
    only = drawn("street", "远山街道", "990102001000", far)
    assert area_of_words("远山区菜市场后门") == only
