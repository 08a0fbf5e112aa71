"""Posts have one primary at a time, and full-time posts stay full-time (R14, R15)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from shige.territory.lineage import lineage_of
from shige.trust.commands import add_person, appoint, end_appointment, open_post
from shige.trust.gate import SYSTEM
from shige.trust.models import Appointment
from shige.trust.queries import team, viewer_of
from tests.places import Town


def test_a_second_primary_is_refused(town: Town) -> None:
    with pytest.raises(ValidationError, match="held"):
        appoint(
            SYSTEM, town.people["other worker"], town.posts["worker"], lineage_of(town.areas["micro one"])
        )


def test_a_deputy_stands_beside_the_primary(town: Town) -> None:
    here = lineage_of(town.areas["micro one"])
    appoint(SYSTEM, town.people["other worker"], town.posts["worker"], here, Appointment.Kind.DEPUTY)
    assert town.posts["worker"].appointments.count() == 2


def test_an_urban_full_time_post_is_not_doubled_with_a_cadre(town: Town) -> None:
    with pytest.raises(ValidationError, match="full-time"):
        appoint(
            SYSTEM,
            town.people["chief"],
            town.posts["fulltime"],
            lineage_of(town.areas["general one"]),
            Appointment.Kind.DEPUTY,
        )


def test_in_the_countryside_a_cadre_may_serve(town: Town) -> None:
    grid = town.areas["general one"]
    grid.rural = True
    grid.save()
    held = appoint(
        SYSTEM, town.people["chief"], town.posts["fulltime"], lineage_of(grid), Appointment.Kind.DEPUTY
    )
    assert held.pk


def test_whoever_left_a_post_may_do_nothing_by_it(town: Town) -> None:
    held = town.posts["chief"].appointments.get()
    end_appointment(
        SYSTEM, held, lineage_of(town.areas["community one"]), timezone.localdate() - timedelta(days=1)
    )
    assert viewer_of(town.people["chief"]).scopes == ()


def test_a_vacant_post_and_a_doubled_holder_are_shown(town: Town) -> None:
    here = lineage_of(town.areas["micro one"])
    open_post(SYSTEM, "micro_worker", town.areas["micro one"].pk, "vacant one", here)
    places = {place.post.name: place for place in team(town.viewer("chief"))}
    assert places["vacant one"].vacant and not places["worker post"].vacant


def test_a_community_sees_its_own_team_only(town: Town) -> None:
    names = {place.post.name for place in team(town.viewer("chief"))}
    assert names == {"chief post", "fulltime post", "worker post"}


def test_a_taken_user_name_is_refused(town: Town) -> None:
    with pytest.raises(ValidationError, match="taken"):
        add_person(SYSTEM, "chief", "somebody", None)


def test_a_weak_password_is_refused(db: None) -> None:
    with pytest.raises(ValidationError):
        add_person(SYSTEM, "new", "somebody", "password")


def test_a_worker_may_not_edit_the_team(town: Town) -> None:
    with pytest.raises(PermissionDenied):
        add_person(town.viewer("worker"), "new", "somebody", None)
