"""Posts have one primary at a time, and full-time posts stay full-time (R14, R15)."""

from datetime import datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from shige.territory.lineage import lineage_of
from shige.trust.commands import add_person, appoint, close_post, end_appointment, may_manage, open_post
from shige.trust.gate import SYSTEM
from shige.trust.jurisdiction import profile
from shige.trust.models import Appointment, Post
from shige.trust.queries import people_in_reach, team, viewer_of
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
        SYSTEM, held, lineage_of(town.areas["community one"]), timezone.now() - timedelta(minutes=1)
    )
    assert viewer_of(town.people["chief"]).scopes == ()


def test_a_successor_begins_in_the_minute_in_which_the_predecessor_ends(town: Town) -> None:
    here, post = lineage_of(town.areas["micro one"]), town.posts["worker"]
    end_appointment(town.viewer("chief"), post.appointments.get(), here)
    assert viewer_of(town.people["worker"]).scopes == ()
    appoint(town.viewer("chief"), town.people["worker"], post, here)
    assert [scope.role for scope in viewer_of(town.people["worker"]).scopes] == ["micro_worker"]


def test_beginning_and_end_are_kept_to_the_minute(town: Town) -> None:
    here, post, before = lineage_of(town.areas["micro one"]), town.posts["worker"], timezone.now()
    made = appoint(SYSTEM, town.people["other worker"], post, here, Appointment.Kind.DEPUTY)
    end_appointment(town.viewer("chief"), made, here)
    made.refresh_from_db()
    assert before <= made.valid.lower <= made.valid.upper <= timezone.now()


def test_one_that_began_on_a_day_began_in_its_first_minute(town: Town) -> None:
    here, post, day = lineage_of(town.areas["micro one"]), town.posts["worker"], timezone.localdate()
    yesterday = day - timedelta(days=1)
    made = appoint(SYSTEM, town.people["chief"], post, here, Appointment.Kind.DEPUTY, yesterday)
    made.refresh_from_db()
    assert timezone.localtime(made.valid.lower).replace(tzinfo=None) == datetime.combine(yesterday, time.min)


def test_what_was_made_for_later_is_taken_back_whole(town: Town) -> None:
    here, post = lineage_of(town.areas["micro one"]), town.posts["worker"]
    later = timezone.localdate() + timedelta(days=9)
    made = appoint(SYSTEM, town.people["chief"], post, here, Appointment.Kind.DEPUTY, later)
    end_appointment(town.viewer("chief"), made, here)
    assert not Appointment.objects.filter(pk=made.pk).exists()


EQUALS_AND_ABOVE = [
    ("chief", "chief", "community one"),
    ("street", "street", "street"),
    ("street", "centre", "district"),
    ("centre", "admin", "district"),
    ("chief", "other worker", "micro two"),
    ("worker", "worker", "micro one"),
]


@pytest.mark.parametrize(("who", "post", "area"), EQUALS_AND_ABOVE)
def test_nobody_staffs_posts_of_the_own_level_or_above_or_elsewhere(
    town: Town, who: str, post: str, area: str
) -> None:
    here, viewer = lineage_of(town.areas[area]), town.viewer(who)
    with pytest.raises(PermissionDenied):
        appoint(viewer, town.people["fulltime"], town.posts[post], here, Appointment.Kind.DEPUTY)
    with pytest.raises(PermissionDenied):
        end_appointment(viewer, town.posts[post].appointments.get(), here)
    with pytest.raises(PermissionDenied):
        close_post(viewer, town.posts[post], here)
    with pytest.raises(PermissionDenied):
        open_post(viewer, town.posts[post].role, town.areas[area].pk, "another", here)


def test_nobody_appoints_themself(town: Town) -> None:
    here = lineage_of(town.areas["micro one"])
    with pytest.raises(PermissionDenied):
        appoint(
            town.viewer("chief"),
            town.people["chief"],
            town.posts["worker"],
            here,
            Appointment.Kind.SUBSTITUTE,
        )


@pytest.mark.parametrize("days", [-4000, 400, 90_000])
def test_a_day_far_away_is_refused(town: Town, days: int) -> None:
    here, day = lineage_of(town.areas["micro one"]), timezone.localdate() + timedelta(days=days)
    with pytest.raises(ValidationError, match="year"):
        appoint(
            town.viewer("chief"),
            town.people["fulltime"],
            town.posts["worker"],
            here,
            Appointment.Kind.DEPUTY,
            day,
        )


def test_accounts_of_other_areas_are_not_offered(town: Town) -> None:
    own = add_person(town.viewer("chief"), "fresh", "新人")
    offered = set(people_in_reach(town.viewer("chief")))
    assert own in offered and town.people["fulltime"] in offered
    assert not offered & {town.people["other worker"], town.people["centre"], town.people["street"]}


