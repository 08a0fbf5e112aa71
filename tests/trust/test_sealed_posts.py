"""Nobody makes an account and gives it a post that reads sealed matters (P3, P4)."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shige.territory.lineage import lineage_of
from shige.trust.commands import add_person, appoint, end_appointment, open_post
from shige.trust.gate import SYSTEM
from shige.trust.models import Appointment, Person, Post
from shige.trust.queries import messages_for, viewer_of
from shige.trust.sealed_posts import reads_sealed, told_of
from tests.places import Town

from .test_accounts import signed_in

DEPUTY = Appointment.Kind.DEPUTY
OTHERS = {"username": "puppet", "service_name": "新人"}


def puppet(town: Town, maker: str = "centre") -> Person:
    return add_person(town.viewer(maker), "puppet", "新人")


def give(town: Town, who: str, person: Person, post: str) -> Appointment:
    found = town.posts[post]
    return appoint(town.viewer(who), person, found, lineage_of(found.area), DEPUTY)


def kinds(town: Town, who: str) -> list[str]:
    return [one.kind for one in messages_for(town.viewer(who))]


def test_which_posts_read_sealed_matters(town: Town) -> None:
    reading = {who for who, post in town.posts.items() if reads_sealed(post)}
    assert reading == {"admin", "centre", "street"}
    district, street = town.areas["district"], town.areas["street"]
    independent = open_post(
        SYSTEM, "department", district.pk, "纪检监察", lineage_of(district), department="discipline"
    )
    trained = open_post(SYSTEM, "service_centre", street.pk, "综治中心", lineage_of(street))
    assert reads_sealed(independent) and reads_sealed(trained)


def test_the_maker_of_an_account_does_not_let_it_read_sealed_matters(town: Town) -> None:
    """The attack: one administrator makes an account and makes it deputy of the dispatcher."""
    browser: Client = signed_in(town.people["centre"])
    browser.post(reverse("trust:add_person"), OTHERS)
    made = Person.objects.get(username="puppet")
    sent = {"person": "puppet", "kind": "deputy", "since": timezone.localdate().isoformat()}
    page = reverse("trust:post", args=[town.posts["street"].pk])
    answer = browser.post(page, sent, headers={"accept-language": "zh-hans"})
    assert answer.status_code == 200 and "可查看封存事项" in answer.content.decode()
    assert not made.appointments.exists()


def test_somebody_else_does_and_those_beside_and_above_hear_of_it(town: Town) -> None:
    made = puppet(town)
    give(town, "admin", made, "street")
    assert viewer_of(made).scopes
    assert kinds(town, "street") == ["appointment.sealed"] == kinds(town, "centre")
    assert not kinds(town, "admin") and not messages_for(viewer_of(made))
    shown = signed_in(town.people["street"]).get("/messages/", headers={"accept-language": "zh-hans"})
    assert "street post" in shown.content.decode() and "可查看封存事项的岗位" in shown.content.decode()


def test_nor_does_whoever_appointed_it_before_or_made_its_maker(town: Town) -> None:
    made = puppet(town, "street")
    held = give(town, "centre", made, "chief")
    with pytest.raises(ValidationError):
        give(town, "centre", made, "street")
    end_appointment(town.viewer("centre"), held, lineage_of(town.areas["community one"]))
    give(town, "centre", made, "street")
    own = add_person(viewer_of(made), "second", "又一人")
    with pytest.raises(ValidationError):  # made by whom the centre appointed
        give(town, "centre", own, "street")


def test_a_post_that_reads_nothing_sealed_is_given_by_the_maker(town: Town) -> None:
    give(town, "street", puppet(town, "street"), "chief")
    assert not kinds(town, "chief") and not kinds(town, "centre")


def test_where_the_office_above_is_who_appoints_the_next_one_hears_of_it(town: Town) -> None:
    post = Post.objects.select_related("area").get(pk=town.posts["chief"].pk)
    street, centre, admin = (town.people[who].pk for who in ("street", "centre", "admin"))
    chief = town.people["chief"].pk
    assert told_of(post, set()) == {chief, street}
    assert told_of(post, {street}) == {chief, centre, admin}
