"""Fictional things on the register and devices at them; no database (R41)."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class SampleThing:
    """One kind of thing, at every so many buildings; ``inspected`` are days ago, taken in turn."""

    kind: str
    name: str
    first: int
    every: int
    inspected: tuple[int, ...] = ()
    defects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SampleEvent:
    """One event, so many hours ago."""

    hours: int
    value: float
    unit: str
    severity: str
    cleared: bool = False


@dataclass(frozen=True, slots=True)
class SampleDevice:
    """A device at the first thing of a kind; its rule is a type, the words for it and a category."""

    name: str
    at: str
    rule: tuple[str, str, str]
    events: tuple[SampleEvent, ...]


def things() -> tuple[tuple[SampleThing, ...], tuple[SampleDevice, ...]]:
    """Return things and devices of the sample, read from ``things.toml``."""
    read = tomllib.loads(files("shige.sample").joinpath("things.toml").read_text("utf-8"))
    lists = ("inspected", "defects")
    listed = [one | {name: tuple(one.get(name, ())) for name in lists} for one in read["things"]]
    devices = [
        SampleDevice(
            one["name"],
            one["at"],
            tuple(one["rule"]),
            tuple(SampleEvent(**event) for event in one["events"]),
        )
        for one in read["devices"]
    ]
    return tuple(SampleThing(**one) for one in listed), tuple(devices)
