"""Sixty days of fictional matters and the course that each one takes, to be replayed through the commands."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from shige.sample.plan import Plan, Unit

DAYS = 60
COUNT = 430
FROM_ONE_SOURCE = 20
SHANGHAI = ZoneInfo("Asia/Shanghai")
HOURS = (1, 0, 0, 0, 0, 1, 4, 12, 26, 34, 30, 20, 12, 14, 24, 26, 24, 20, 20, 26, 24, 15, 7, 3)
WEEKDAYS = (1.25, 1.1, 1.05, 1.0, 1.05, 0.8, 0.7)
COURSES = {
    "confirmed": 50, "passed_up": 12, "silent": 11, "reopened": 9, "asked": 8, "late": 6, "open": 4,
}  # fmt: skip
RATINGS = {5: 46, 4: 30, 3: 14, 2: 6, 1: 4}
LEAVES_PHONE = 0.7
STILL_FRESH = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Category:
    """A sub-category of the jurisdiction profile (`02.4`, Chinese name) and how often it is raised."""

    code: str
    name: str
    weight: float


@dataclass(frozen=True, slots=True)
class Step:
    """What happens next: `kind` is take, note, ask, answer, pass_up, solve, confirm or refuse.

    take, note, ask, pass_up and solve are the owner's; answer, confirm (with `rating` 1-5) and refuse
    ("not solved") the reporter's.
    """

    kind: str
    at: datetime
    note: str = ""
    rating: int | None = None


@dataclass(frozen=True, slots=True)
class SampleMatter:
    """A matter as reported, and its steps up to the day asked for; times in Asia/Shanghai."""

    reported_at: datetime
    unit: str
    lon: float
    lat: float
    category: str
    words: str
    phone: str | None
    course: str  # a key of COURSES
    steps: tuple[Step, ...]


def matters(plan: Plan, categories: Sequence[Category], seed: int, until: datetime) -> list[SampleMatter]:
    """Return 450 matters of the 60 days before `until` (aware), oldest first, in every state.

    Only categories for which the room has words are used; emergencies have none. About one matter in twenty
    comes from one broken water main, so that tracing has a source to find (R33). Steps after `until` are
    left out, so that recent matters are still new or in hand.

    Raises
    ------
    ValueError
        When no category matches any of the room's words.
    """
    return _Teller(plan, categories, random.Random(seed), until.astimezone(SHANGHAI)).tell()  # noqa: S311


class _Teller:
    """Tells the days from one stream of chance."""

    def __init__(
        self, plan: Plan, categories: Sequence[Category], rng: random.Random, until: datetime
    ) -> None:
        words = tomllib.loads(files("shige.sample").joinpath("situations.toml").read_text("utf-8"))
        self.rng, self.until, self.phrases = rng, until, words["phrases"]
        self.units = [unit for unit in plan.units if unit.households or unit.shops or unit.manager]
        self.told: list[tuple[Category, list[Any]]] = []
        self.weights: list[float] = []
        for category in categories:
            fitting = [row for row in words["situations"] if _fits(row, category)]
            for row in fitting:
                self.told.append((category, row))
                self.weights.append(category.weight / len(fitting))
        if not self.told:
            raise ValueError("none of the categories matches a situation of the sample")
        self.source = words["source"]
        self.categories = categories

    def tell(self) -> list[SampleMatter]:
        """Return all matters, oldest first."""
        told = []
        for category, row in self.rng.choices(self.told, self.weights, k=COUNT):
            told.append(self._matter(category, row[2], row[3], self._place(category), DAYS))
        compound, top, keyword, words, done = self.source
        broken = next((c for c in self.categories if _fits([top, keyword], c)), None)
        homes = [unit for unit in self.units if unit.compound == compound]
        if broken and homes:
            for _ in range(FROM_ONE_SOURCE):
                told.append(self._matter(broken, self.rng.choice(words), done, self.rng.choice(homes), 9))
        return sorted(told, key=lambda matter: matter.reported_at)

    def _matter(self, category: Category, words: str, done: str, unit: Unit, days: int) -> SampleMatter:
        reported = self._moment(days)
        point = unit.shape.representative_point()
        course = self.rng.choices(list(COURSES), list(COURSES.values()))[0]
        steps = [step for step in self._course(course, reported, done) if step.at <= self.until]
        phone = f"1990000{self.rng.randrange(10000):04d}" if self.rng.random() < LEAVES_PHONE else None
        text = words.format(place=unit.compound or unit.address)
        place = round(point.x, 7), round(point.y, 7)
        return SampleMatter(reported, unit.id, *place, category.code, text, phone, course, tuple(steps))

    def _place(self, category: Category) -> Unit:
        if category.code.startswith("13"):
            return self.rng.choices(self.units, [unit.shops for unit in self.units])[0]
        weights = [unit.households + unit.shops + (25 if unit.manager else 0) for unit in self.units]
        return self.rng.choices(self.units, weights)[0]

    def _moment(self, days: int) -> datetime:
        """Choose a minute by weekday and hour in the last days."""
        dates = [self.until.date() - timedelta(days=back) for back in range(days)]
        date = self.rng.choices(dates, [WEEKDAYS[date.weekday()] for date in dates])[0]
        hour = self.rng.choices(range(24), HOURS)[0]
        moment = datetime.combine(date, time(hour, self.rng.randrange(60), self.rng.randrange(60)), SHANGHAI)
        return min(moment, self.until - timedelta(minutes=self.rng.randrange(5, 240)))

    def _course(self, course: str, reported: datetime, done: str) -> list[Step]:
        late = course == "late"
        fresh = self.until - reported < STILL_FRESH
        taken = self._after(reported, 60.0 if late or (fresh and self.rng.random() < 0.4) else 1.6)
        steps = [self._say("take", taken)]
        if course == "asked":
            steps.append(self._say("ask", self._after(taken, 3)))
            if self.rng.random() < 0.7:
                steps.append(self._say("answer", self._after(steps[-1].at, 12)))
            else:
                return steps
        if course == "passed_up":
            steps.append(self._say("pass_up", self._after(taken, 14)))
        if late or course == "open" or self.rng.random() < 0.4:
            at = self._after(steps[-1].at, 120 if late else 16)
            steps.append(Step("note", at, self.rng.choice(self.phrases["late" if late else "note"])))
        if course == "open":
            return [*steps, self._say("pass_up", self._after(steps[-1].at, 20))][: self.rng.choice((2, 3))]
        steps.append(Step("solve", self._after(steps[-1].at, 260 if late else 26), done))
        if course == "reopened":
            steps.append(self._say("refuse", self._after(steps[-1].at, 20)))
            steps.append(self._say("take", self._after(steps[-1].at, 3)))
            steps.append(Step("solve", self._after(steps[-1].at, 40), "再次到场处理。" + done))
        return steps if course == "silent" else [*steps, self._confirm(steps[-1].at, unhappy=late)]

    def _confirm(self, solved: datetime, *, unhappy: bool) -> Step:
        rating = self.rng.choices(list(RATINGS), list(RATINGS.values()))[0]
        at = min(self._after(solved, 18), solved + timedelta(days=6))
        return Step("confirm", at, "", max(1, rating - 2) if unhappy else rating)

    def _say(self, kind: str, at: datetime) -> Step:
        return Step(kind, at, self.rng.choice(self.phrases[kind]))

    def _after(self, moment: datetime, hours: float) -> datetime:
        """Return a time about `hours` (the median) later, in the day rather than at night."""
        later = moment + timedelta(hours=hours * self.rng.lognormvariate(0, 0.55), minutes=3)
        later = later.replace(microsecond=0)
        if 8 <= later.hour < 20:
            return later
        morning = later.date() + timedelta(days=1 if later.hour >= 20 else 0)
        return datetime.combine(morning, time(8, self.rng.randrange(20, 60)), SHANGHAI)


def _fits(row: Sequence[Any], category: Category) -> bool:
    return category.code.startswith(row[0] + ".") and row[1] in category.name
