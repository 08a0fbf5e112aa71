"""The jurisdiction profile (R8): thresholds, words, hours, categories and levels as data."""

from shige.profile.categories import GUARDED, Category, Department, Tier
from shige.profile.duties import Article, DutiesList
from shige.profile.emergencies import Emergency, EmergencyNumber
from shige.profile.grids import GridRules
from shige.profile.hours import OfficeHours, TimeSpan
from shige.profile.limits import Limit, parse_limit
from shige.profile.model import Feedback, MapCentre, Profile, Theme
from shige.profile.operator import Operator
from shige.profile.people import FullTimeRule, Level, RedlinePair, Role, RoleGroup
from shige.profile.text import Text
from shige.profile.things import ThingKind
from shige.profile.workflow import Actor, Condition, State, Transition, Workflow, shipped_workflows

from .category_advice import Advice
from .foresight import Season, Span, WeatherKind, coming
from .loader import ProfileError, load, shipped_names
from .trained_staff import Guard

__all__ = [
    "GUARDED",
    "Actor",
    "Advice",
    "Article",
    "Category",
    "Condition",
    "Department",
    "DutiesList",
    "Emergency",
    "EmergencyNumber",
    "Feedback",
    "FullTimeRule",
    "GridRules",
    "Guard",
    "Level",
    "Limit",
    "MapCentre",
    "OfficeHours",
    "Operator",
    "Profile",
    "ProfileError",
    "RedlinePair",
    "Role",
    "RoleGroup",
    "Season",
    "Span",
    "State",
    "Text",
    "Theme",
    "ThingKind",
    "Tier",
    "TimeSpan",
    "Transition",
    "WeatherKind",
    "Workflow",
    "coming",
    "load",
    "parse_limit",
    "shipped_names",
    "shipped_workflows",
]
