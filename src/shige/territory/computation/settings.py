"""What may be set for one plan: targets, the price of a move, aim, style and weights (R3, R6, R7, R8)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from shige.profile import GridRules
from shige.trust.jurisdiction import profile

WEIGHT: Final = "weight_"
"""Begins the name of a setting that is a weight."""


@dataclass(frozen=True, slots=True)
class PlanSettings:
    """The settings of a plan; everything else is the profile's. A weight of 1 is the usual one."""

    micro_target: int
    general_target: int
    moving_price: float
    aim: str
    style: str
    weight_size: float
    weight_compact: float
    weight_compounds: float
    weight_roads: float
    weight_workload: float
    weight_growth: float


@dataclass(frozen=True, slots=True)
class PlanRules:
    """The rules of one plan, as a division reads them from a profile."""

    grids: GridRules


@dataclass(frozen=True, slots=True)
class Difference:
    """A setting that a plan has otherwise than the profile."""

    name: str
    usual: Any
    chosen: Any


def usual_settings() -> PlanSettings:
    """Return the profile's own settings."""
    rules = profile().grids
    return PlanSettings(
        rules.micro.target,
        rules.general.target,
        rules.moving_price,
        rules.aim,
        rules.style,
        **{f"{WEIGHT}{name}": value for name, value in rules.weights.model_dump().items()},
    )


def settings_of(kept: Mapping[str, Any]) -> PlanSettings:
    """Return the settings that a plan keeps; what it does not name is the profile's."""
    return PlanSettings(**{**asdict(usual_settings()), **kept})


def rules_for(settings: PlanSettings) -> PlanRules:
    """Return the profile's rules with these settings.

    Raises
    ------
    ValueError
        A target lies outside its bounds, or the price, a weight, the aim or the style is none.
    """
    rules = profile().grids.model_dump()
    rules["micro"]["target"] = settings.micro_target
    rules["general"]["target"] = settings.general_target
    rules |= {"moving_price": settings.moving_price, "aim": settings.aim, "style": settings.style}
    rules["weights"] = {
        name.removeprefix(WEIGHT): value
        for name, value in asdict(settings).items()
        if name.startswith(WEIGHT)
    }
    return PlanRules(GridRules.model_validate(rules))


def differences(settings: PlanSettings) -> list[Difference]:
    """List what differs from the profile."""
    usual = asdict(usual_settings())
    return [
        Difference(name, usual[name], value)
        for name, value in asdict(settings).items()
        if value != usual[name]
    ]
