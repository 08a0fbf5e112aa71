"""Who declares to serve in the sample; no database."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class SampleMember:
    """One declaration; ``confirmed`` once the secretary has taken it in, ``hours`` given since."""

    name: str
    offers: tuple[str, ...]
    words: str
    monthly: int
    hours: int
    party: bool
    home: bool
    ready: bool
    confirmed: bool


def members() -> tuple[SampleMember, ...]:
    """Return them, read from ``members.toml``."""
    told = tomllib.loads(files("shige.sample").joinpath("members.toml").read_text("utf-8"))
    return tuple(
        SampleMember(
            name=one["name"],
            offers=tuple(one["offers"]),
            words=one["words"],
            monthly=one["monthly"],
            hours=one.get("hours", 0),
            party=one.get("party", True),
            home=one.get("home", False),
            ready=one.get("ready", False),
            confirmed=one["state"] == "confirmed",
        )
        for one in told["member"]
    )
