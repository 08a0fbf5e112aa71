"""What the walk through every address needs to know of pages with arguments."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from shige.assets.models.device import Device
from shige.matters.models import JointPart, JointTask, Matter, Task
from shige.opinions.models import Hearing, Opinion
from shige.redline.models import Organisation
from shige.territory.lineage import lineage_of
from shige.territory.models import Compound, Plan, Thing
from shige.trust.jurisdiction import profile
from shige.trust.outside_vault import locked_away
from shige.warnings.models import SentWarning
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
    "disputes:mediate",
    "disputes:plan_act",
    "matters:rule_act",
    "matters:import_save",
    "assets:thing_retire",
    "assets:thing_inspect",
    "assets:device_map",
    "assets:device_unmap",
    "assets:device_revoke",
    "matters:move_task",
    "matters:attendance",
    "matters:result_for",
    "matters:end_joint",
    "matters:move_part",
    "matters:by_phone",
    "matters:keep_filter",
    "matters:drop_filter",
    "warnings:dismiss",
    "warnings:withdraw",
    "warnings:weather_lift",
    "matters:link",
    "matters:unlink",
    "opinions:hear",
    "opinions:move",
    "channels:told",
    "channels:leave",
    "channels:answer",
    "channels:forget",
    "channels:heard",
    "territory:decide",
    "territory:refuse",
    "territory:propose",
    "territory:plan_move",
    "territory:plan_lock",
    "territory:plan_pair",
    "territory:plan_line",
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


def task_in(town: Town, **more: object) -> Arguments:
    """Give the department a task of such a matter."""
    matter = Matter.objects.get(number=matter_in(town)["number"])
    now = timezone.now()
    made = Task.objects.create(
        number=f"{matter.number}-1", matter=matter, post=town.posts["department"], action="清运",
        state="given", given_at=now, due_at=now,
    )  # fmt: skip
    return {"number": made.number, **more}


def part_in(town: Town, **more: object) -> Arguments:
    """Call the department to a joint task of such a matter."""
    matter = Matter.objects.get(number=matter_in(town)["number"])
    now = timezone.now()
    joint = JointTask.objects.create(
        number=f"{matter.number}-L1", matter=matter, purpose="现场会商", place="广场", state="called",
        called_at=now, meets_at=now,
    )  # fmt: skip
    return {"pk": JointPart.objects.create(joint=joint, post=town.posts["department"]).pk, **more}


def warning_in(town: Town) -> Arguments:
    """Send a warning to the community of the chief."""
    now = timezone.now()
    made = SentWarning.objects.create(
        area=town.areas["community one"], title="汛期", text="请清理排水口", sent_at=now, grids=1, posts=1,
        until=now + timedelta(days=1),
    )  # fmt: skip
    made.areas.set([town.areas["community one"]])
    return {"pk": made.pk}


def joint_in(town: Town, **more: object) -> Arguments:
    """Return the same joint task by its number, and its part where a page asks for one."""
    part = JointPart.objects.select_related("joint").get(**part_in(town))
    return {"number": part.joint.number, **{name: part.pk if name == "part" else more[name] for name in more}}


def opinion_in(town: Town, **more: object) -> Arguments:
    """Write an opinion note down in the micro-grid of the worker."""
    grid, now = town.areas["micro one"], timezone.now()
    areas = {name: getattr(grid, name) for name in ("district", "street", "community", "general")}
    made = Opinion.objects.create(
        theme="parking", area=grid, leaf=grid, words="车位不够", band="few", post=town.posts["worker"],
        written_at=now, state="noted", **areas,
    )  # fmt: skip
    Hearing.objects.create(opinion=made, post=town.posts["worker"], on=now.date())
    return {"pk": made.pk, **more}


def thing_in(town: Town) -> Arguments:
    """Put a hydrant on the register of the micro-grid of the worker, as its row alone."""
    line, day = lineage_of(town.areas["micro one"]), timezone.localdate()
    made = Thing.objects.create(
        code=f"{town.areas['community one'].code}-00001", kind="hydrant", name="消火栓", place="广场",
        lon=104.0, lat=30.0, district_id=line.district, street_id=line.street, community_id=line.community,
        general_id=line.general, leaf_id=line.leaf, laid_on=day, added_on=day,
    )  # fmt: skip
    return {"code": made.code}


def device_in(town: Town, **more: object) -> Arguments:
    """Register a device in the community of the chief, as its row alone."""
    line = lineage_of(town.areas["community one"])
    key, sealed = locked_away(b"secret", "dev-1")
    made = Device.objects.create(
        uid="dev-1", name="水位", lon=104.0, lat=30.0, district_id=line.district, street_id=line.street,
        community_id=line.community, key_id=key, sealed=sealed, silent_hours=24, registered_at=timezone.now(),
    )  # fmt: skip
    return {"uid": made.uid, **more}


ARGUMENTS: dict[str, Callable[[Town], Arguments]] = {
    "trust:post": lambda town: {"pk": town.posts["worker"].pk},
    "trust:account": lambda town: {"pk": town.people["worker"].pk},
    "trust:end": lambda town: {"pk": town.posts["worker"].appointments.get(valid=SINCE).pk},
    "trust:revoke": lambda town: {"pk": 1},
    "trust:password_link": lambda town: {"secret": "unknown"},
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
    "territory:plan_line": plan_in,
    "territory:plan_grid": plan_in,
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
    "matters:drop_filter": lambda town: {"pk": 1},
    "matters:matter": matter_in,
    "matters:import_preview": lambda town: {"token": "unknown"},
    "matters:import_save": lambda town: {"token": "unknown"},
    "matters:rule_new": lambda town: {"code": town.areas["street"].code},
    "matters:rule_change": lambda town: {"code": town.areas["street"].code, "pk": 1},
    "matters:rule_act": lambda town: {"pk": 1, "action": "try"},
    "matters:act": lambda town: matter_in(town, action="take"),
    "disputes:mediate": lambda town: matter_in(town, what="note"),
    "disputes:agreement": matter_in,
    "disputes:committee_file": matter_in,
    "disputes:plan": matter_in,
    "disputes:plan_print": matter_in,
    "disputes:plan_act": lambda town: matter_in(town, what="adopt"),
    "disputes:plan_change": lambda town: matter_in(town, kind="group", pk="1"),
    "matters:reveal": lambda town: matter_in(town, what="contact"),
    "matters:add_photos": matter_in,
    "matters:link": matter_in,
    "matters:unlink": lambda town: matter_in(town, other="20260101-000002"),
    "matters:photo": lambda town: matter_in(town, name="unknown"),
    "channels:claim": lambda town: {"number": "20260101-000001"},
    "matters:give_task": matter_in,
    "matters:sight": matter_in,
    "matters:recusal": matter_in,
    "matters:summary": matter_in,
    "matters:call_joint": matter_in,
    "matters:task": task_in,
    "matters:move_task": lambda town: task_in(town, action="take"),
    "matters:photo_of_task": lambda town: task_in(town, name="unknown"),
    "matters:joint": joint_in,
    "matters:attendance": lambda town: joint_in(town, part=0),
    "matters:result_for": lambda town: joint_in(town, part=0),
    "matters:end_joint": lambda town: joint_in(town, action="cancel"),
    "matters:part": part_in,
    "matters:move_part": lambda town: part_in(town, action="result"),
    "opinions:one": opinion_in,
    "opinions:hear": opinion_in,
    "opinions:move": lambda town: opinion_in(town, action="follow"),
    "matters:desk_rows": lambda town: {"kind": "late"},
    "warnings:one": warning_in,
    "warnings:withdraw": warning_in,
    "warnings:weather_lift": lambda town: {"pk": 1},
    "assets:thing": thing_in,
    "assets:thing_change": thing_in,
    "assets:thing_retire": thing_in,
    "assets:thing_inspect": thing_in,
    "assets:device": device_in,
    "assets:device_map": device_in,
    "assets:device_unmap": lambda town: device_in(town, type="smoke"),
    "assets:device_revoke": device_in,
    "matters:uploads": matter_in,
    "matters:upload": lambda town: matter_in(town, name="unknown"),
    "channels:upload": lambda town: {"name": "unknown"},
    "channels:photo": lambda town: {"name": "unknown"},
    "channels:tracking": lambda town: {"code": "AAAA-AAAA-AAAA-AAAA"},
    "channels:card": lambda town: {"code": "AAAA-AAAA-AAAA-AAAA"},
    "channels:own_data": lambda town: {"code": "AAAA-AAAA-AAAA-AAAA"},
    "channels:answer": lambda town: {"code": "AAAA-AAAA-AAAA-AAAA"},
    "channels:told": lambda town: {"code": "AAAA-AAAA-AAAA-AAAA"},
    "channels:leave": lambda town: {"code": "AAAA-AAAA-AAAA-AAAA"},
    "channels:forget": lambda town: {"code": "AAAA-AAAA-AAAA-AAAA"},
    "channels:own_photos": lambda town: {"code": "AAAA-AAAA-AAAA-AAAA"},
    "channels:text_me": lambda town: {"code": "AAAA-AAAA-AAAA-AAAA"},
    "channels:claimed": lambda town: {"code": "AAAA-AAAA-AAAA-AAAA"},
    "files:upload": lambda town: {"name": "unknown"},
    "channels:tracking_photo": lambda town: {"code": "AAAA-AAAA-AAAA-AAAA", "name": "unknown"},
}
"""For each page with arguments, those of something in the part of the town of chief and worker."""
