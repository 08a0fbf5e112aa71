"""Who is given tasks in the tests: a property company, a partner, and the department of another street."""

from datetime import timedelta

from shige.matters import clock
from shige.matters.filing.commands.filing import file_matter
from shige.matters.joint.commands import Summons, call_joint
from shige.matters.models import JointTask, Matter, Task
from shige.matters.tasks.commands import Order, give_task
from shige.territory.models import Area
from shige.trust.gate import PUBLIC
from shige.trust.models import Appointment, Person, Post

from .town import ALWAYS, Town, report

ACTION = "请清运楼下堆放的大件垃圾并拍照"
PURPOSE = "现场会商占道堆放的清理分工"


def settle(town: Town) -> None:
    """Add the companies' posts to the team, and another street with a department of its own."""
    district = town.areas["district"]
    other = Area.objects.create(
        kind="division", level="street", code="510104002000", name="other", sort_key="other",
        parent=district, district=district,
    )  # fmt: skip
    other.street = other
    other.save()
    town.areas["other street"] = other
    _post(town, "property_company", "property_company", "east")
    _post(town, "partner", "partner", "street")
    _post(town, "foreign department", "department", "other street")
    _post(town, "foreign officer", "street_officer", "other street")


def _post(town: Town, name: str, role: str, area: str) -> None:
    town.posts[name] = Post.objects.create(role=role, area=town.areas[area], name=name)
    town.persons[name] = Person.objects.create(username=name, service_name=name)
    Appointment.objects.create(person=town.persons[name], post=town.posts[name], valid=ALWAYS)


def matter(town: Town, category: str = "01.1", words: str = "楼下堆了旧沙发") -> Matter:
    """File a matter in the first micro-grid; one of the ordinary kind is the full-time worker's."""
    return file_matter(PUBLIC, report(words, place=town.place("micro"), category=category)).matter


def order(town: Town, post: str = "property_company", **given: object) -> Order:
    """Write a task for a post."""
    return Order(**{"post": town.posts[post].pk, "action": ACTION, "limit": "1wd"} | given)  # type: ignore[arg-type]


def task(town: Town, post: str = "property_company", by: str = "fulltime_worker", **given: object) -> Task:
    """Split a task off from a new matter."""
    return give_task(town.viewer(by), matter(town).number, order(town, post, **given))


def summons(town: Town, *posts: str, **given: object) -> Summons:
    """Call posts together two hours from now."""
    called = tuple(town.posts[post].pk for post in posts)
    shown = {"purpose": PURPOSE, "place": "玉兰广场", "meets_at": clock.now() + timedelta(hours=2)}
    return Summons(posts=called, **(shown | given))  # type: ignore[arg-type]


def joint(town: Town, *posts: str, by: str = "street_officer") -> JointTask:
    """Have the street call posts together for a new matter."""
    return call_joint(
        town.viewer(by), matter(town).number, summons(town, *(posts or ("department", "department2")))
    )
