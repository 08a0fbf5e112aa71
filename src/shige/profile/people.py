"""Levels of area, roles, the full-time rule (R15) and the red line's default pairs (R9)."""

from typing import Literal

from shige.profile.text import ProfilePart, Text

RoleKind = Literal["grid_worker", "staff", "partner", "overseer", "operator"]
Strictness = Literal["refuse", "warn", "allow"]


class Level(ProfilePart):
    """A level of area, from the top down; `grid` is its word as a grid where it has one (社区: 总网格)."""

    code: str
    name: Text
    grid: Text | None = None


RoleGroup = Literal[
    "field",  # looks after a grid
    "body",  # manages an exclusive grid, and draws it
    "community",
    "secretary",  # keeps the Party organisations of a community
    "street",
    "leader",  # leads the street: takes a matter into own hands
    "importer",  # of the street: imports the ground plan
    "standby",  # answers for a street where its tier's role has nobody
    "district",  # the highest office
    "operator",  # runs the program for an office
    "tasked",  # sees only what it was given
    "department",
    "mediator",
    "overseer",
    "helper",  # can sit in when somebody mediates
    "answerable",  # beside the street, can be responsible for a measure
]
"""What roles have in common; `shige.trust.permissions` says what each group may do."""


class Role(ProfilePart):
    """A role that an appointment gives somebody over an area of one of `levels`. A resident needs no role.

    ``groups`` say what the role may do (`shige.trust.permissions`); in none, it may do nothing.
    """

    code: str
    name: Text
    levels: tuple[str, ...]
    kind: RoleKind
    groups: tuple[RoleGroup, ...] = ()
    own_tasks_only: bool = False  # departments, companies and partners see only the task given to them
    appoints: tuple[str, ...] = ()  # levels whose posts this role opens, fills and ends: all below its own
    appointed_from: tuple[str, ...] = ()  # levels of whoever fills it; empty: of all who appoint
    appointed_by: tuple[str, ...] = ()  # roles of whoever fills it, as of the Party organisation; empty: all


class FullTimeRule(ProfilePart):
    """Which posts must be full-time (必须专职, R15) and what happens when their holder has another post."""

    roles: tuple[str, ...] = ()
    conflicting_roles: tuple[str, ...] = ()
    urban: Strictness = "refuse"
    rural: Strictness = "allow"
    rural_condition: Text | None = None  # what a rural cadre who serves undertakes (专门负责)


class RedlinePair(ProfilePart):
    """Members of this kind oversee grids of level `oversees`, else of level `otherwise` (R9)."""

    code: str
    name: Text
    oversees: str
    otherwise: str | None = None
