"""The fictional sample jurisdiction: a plan, its people, 60 days of matters; from a seed, no database."""

from shige.sample.matters import Category, SampleMatter, Step, matters
from shige.sample.people import PartyOrganisation, SampleGrid, SamplePost, party, staff
from shige.sample.plan import Plan, to_geojson
from shige.sample.town import make_plan

__all__ = [
    "Category", "PartyOrganisation", "Plan", "SampleGrid", "SampleMatter", "SamplePost", "Step",
    "make_plan", "matters", "party", "staff", "to_geojson",
]  # fmt: skip
