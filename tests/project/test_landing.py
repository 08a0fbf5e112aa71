"""Whoever signs in begins on a page that they may see, whatever their role is."""

import pytest
from django.conf import settings
from django.test import Client

from shige.territory.models import Area
from shige.trust.jurisdiction import profile
from shige.trust.middleware import SAMPLE_SESSION
from shige.trust.models import Appointment, Person, Post
from tests.places import SINCE, make_area, make_town

pytestmark = pytest.mark.django_db

ROLES = [(role.code, level) for role in profile().roles for level in role.levels]


def signed_in(person: Person) -> Client:
    """Return a browser in which somebody has signed in."""
    browser = Client()
    browser.force_login(person)
    session = browser.session
    session[SAMPLE_SESSION] = True
    session.save()
    return browser


def area_of(level: str) -> Area:
    """Return an area of a level of the small town."""
    town = make_town()
    if level == "city":
        return make_area("990100000000", "city", "示例市", None)
    if level == "exclusive":
        return make_area("990101001001300001", "exclusive", "示例园", town.areas["community one"])
    return next(area for area in town.areas.values() if area.level == level)


@pytest.mark.parametrize(("role", "level"), ROLES)
@pytest.mark.parametrize("asked", [settings.LOGIN_REDIRECT_URL, "/office/"])
def test_every_role_lands_on_a_page_that_it_may_see(role: str, level: str, asked: str) -> None:
    person = Person.objects.create(username="somebody", service_name="somebody", password="!")
    post = Post.objects.create(role=role, area=area_of(level), name="post")
    Appointment.objects.create(person=person, post=post, valid=SINCE)
    answer = signed_in(person).get(asked, follow=True)
    assert answer.status_code == 200 and "/accounts/" not in answer.request["PATH_INFO"]


def test_an_overseer_begins_with_what_they_oversee_and_a_worker_with_the_day() -> None:
    town = make_town()
    led = {
        who: signed_in(town.people[who]).get("/start/").url for who in ("overseer", "worker", "department")
    }
    assert led == {"overseer": "/oversight/", "worker": "/office/", "department": "/office/"}


def test_whoever_holds_no_post_is_told_so() -> None:
    person = Person.objects.create(username="nobody", service_name="nobody", password="!")
    answer = signed_in(person).get("/start/", follow=True)
    assert answer.status_code == 200 and "没有任职" in answer.content.decode()
