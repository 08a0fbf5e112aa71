"""What the walk through every address needs to know of pages with arguments."""

from collections.abc import Callable

from shige.redline.models import Organisation
from shige.territory.lineage import lineage_of
from shige.territory.models import Compound, Plan
from shige.trust.jurisdiction import profile
from tests.places import SINCE, Town, make_matter

FOREIGN = {
    "set_language",
    "account_login",
    "account_logout",
    "account_reauthenticate",
    "account_inactive",
    "account_signup",
    "account_change_password",
    "account_set_password",
    "account_email",
    "account_email_verification_sent",
    "account_confirm_email",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_confirm_login_code",
}
"""Pages of django-allauth and Django: sign-in and one's own account."""

ONLY_POST = {
    "trust:end",
    "trust:revoke",
    "matters:act",
    "matters:reveal",
    "matters:add_photos",
    "channels:answer",
    "channels:forget",
    "channels:heard",
    "territory:decide",
    "territory:refuse",
    "territory:propose",
    "territory:plan_move",
    "territory:plan_lock",
    "territory:plan_pair",
    "territory:plan_forget",
    "territory:plan_again",
    "territory:plan_submit",
    "territory:plan_comment",
    "territory:import_save",
    "redline:close",
}
"""Doors that take a form and show nothing."""

Arguments = dict[str, object]


def plan_in(town: Town) -> Arguments:
    """Propose a plan for the street, as its row alone."""
    plan = Plan.objects.create(scope=town.areas["street"], profile="chengdu 1", outcome={}, state="failed")
    return {"pk": plan.pk}


def organisation_in(town: Town) -> Arguments:
    """Tie an organisation to the community grid."""
    kind = profile().redline[0].code
    made = Organisation.objects.create(name="玉兰社区党委", kind=kind, area=town.areas["grid one"])
    return {"pk": made.pk}


def matter_in(town: Town, **more: object) -> Arguments:
    """Raise a matter in the micro-grid of the worker."""
    return {
        "number": make_matter(town, lineage_of(town.areas["micro one"]), number="20260101-000001").number,
        **more,
    }


ARGUMENTS: dict[str, Callable[[Town], Arguments]] = {
    "trust:post": lambda town: {"pk": town.posts["worker"].pk},
    "trust:end": lambda town: {"pk": town.posts["worker"].appointments.get(valid=SINCE).pk},
    "trust:revoke": lambda town: {"pk": 1},
    "trust:enter": lambda town: {"secret": "unknown"},
    "territory:grid": lambda town: {"code": town.areas["micro one"].code},
    "territory:sign": lambda town: {"code": town.areas["micro one"].code},
    "territory:sign_code": lambda town: {"code": town.areas["micro one"].code},
    "territory:tile_on": lambda town: {"day": "2026-01-01", "z": 14, "x": 1, "y": 1},
    "territory:tile": lambda town: {"kind": "grids", "edition": 1, "z": 14, "x": 1, "y": 1},
    "territory:building_code": lambda town: {"unit": "unknown"},
    "territory:plan": plan_in,
    "territory:plan_grids": lambda town: plan_in(town) | {"side": "after"},
    "territory:compare": plan_in,
    "territory:plan_building": plan_in,
    "territory:plan_check": plan_in,
    "territory:plan_move": plan_in,
    "territory:plan_lock": plan_in,
    "territory:plan_pair": plan_in,
    "territory:plan_forget": plan_in,
    "territory:plan_again": plan_in,
    "territory:plan_submit": plan_in,
    "territory:plan_comment": plan_in,
    "territory:plan_notice": plan_in,
    "territory:decide": plan_in,
    "territory:refuse": plan_in,
    "territory:import_preview": lambda town: {"token": "unknown"},
    "territory:import_save": lambda town: {"token": "unknown"},
    "redline:add": lambda town: {"code": town.areas["general one"].code},
    "redline:organisation": organisation_in,
    "redline:close": organisation_in,
    "matters:compound": lambda town: {
        "pk": Compound.objects.create(community=town.areas["community one"], name="玉兰苑").pk
    },
    "matters:matter": matter_in,
    "matters:act": lambda town: matter_in(town, action="take"),
    "matters:reveal": lambda town: matter_in(town, what="contact"),
    "matters:add_photos": matter_in,
    "matters:photo": lambda town: matter_in(town, name="unknown"),
    "matters:uploads": matter_in,
    "matters:upload": lambda town: matter_in(town, name="unknown"),
    "channels:upload": lambda town: {"name": "unknown"},
    "channels:photo": lambda town: {"name": "unknown"},
    "channels:tracking": lambda town: {"code": "AAAA-AAAA-AAAA-AAAA"},
    "channels:answer": lambda town: {"code": "AAAA-AAAA-AAAA-AAAA"},
    "channels:forget": lambda town: {"code": "AAAA-AAAA-AAAA-AAAA"},
    "channels:tracking_photo": lambda town: {"code": "AAAA-AAAA-AAAA-AAAA", "name": "unknown"},
}
"""For each page with arguments, those of something in the part of the town of chief and worker."""
