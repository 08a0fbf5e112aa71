"""How well danger, or a complaint about staff, is found in texts whose kind is known."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any, Final

from shige.language.examples import Example
from shige.language.resemblance import NONE

_95_PERCENT: Final = 1.959964


@dataclass(frozen=True, slots=True)
class Part:
    """How many of ``count`` texts were found."""

    found: int
    count: int

    def interval(self) -> tuple[float, float]:
        """Return the 95% interval of the share found (Wilson); from 0 to 1 where there is no text."""
        if not self.count:
            return 0.0, 1.0
        share, z2 = self.found / self.count, _95_PERCENT**2
        middle = (share + z2 / (2 * self.count)) / (1 + z2 / self.count)
        half = sqrt(share * (1 - share) / self.count + z2 / (4 * self.count**2))
        half *= _95_PERCENT / (1 + z2 / self.count)
        return round(max(0.0, middle - half), 4), round(min(1.0, middle + half), 4)

    @property
    def share(self) -> float | None:
        """The share found; None where there is no text."""
        return round(self.found / self.count, 4) if self.count else None


def measured(examples: Sequence[Example], found: Callable[[str], str | None]) -> dict[str, Any]:
    """Return the measure as `shige danger` prints it.

    Parameters
    ----------
    examples
        Texts with their kinds; the kind ``none`` is harmless, every other is to be found.
    found
        Returns what a text was taken for, or None.
    """
    answers = [(example, found(example.text)) for example in examples]
    wanted = [(example, answer) for example, answer in answers if example.kind != NONE]
    harmless = [(example, answer) for example, answer in answers if example.kind == NONE]
    kinds = dict.fromkeys(example.kind for example, _ in wanted)
    recall, false = _part(wanted), _part(harmless)
    return {
        "texts": len(answers),
        "alarms": recall.found + false.found,
        "recall": recall.share,
        "recall_interval": recall.interval(),
        "by_kind": {kind: _told(_part([pair for pair in wanted if pair[0].kind == kind])) for kind in kinds},
        "harmless": false.count,
        "false_alarms": false.found,
        "false_alarm_rate": false.share,
        "false_alarm_interval": false.interval(),
        "misses": [{"kind": example.kind, "text": example.text} for example, answer in wanted if not answer],
        "alarmed": [{"taken_for": answer, "text": example.text} for example, answer in harmless if answer],
    }


def _told(part: Part) -> dict[str, Any]:
    return {"texts": part.count, "found": part.found, "recall": part.share, "interval": part.interval()}


def _part(answers: Sequence[tuple[Example, str | None]]) -> Part:
    return Part(sum(answer is not None for _, answer in answers), len(answers))