@pytest.mark.parametrize("name", ["chief", "Chief", "CHIEF"])
def test_a_name_that_differs_in_case_only_is_taken(town: Town, name: str) -> None:
    with pytest.raises(ValidationError, match="taken"):
        add_person(SYSTEM, name, "somebody")


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
        add_person(SYSTEM, "chief", "somebody")


def test_a_worker_may_not_edit_the_team(town: Town) -> None:
    with pytest.raises(PermissionDenied):
        add_person(town.viewer("worker"), "new", "somebody")


@pytest.fixture
def overseen(town: Town) -> Post:
    """Open the post of an overseer of the first micro-grid."""
    area = town.areas["micro one"]
    return open_post(SYSTEM, "party_overseer", area.pk, "overseer of the grid", lineage_of(area))


def test_whoever_is_overseen_makes_no_overseer(town: Town, overseen: Post) -> None:
    here, friend = lineage_of(town.areas["micro one"]), town.people["other worker"]
    with pytest.raises(PermissionDenied):
        appoint(town.viewer("chief"), friend, overseen, here)
    with pytest.raises(PermissionDenied):
        open_post(town.viewer("chief"), "party_overseer", overseen.area_id, "another", here)
    held = appoint(town.viewer("street"), friend, overseen, here)
    with pytest.raises(PermissionDenied):
        end_appointment(town.viewer("chief"), held, here)
    assert not may_manage(town.viewer("chief"), friend) and may_manage(town.viewer("street"), friend)


def test_a_profile_leaves_overseers_to_the_post_of_the_party_organisation(
    town: Town, overseen: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever else appoints to that level appoints no overseer then, nor ends one."""
    rules = profile()
    filled = {"party_overseer": {"appointed_by": ("street_leader",)}}
    roles = tuple(role.model_copy(update=filled.get(role.code, {})) for role in rules.roles)
    own = rules.model_copy(update={"roles": roles})
    monkeypatch.setattr("shige.trust.authority.profile", lambda: own)
    area, friend = town.areas["street"], town.people["other worker"]
    leader = open_post(SYSTEM, "street_leader", area.pk, "Party working committee", lineage_of(area))
    secretary = add_person(SYSTEM, "secretary", "党工委书记")
    appoint(SYSTEM, secretary, leader, lineage_of(area))
    here = lineage_of(town.areas["micro one"])
    with pytest.raises(PermissionDenied):
        appoint(town.viewer("street"), friend, overseen, here)
    held = appoint(viewer_of(secretary), friend, overseen, here)
    with pytest.raises(PermissionDenied):
        end_appointment(town.viewer("street"), held, here)
    assert held.post == overseen


def test_nobody_oversees_the_own_work(town: Town, overseen: Post) -> None:
    here = lineage_of(town.areas["micro one"])
    with pytest.raises(ValidationError, match="oversees"):
        appoint(town.viewer("street"), town.people["worker"], overseen, here)
    appoint(town.viewer("street"), town.people["other worker"], overseen, here)
    with pytest.raises(ValidationError, match="oversees"):
        appoint(
            town.viewer("chief"),
            town.people["other worker"],
            town.posts["worker"],
            here,
            Appointment.Kind.DEPUTY,
        )


@pytest.mark.parametrize(
    ("area", "who", "refused"),
    [
        ("general one", "worker", True),  # a part of what is overseen
        ("grid one", "chief", True),  # a community and its grid are one
        ("micro two", "worker", False),
        ("general one", "chief", False),  # community cadres oversee the general grids below them (R9)
    ],
)
def test_only_what_lies_in_the_overseen_area_counts_as_own_work(
    town: Town, area: str, who: str, refused: bool
) -> None:
    place = town.areas[area]
    post = open_post(SYSTEM, "party_overseer", place.pk, "overseer", lineage_of(place))
    if not refused:
        assert appoint(SYSTEM, town.people[who], post, lineage_of(place)).pk
        return
    with pytest.raises(ValidationError, match="oversees"):
        appoint(SYSTEM, town.people[who], post, lineage_of(place))


@pytest.mark.parametrize("name", ["Wang Wei", "wang wei", " ＷａｎｇＷｅｉ", "Wang\u3000Wei", "WANGWEI"])
def test_nobody_gets_the_service_name_of_somebody_else(town: Town, name: str) -> None:
    add_person(town.viewer("chief"), "first", "Wang Wei")
    with pytest.raises(ValidationError) as refused:
        add_person(town.viewer("chief"), "second", name)
    assert "service_name" in refused.value.message_dict
    assert add_person(town.viewer("chief"), "third", f"{name} (2)").pk
    assert add_person(town.viewer("other chief"), "fourth", name).pk  # in another community, another person
