"""The jurisdiction profile (R8): everything that differs from one city or country to another."""

import hashlib
import json
from functools import cached_property, partial
from typing import Literal, Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, field_validator, model_validator

from shige.profile.categories import Category, Department, Tier
from shige.profile.coherence import problems_of
from shige.profile.duties import DutiesList
from shige.profile.emergencies import Emergency, EmergencyNumber, own_words
from shige.profile.equivalents import Equivalents, shipped_equivalents
from shige.profile.grids import GridRules
from shige.profile.hours import OfficeHours
from shige.profile.operator import Operator
from shige.profile.people import FullTimeRule, Level, RedlinePair, Role, RoleGroup
from shige.profile.phrases import needle
from shige.profile.service_points import Bookings, ServiceCircle, ServicePointKind
from shige.profile.text import ProfilePart, Text
from shige.profile.things import ThingKind
from shige.profile.workflow import Workflow, shipped_workflows

from .category_advice import Advice
from .dialling import Telephones
from .foresight import Season, WeatherKind
from .speech_signs import CompiledSigns, SignTable, shipped_signs
from .trained_staff import Guard


class MapCentre(ProfilePart):
    """Where the map opens, in WGS-84 degrees."""

    lon: float = Field(ge=-180, le=180)
    lat: float = Field(ge=-90, le=90)
    zoom: float = Field(default=13, ge=0, le=22)


class Feedback(ProfilePart):
    """Days (of the calendar), minutes and counts that govern what matters and claims of wishes wait for."""

    confirm_days: int = Field(default=7, ge=1)
    reopen_days: int = Field(default=10, ge=0)
    extensions: int = Field(default=1, ge=0)
    extended_by: Literal["owner", "next_tier"] = "owner"  # who decides that a date is put off
    call_again: Literal["today", "tomorrow"] = "today"  # from when somebody who was not reached is called
    wish_contact_days: int = Field(default=7, ge=1)
    at_once_minutes: int = Field(default=10, ge=1, le=120)  # untaken so long, what is due `now` goes up
    visit_days: tuple[int, ...] = (7, 30)  # when somebody else asks whether a result still holds


class Theme(ProfilePart):
    """A theme under which people at work write down what a place says (社情民意备忘, R40)."""

    code: str = Field(pattern=r"^[a-z_]{2,20}$")
    name: Text


class Offer(ProfilePart):
    """A kind of help that members who serve can offer (R11)."""

    code: str = Field(pattern=r"^[a-z_]{2,20}$")
    name: Text


