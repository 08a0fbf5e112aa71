"""Fictional micro-wishes and how far each came; no database (R12)."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class SampleWish:
    """One wish. Days count back from today; every claim but the last one came to nothing."""

    category: str
    wished: int
    words: str
    public: str = ""
    published: int = 0
    claimed: tuple[int, ...] = ()
    group: str = ""
    contacted: int | None = None
    fulfilled: int | None = None
    done: str = ""
    rating: int = 5
    party: bool = False
    """Whether a Party organisation of the community adopted it."""


def wishes() -> tuple[SampleWish, ...]:
    """Return the wishes of the sample, read from ``wishes.toml``."""
    read = tomllib.loads(files("shige.sample").joinpath("wishes.toml").read_text("utf-8"))
    return tuple(SampleWish(**one | {"claimed": tuple(one.get("claimed", ()))}) for one in read["wishes"])
