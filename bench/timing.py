"""What a benchmark hands back: lines of the table, and what many single times come to."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table; ``figure`` is None where a part was left out and ``meaning`` says why."""

    name: str
    figure: float | None
    unit: str
    meaning: str

    def __str__(self) -> str:
        figure = "-" if self.figure is None else f"{self.figure:,.{2 if self.figure < 10 else 1}f}"
        return f"{self.name:<44} {figure:>10} {self.unit:<4} {self.meaning}"


def percentile(seconds: Sequence[float], percent: int) -> float:
    """Return the time within which ``percent`` of the requests were answered, in milliseconds."""
    return 1000 * statistics.quantiles(seconds, n=100, method="inclusive")[percent - 1]


def latency(name: str, seconds: Sequence[float], meaning: str) -> list[Line]:
    """Return the median and the 95th percentile of single times (seconds) as two lines."""
    return [
        Line(f"{name}, p50", percentile(seconds, 50), "ms", meaning),
        Line(f"{name}, p95", percentile(seconds, 95), "ms", f"of {len(seconds)} requests"),
    ]
