"""Each person of the chain walks all pages, standing in at the street: none tells of a complaint (P3)."""

import pytest
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from shige.insight.commands import advance
from shige.matters.filing.commands.filing import file_matter
from shige.matters.joint.commands import Summons, call_joint
from shige.matters.models import JointPart, JointTask, Matter, Task
from shige.matters.tasks.commands import Order, give_task
from shige.trust.commands import sequence
from shige.trust.gate import PUBLIC, SYSTEM
from tests.matters.handling.test_pages import signed_in
from tests.matters.handling.test_persons import also
from tests.matters.visibility.test_hidden import CHAIN, complaint

from ..taskforce import PURPOSE
from ..town import WEDNESDAY, Town, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]

LEFT_OUT = ("accounts", "static", "media")
SECRET_ACTION = "请核实窗口录像"


def routes(resolver: URLResolver, before: str = "") -> list[tuple[str, URLPattern]]:
    """Return every address of the program with its pattern."""
    found = []
    for entry in resolver.url_patterns:
        path = before + str(entry.pattern)
        found += routes(entry, path) if isinstance(entry, URLResolver) else [(path, entry)]
    return found


def addresses(matter: Matter) -> list[str]:
    """Return all pages with what names the complaint and its work in the place of what is asked for."""
    task, joint, part = Task.objects.get(), JointTask.objects.get(), JointPart.objects.first()
    assert part is not None
    found = []
    for path, pattern in routes(get_resolver()):
        if path.startswith(LEFT_OUT) or "^" in path:
            continue
        numbers = {"tasks/": task.number, "joint/": joint.number}
        number = next((one for way, one in numbers.items() if way in path), matter.number)
        names = {name: str(matter.pk) for name in pattern.pattern.converters}
        names |= {"number": number, "part": str(part.pk), "action": "take", "what": "words", "kind": "new"}
        names |= {"pk": str(part.pk)} if "parts/" in path else {}
        address = path
        for name in pattern.pattern.converters:
            start = address.index("<")
            address = address[:start] + names[name] + address[address.index(">", start) + 1 :]
        found.append("/" + address)
    return found


def told(client: Client, address: str) -> str:
    """Return what a page shows, an empty text where it is no page."""
    response = client.get(address)
    assert response.status_code < 500, address
    if response.status_code != 200:
        return ""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body.decode(errors="ignore")


@pytest.mark.long
@pytest.mark.parametrize("who", CHAIN)
def test_no_page_tells_the_chain_of_it(town: Town, who: str) -> None:
    also(town, who, "service_centre")
    file_matter(PUBLIC, report(place=town.place("micro")))
    with connection.cursor() as cursor:  # a key that no count on a page can be
        cursor.execute("SELECT max(nextval('matters_matter_id_seq')) FROM generate_series(1, 70000)")
    matter = complaint(town)
    give_task(SYSTEM, matter.number, Order(town.posts["department"].pk, SECRET_ACTION, "4h"))
    posts = (town.posts["department"].pk, town.posts["service_centre"].pk)
    call_joint(
        town.viewer("service_centre"),
        matter.number,
        Summons(posts, PURPOSE, "街道", WEDNESDAY.replace(hour=8)),
    )
    for step in (sequence, advance):
        step()
    client, every = signed_in(town, who), addresses(matter)
    assert len(every) > 150
    for address in every:
        page = told(client, address)
        secrets = [matter.number, "态度恶劣", SECRET_ACTION, PURPOSE, f">{matter.pk}<"]
        assert not [one for one in secrets if one in page], address


def test_the_walk_finds_it_where_it_may_be_seen(town: Town) -> None:
    """Otherwise the walk above would prove nothing."""
    matter = complaint(town)
    give_task(SYSTEM, matter.number, Order(town.posts["department"].pk, SECRET_ACTION, "4h"))
    call_joint(
        town.viewer("service_centre"),
        matter.number,
        Summons((town.posts["department"].pk,), PURPOSE, "街道", WEDNESDAY.replace(hour=8)),
    )
    client = signed_in(town, "service_centre")
    telling = [address for address in addresses(matter) if matter.number in told(client, address)]
    assert f"/office/matters/{matter.number}/" in telling and len(telling) >= 8
