"""What the sample tells of warnings ahead: last year's reports, a weather signal, proposals; no database."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class SampleWarnings:
    """Days count back from today. ``reported`` are (days ago, words); ``past`` and ``standing`` (days ago,
    days that it stands); ``signal`` (kind, colour, hours); ``dismissed`` (days ago, reason)."""

    category: str
    reported: tuple[tuple[int, str], ...]
    done: str
    signal: tuple[str, str, int]
    past: tuple[int, int]
    standing: tuple[int, int]
    dismissed: tuple[int, str]


def warnings() -> SampleWarnings:
    """Return them, read from ``warnings.toml``."""
    told = tomllib.loads(files("shige.sample").joinpath("warnings.toml").read_text("utf-8"))
    signal = told["signal"]
    return SampleWarnings(
        category=told["category"],
        reported=tuple((one["ago"], one["words"]) for one in told["reported"]),
        done=told["done"],
        signal=(signal["kind"], signal["colour"], signal["hours"]),
        past=(told["past"]["ago"], told["past"]["days"]),
        standing=(told["standing"]["ago"], told["standing"]["days"]),
        dismissed=(told["dismissed"]["ago"], told["dismissed"]["reason"]),
    )
