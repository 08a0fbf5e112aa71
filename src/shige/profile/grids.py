"""Rules of the 3 + 1 grids (R2, R3, R8): bounds, hours of a round, barriers; the defaults are Chengdu's."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, PositiveFloat, PositiveInt, model_validator

from .text import Text


class Bounds(BaseModel):
    """Least, wished and greatest number, all of them allowed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    low: PositiveInt
    target: PositiveInt
    high: PositiveInt

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.low <= self.target <= self.high:
            raise ValueError(f"low {self.low}, target {self.target} and high {self.high} are not in order")
        return self


class RoundMinutes(BaseModel):
    """Minutes at each door, by task."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    notice: PositiveFloat = 1.0
    check: PositiveFloat = 3.0


class PopulationKind(BaseModel):
    """A kind of residents whose number changes the work (R7): counted for a building, never persons."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name: Text
    headers: tuple[str, ...] = Field((), description="usual headers in tables of buildings")
    minutes: float = Field(ge=0, description="that each of them adds to a round")


_KINDS = (
    PopulationKind(
        code="over60",
        name=Text(zh="60岁以上", en="over 60"),
        headers=("60岁以上人数", "60岁以上人口", "60岁以上老人", "老年人口", "老年人数", "老人数"),
        minutes=1.0,
    ),
    PopulationKind(
        code="tenants",
        name=Text(zh="租户", en="tenants"),
        headers=("租户数", "租户人数", "租住人数", "租住人口", "流动人口", "流动人口数"),
        minutes=0.5,
    ),
)


class GridNames(BaseModel):
    """Patterns of names that can be spoken (R5): `{place}` is a compound or street, `{number}` counts up."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    community: str = "{place}总网格"
    general: str = "{place}{number}号一般网格"
    micro: str = "{place}{number}号微网格"
    exclusive: str = "{place}{number}号专属网格"


class GridWeights(BaseModel):
    """How much each soft wish counts beside the others; 1 is the usual, 0 leaves it out."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    size: float = Field(1.0, ge=0, description="near the target size")
    compact: float = Field(1.0, ge=0, description="doors near the middle of their grid")
    compounds: float = Field(1.0, ge=0, description="compounds and buildings whole")
    roads: float = Field(1.0, ge=0, description="boundaries on roads of any class")
    workload: float = Field(1.0, ge=0, description="equal measured workload, where it is given")
    growth: float = Field(1.0, ge=0, description="room for expected households, where they are given")


class GridRules(BaseModel):
    """What a jurisdiction asks of its grids.

    `micro` counts doors (households and shops, R3), `general` counts households (R2). `aim` says whether a
    round over `aim_hours` breaks a rule (`binds`), is avoided (`weighs`) or is only told (`informs`); the
    round is that of `aim_task` by `aim_people`. With the style `streets` compounds are grids as a street
    office draws them; `balanced` weighs compact, even and whole against each other.
    `moving_price` is what moving one household to another micro-grid costs in a re-division (R7), where a
    broken bound costs 100. With `rural_by_group` a general grid in the countryside is whole villagers'
    groups and has no bounds of its own.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    micro: Bounds = Bounds(low=30, target=80, high=100)
    general: Bounds = Bounds(low=300, target=400, high=500)
    minutes: RoundMinutes = RoundMinutes()
    lift_seconds: PositiveFloat = Field(8.0, description="seconds a floor with a lift, up and down")
    stairs_seconds: PositiveFloat = Field(15.0, description="seconds a floor without a lift, up and down")
    walking_speed: PositiveFloat = Field(1.1, description="metres a second between doors")
    aim_hours: PositiveFloat = 3.0
    aim: Literal["binds", "weighs", "informs"] = "weighs"
    aim_task: Literal["notice", "check"] = "notice"
    aim_people: PositiveInt = Field(1, description="people of a micro-grid who share a round")
    style: Literal["streets", "balanced"] = "streets"
    weights: GridWeights = GridWeights()
    effort: PositiveInt = Field(4, description="beginnings that are tried for each community")
    moving_price: float = Field(0.05, ge=0)
    barriers: tuple[str, ...] = ("river", "rail", "motorway", "trunk", "primary")
    rural_by_group: bool = True
    names: GridNames = GridNames()
    kinds: tuple[PopulationKind, ...] = Field(_KINDS, description="kinds of residents that change the work")

    @model_validator(mode="after")
    def _kinds_once(self) -> Self:
        codes = [kind.code for kind in self.kinds]
        if len(set(codes)) < len(codes):
            raise ValueError("two kinds of residents have one code")
        return self
