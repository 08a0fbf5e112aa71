"""What the walk through every address needs to know of pages of matters and tasks with arguments."""

from django.utils import timezone

from shige.matters.models import JointPart, JointTask, Matter, Task
from shige.territory.lineage import lineage_of
from shige.territory.models import Compound
from tests.places import Town, make_matter
from tests.project.door import Arguments, Door


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


def joint_in(town: Town, **more: object) -> Arguments:
    """Return the same joint task by its number, and its part where a page asks for one."""
    part = JointPart.objects.select_related("joint").get(**part_in(town))
    return {"number": part.joint.number, **{name: part.pk if name == "part" else more[name] for name in more}}


DOORS: dict[str, Door] = {
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
    "matters:reveal": lambda town: matter_in(town, what="contact"),
    "matters:add_photos": matter_in,
    "matters:link": matter_in,
    "matters:unlink": lambda town: matter_in(town, other="20260101-000002"),
    "matters:photo": lambda town: matter_in(town, name="unknown"),
    "matters:give_task": matter_in,
    "matters:sight": matter_in,
    "matters:recusal": matter_in,
    "matters:recusal_answer": lambda town: {"pk": 1},
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
    "matters:uploads": matter_in,
    "matters:upload": lambda town: matter_in(town, name="unknown"),
}
