"""The page of the team: its figures lead to what they count, and an appointment is called what it is."""

import re

import pytest
from django.test import Client

from shige.territory.lineage import lineage_of
from shige.trust.commands import appoint, end_appointment
from shige.trust.gate import SYSTEM
from shige.trust.middleware import SAMPLE_SESSION
from shige.trust.models import Appointment
from shige.trust.templatetags.veils import veil
from tests.places import Town


@pytest.fixture
def centre(town: Town) -> Client:
    client = Client()
    client.force_login(town.people["street"])
    session = client.session
    session[SAMPLE_SESSION] = True
    session.save()
    return client


def test_a_figure_opens_exactly_the_posts_that_it_counts(centre: Client, town: Town) -> None:
    for held in Appointment.objects.filter(post=town.posts["worker"]):
        end_appointment(SYSTEM, held, lineage_of(town.areas["micro one"]))
    page = centre.get("/team/").content.decode()
    links = re.findall(r'<a href="(\?show=\w+)" class="figure.*?<span class="value">(\d+)', page, re.DOTALL)
    assert {link for link, _ in links} >= {"?show=vacant", "?show=doubled"}
    assert int(dict(links)["?show=vacant"]) > 0
    for link, count in links:
        rows = centre.get(f"/team/{link}").content.decode().count('href="/team/posts/')
        assert rows == int(count), link


@pytest.mark.parametrize(("kind", "word"), [("primary", "主职"), ("deputy", "副职"), ("substitute", "代理")])
def test_an_appointment_is_called_what_it_is(centre: Client, town: Town, kind: str, word: str) -> None:
    post = town.posts["worker"]
    if kind != "primary":
        appoint(
            SYSTEM,
            town.people["other worker"],
            post,
            lineage_of(town.areas["micro one"]),
            Appointment.Kind(kind),
        )
    page = centre.get(f"/team/posts/{veil(post.pk)}/").content.decode()
    assert f"<td>{word}</td>" in page and "<td>主任</td>" not in page
