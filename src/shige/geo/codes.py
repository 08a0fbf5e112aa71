"""Codes of divisions (12 digits, statistical) and of grids (18 digits, ours).

A division code is province 2 + city 2 + county 2 + street 3 + community 3, with zeros from its level down. A
grid code is the 12-digit code of its community + type 1 + serial 5. The parent of a grid is not in its code,
so a micro-grid that changes its general grid keeps its code; a serial is never used twice (R5).
"""

from dataclasses import dataclass
from typing import Literal, Self

DivisionLevel = Literal["province", "city", "county", "street", "community"]
StreetKind = Literal["street", "town", "township", "other"]
CommunityKind = Literal["residents", "villagers"]
GridLevel = Literal["community", "general", "micro", "exclusive"]

_SEGMENTS: tuple[tuple[DivisionLevel, int], ...] = (
    ("province", 2), ("city", 4), ("county", 6), ("street", 9), ("community", 12)
)  # fmt: skip
_GRID_TYPES: tuple[GridLevel, ...] = ("community", "general", "micro", "exclusive")
_STREET_KINDS: tuple[tuple[int, StreetKind], ...] = (
    (99, "street"), (199, "town"), (399, "township"), (599, "other")
)  # fmt: skip
WITHOUT_COUNTIES = frozenset({"4419", "4420", "4604"})
"""Cities whose streets and towns lie in no county or district (Dongguan, Zhongshan, Danzhou): it is 00."""

_FIRST_VILLAGE = 200
_LAST_SERIAL = 99_999


class NoDivisionCode(ValueError):  # noqa: N818 - it says what was written
    """What was written is no code of a division; `kind` says why: digits, gap or street."""

    def __init__(self, kind: Literal["digits", "gap", "street"], message: str) -> None:
        super().__init__(message)
        self.kind = kind


@dataclass(frozen=True, slots=True, order=True)
class DivisionCode:
    """A statistical division code (统计用区划代码) of 12 digits."""

    digits: str

    def __post_init__(self) -> None:
        try:
            _check_digits(self.digits, 12, "a division code")
        except ValueError as error:
            raise NoDivisionCode("digits", str(error)) from None
        self._check_no_gaps()
        if self.level in ("street", "community"):
            self._check_street()

    @classmethod
    def parse(cls, written: str) -> Self:
        """Read a code; spaces around it are ignored. ValueError says what is wrong with it."""
        return cls(written.strip())

    def __str__(self) -> str:
        return self.digits

    @property
    def level(self) -> DivisionLevel:
        """Return the lowest level whose segment is not zero."""
        return [level for level, segment in zip(_LEVELS, self._segments(), strict=True) if int(segment)][-1]

    @property
    def parent(self) -> "DivisionCode | None":
        """Return the division above, None for a province; the city where it has no counties."""
        above = _LEVELS.index(self.level) - 1
        return None if above < 0 else self.at(_LEVELS[above])

    @property
    def street_kind(self) -> StreetKind | None:
        """Return whether the third-level unit is a street, town, township or other; None above streets."""
        number = int(self.digits[6:9])
        return next((kind for last, kind in _STREET_KINDS if number <= last), None) if number else None

    @property
    def community_kind(self) -> CommunityKind | None:
        """Return whether a residents' (居委会) or a villagers' committee (村委会); None above communities."""
        number = int(self.digits[9:])
        if not number:
            return None
        return "villagers" if number >= _FIRST_VILLAGE else "residents"

    def at(self, level: DivisionLevel) -> "DivisionCode":
        """Return the code of the ancestor (or itself) at a level; ValueError for a level below its own."""
        if _LEVELS.index(level) > _LEVELS.index(self.level):
            raise ValueError(f"{self} is a {self.level}: it lies in no single {level}")
        return DivisionCode(self.digits[: dict(_SEGMENTS)[level]].ljust(12, "0"))

    def contains(self, other: "DivisionCode") -> bool:
        """Tell whether `other` is this division or lies in it."""
        return other.digits.startswith(self.digits[: dict(_SEGMENTS)[self.level]])

    def _segments(self) -> list[str]:
        ends = [end for _, end in _SEGMENTS]
        return [self.digits[start:end] for start, end in zip([0, *ends], ends, strict=False)]

    def _check_no_gaps(self) -> None:
        filled = {
            level: int(segment) > 0
            for level, segment in zip(_LEVELS, self._segments(), strict=True)
            if level != "county" or self.digits[:4] not in WITHOUT_COUNTIES or int(segment)
        }
        given = list(filled.values())
        if given != sorted(given, reverse=True) or not given[0]:
            empty = next(level for level, given in filled.items() if not given)
            raise NoDivisionCode("gap", f"{self.digits}: the {empty} is zero, yet a level below it is given")

    def _check_street(self) -> None:
        if self.street_kind is None:
            raise NoDivisionCode(
                "street",
                f"{self.digits}: the street segment {self.digits[6:9]} is above 599; streets are 001-099, "
                "towns 100-199, townships 200-399, others 400-599",
            )


_LEVELS: tuple[DivisionLevel, ...] = tuple(level for level, _ in _SEGMENTS)


@dataclass(frozen=True, slots=True, order=True)
class GridCode:
    """A grid code of 18 digits: its community, its kind and a serial that is counted up and never reused."""

    community: DivisionCode
    level: GridLevel
    serial: int

    def __post_init__(self) -> None:
        if self.community.level != "community":
            raise ValueError(f"{self.community} is a {self.community.level}: a grid belongs to a community")
        if self.level not in _GRID_TYPES:
            raise ValueError(f"{self.level!r} is no kind of grid; known are {', '.join(_GRID_TYPES)}")
        if not 1 <= self.serial <= _LAST_SERIAL:
            raise ValueError(f"serial {self.serial} is not between 1 and {_LAST_SERIAL}")

    @classmethod
    def parse(cls, written: str) -> Self:
        """Read an 18-digit code; ValueError says what is wrong with it."""
        digits = written.strip()
        _check_digits(digits, 18, "a grid code")
        kind = int(digits[12])
        if kind >= len(_GRID_TYPES):
            raise ValueError(f"{digits}: no type {kind}; 0 community, 1 general, 2 micro, 3 exclusive")
        return cls(DivisionCode(digits[:12]), _GRID_TYPES[kind], int(digits[13:]))

    def __str__(self) -> str:
        return f"{self.community}{_GRID_TYPES.index(self.level)}{self.serial:05d}"


def _check_digits(written: str, wanted: int, what: str) -> None:
    if not (written.isascii() and written.isdigit()):
        raise ValueError(f"{written!r}: {what} has digits only")
    if len(written) != wanted:
        raise ValueError(f"{len(written)} digits: {what} has {wanted}")