class Profile(ProfilePart):
    """One version of one jurisdiction's rules and words. Read it with `shige.profile.load`."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    version: int = Field(ge=1)
    name: Text
    language: str
    languages: tuple[str, ...] = Field(min_length=1)
    timezone: str
    centre: MapCentre
    datum: Literal["wgs84", "gcj02", "bd09"] = "wgs84"
    calendar: Literal["china", "weekends"]
    telephones: Telephones = Telephones()
    hours: OfficeHours
    levels: tuple[Level, ...]
    words: dict[str, Text] = {}
    grids: GridRules = GridRules()
    roles: tuple[Role, ...]
    full_time: FullTimeRule = FullTimeRule()
    tiers: tuple[Tier, ...]
    departments: tuple[Department, ...] = ()
    categories: tuple[Category, ...]
    numbers: tuple[EmergencyNumber, ...] = ()
    emergencies: tuple[Emergency, ...] = ()
    guard: Guard = Guard()
    negations: tuple[str, ...] = ()  # right before a sign of danger they deny it (没有煤气味)
    not_negations: tuple[str, ...] = ()  # end in a negation and deny nothing (有没有煤气味)
    equivalents: Equivalents = Field(default_factory=shipped_equivalents)  # dialect, slips, sound-alikes
    danger: SignTable = Field(default_factory=partial(shipped_signs, "danger"))
    complaints: SignTable = Field(default_factory=partial(shipped_signs, "complaints"))
    redline: tuple[RedlinePair, ...] = ()
    things: tuple[ThingKind, ...] = ()
    service_points: tuple[ServicePointKind, ...] = ()
    circle: ServiceCircle = ServiceCircle()
    bookings: Bookings = Bookings()
    duties: tuple[DutiesList, ...] = ()  # a role without a list may be given everything
    themes: tuple[Theme, ...] = ()
    offers: tuple[Offer, ...] = ()
    feedback: Feedback = Feedback()
    seasons: tuple[Season, ...] = ()
    weather: tuple[WeatherKind, ...] = ()
    advice: tuple[Advice, ...] = ()
    workflows: tuple[Workflow, ...] = Field(default=(), validate_default=True)
    """Beside those that come with the program; of one code, the profile's own holds."""
    operator: Operator | None = None  # who runs the service; the foot of public pages names it
    suppress_under: int = Field(default=5, ge=1)  # P8: smaller counts are not shown
    told_periods: tuple[Literal["month", "quarter", "year"], ...] = Field(
        default=("month", "quarter", "year"), min_length=1
    )  # P8: where small counts are hidden, figures are of these alone, once they are over
    told_after_days: int = Field(default=10, ge=0)  # so many days after its end a month's figures are fixed

    @field_validator("timezone")
    @classmethod
    def _is_known(cls, timezone: str) -> str:
        if timezone not in available_timezones():
            raise ValueError(f"{timezone!r} is no time zone; write it as Asia/Shanghai")
        return timezone

    @field_validator("workflows")
    @classmethod
    def _with_shipped(cls, own: tuple[Workflow, ...]) -> tuple[Workflow, ...]:
        codes = {workflow.code for workflow in own}
        return own + tuple(shipped for shipped in shipped_workflows() if shipped.code not in codes)

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if problems := problems_of(self):
            raise ValueError("\n".join(problems))
        return self

    @cached_property
    def _table_of_categories(self) -> str:
        told = [(c.code, c.name.zh, c.name.en, c.never_mediate or c.seal > 0) for c in self.leaf_categories]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()

    @cached_property
    def needles(self) -> tuple[tuple[str, str, str], ...]:
        """Each keyword of a category: its code, the keyword, and the part of it that decides quickest."""
        return tuple(
            (leaf.code, word, needle(word)) for leaf in self.leaf_categories for word in leaf.keywords
        )

    @cached_property
    def danger_signs(self) -> CompiledSigns:
        """The signs of danger, ready for matching."""
        return self._compiled(self.danger)

    @cached_property
    def own_signs(self) -> CompiledSigns:
        """The words of the profile's own emergencies, ready for matching."""
        return self._compiled(own_words(self.danger, self.emergencies))

    @cached_property
    def complaint_signs(self) -> CompiledSigns:
        """The signs of complaints about staff, ready for matching."""
        return self._compiled(self.complaints)

    def _compiled(self, table: SignTable) -> CompiledSigns:
        return table.compiled(self.equivalents, self.negations, self.not_negations)

    @property
    def zone(self) -> ZoneInfo:
        """The jurisdiction's time zone."""
        return ZoneInfo(self.timezone)

    def fingerprint(self) -> str:
        """SHA-256 (hex) over the whole content: two profiles with one fingerprint give the same deadlines."""
        return self._fingerprint

    def table_of_categories(self) -> str:
        """Return SHA-256 (hex) over codes, names and guards: under the same, what was learned still holds."""
        return self._table_of_categories

    def category(self, code: str) -> Category:
        """Return the top or sub-category with this code; KeyError where there is none."""
        return self._categories[code]

    def tier(self, code: str) -> Tier:
        """Return the tier with this letter; KeyError where there is none."""
        return self._tiers[code]

    def role(self, code: str) -> Role:
        """Return the role with this code; KeyError where there is none."""
        return self._roles[code]

    def roles_in(self, groups: frozenset[RoleGroup]) -> frozenset[str]:
        """Return the codes of the roles that are in one of some groups."""
        found = self._roles_in.get(groups)
        if found is None:
            found = frozenset(role.code for role in self.roles if groups.intersection(role.groups))
            self._roles_in[groups] = found
        return found

    def first_role(self, group: RoleGroup) -> str:
        """Return the code of the first role of a group; empty where there is none."""
        return next((role.code for role in self.roles if group in role.groups), "")

    def level(self, code: str) -> Level:
        """Return the level with this code; KeyError where there is none."""
        return self._levels[code]

    def department(self, code: str) -> Department:
        """Return the department with this code; KeyError where there is none."""
        return self._departments[code]

    def thing_kind(self, code: str) -> ThingKind:
        """Return the kind of thing with this code; KeyError where there is none."""
        return self._thing_kinds[code]

    def refusal(self, role: str, category: str) -> Text | None:
        """Return the article by which a category is no duty of a role; None where it may be given to it."""
        listed = self._duties.get(role)
        return listed.refusal(category) if listed else None

    def advice_on(self, code: str) -> Advice:
        """Return the advice on a top or sub-category, whole; KeyError where there is no such category."""
        category = self.category(code)
        own, whole = self._advice.get(code), self._advice[category.top]
        return whole.but(own) if own else whole

    def weather_kind(self, code: str) -> WeatherKind:
        """Return the kind of weather warning with this code; KeyError where there is none."""
        return self._weather[code]

    def workflow(self, kind: str) -> Workflow:
        """Return the life of a kind of matter; KeyError where there is none."""
        return self._workflows[kind]

    @property
    def leaf_categories(self) -> tuple[Category, ...]:
        """The categories that a matter is filed under: all without children, in the table's order."""
        return tuple(leaf for top in self.categories for leaf in top.children or (top,))

    @cached_property
    def _fingerprint(self) -> str:
        content = json.dumps(self.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()

    @cached_property
    def _categories(self) -> dict[str, Category]:
        tops = {top.code: top for top in self.categories}
        return tops | {child.code: child for top in self.categories for child in top.children}

    @cached_property
    def _tiers(self) -> dict[str, Tier]:
        return {tier.code: tier for tier in self.tiers}

    @cached_property
    def _roles_in(self) -> dict[frozenset[RoleGroup], frozenset[str]]:
        return {}

    @cached_property
    def _roles(self) -> dict[str, Role]:
        return {role.code: role for role in self.roles}

    @cached_property
    def _levels(self) -> dict[str, Level]:
        return {level.code: level for level in self.levels}

    @cached_property
    def _departments(self) -> dict[str, Department]:
        return {department.code: department for department in self.departments}

    @cached_property
    def _advice(self) -> dict[str, Advice]:
        return {advice.code: advice for advice in self.advice}

    @cached_property
    def _weather(self) -> dict[str, WeatherKind]:
        return {kind.code: kind for kind in self.weather}

    @cached_property
    def _thing_kinds(self) -> dict[str, ThingKind]:
        return {kind.code: kind for kind in self.things}

    @cached_property
    def _workflows(self) -> dict[str, Workflow]:
        return {workflow.code: workflow for workflow in self.workflows}

    @cached_property
    def _duties(self) -> dict[str, DutiesList]:
        return {listed.role: listed for listed in self.duties}
