"""A living grid is renamed by whoever decides plans there, from a day, for a reason (R5)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from shige.territory.grids.commands import rename_living
from shige.territory.grids.queries.detail import grid_detail
from shige.territory.models import Area, GridVersion, Placement, Plan
from shige.territory.plans.commands import force
from shige.territory.plans.commands.decision import decide_plan
from shige.territory.plans.commands.force import bring_into_force
from shige.territory.plans.commands.proposal import propose_plan
from shige.territory.plans.queries.history import history
from shige.trust.gate import SYSTEM
from shige.trust.models import JournalEntry, OutboxMessage, Post
from shige.trust.queries import today, viewer_of

from ..conftest import TOMORROW, SignIn, first_of, person_with

NEW = "望江楼微网格"


def renamed(grid: Area, since: date | None = None, name: str = NEW) -> GridVersion:
    return rename_living(SYSTEM, grid.code, name, since or today(), "居民一直这样叫")


@pytest.mark.parametrize("level", ["micro", "general", "exclusive"])
def test_from_today_posts_and_lists_bear_the_new_name_and_nothing_else_changes(
    divided: Plan, level: str
) -> None:
    grid = first_of(level)
    old, before = grid.name, grid.versions.get()
    post = Post.objects.create(role="micro_worker", area=grid, name=f"{old}微网格员")
    placed = Placement.objects.filter(leaf=grid).count()
    after = renamed(grid)
    grid.refresh_from_db(), post.refresh_from_db(), before.refresh_from_db()
    assert grid.name == NEW and post.name == f"{NEW}微网格员"
    assert (before.called, before.valid.upper) == (old, today())
    plain = ("plan_id", "parent_id", "households", "shops", "hours", "level", "broken", "community_id")
    assert [getattr(before, name) for name in plain] == [getattr(after, name) for name in plain]
    assert bytes(before.shape) == bytes(after.shape) and Placement.objects.filter(leaf=grid).count() == placed
    entry = JournalEntry.objects.get(verb="grid.renamed")
    assert entry.facts["code"] == grid.code and "叫" not in str(entry.facts)


def test_a_name_for_later_changes_nothing_now(divided: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    grid = first_of("micro")
    old, day = grid.name, today() + TOMORROW
    renamed(grid, day)
    grid.refresh_from_db()
    detail = grid_detail(SYSTEM, grid.code)
    assert grid.name == old == detail.row.name
    assert (detail.called[0].called, detail.called[0].valid.lower) == (NEW, day)
    monkeypatch.setattr(force, "today", lambda: day)
    assert bring_into_force() == 1
    grid.refresh_from_db()
    assert grid.name == NEW and grid_detail(SYSTEM, grid.code, today()).row.name == old


def test_whoever_holds_a_post_of_it_is_told(divided: Plan, sign_in: SignIn) -> None:
    grid = first_of("micro")
    worker, other = person_with("micro_worker", grid), person_with("community_chief", divided.scope)
    renamed(grid)
    (told,) = OutboxMessage.objects.filter(kind="grid.renamed")
    assert told.receiver_id == worker.pk != other.pk and told.subject_id == grid.code


def test_a_draft_does_not_call_it_as_before_again(divided: Plan) -> None:
    grid = first_of("micro")
    draft = propose_plan(SYSTEM, divided.scope)
    renamed(grid)
    draft.refresh_from_db()
    assert next(one["name"] for one in draft.outcome["grids"] if one["code"] == grid.code) == NEW
    assert any(NEW in str(told) for told in history(draft))
    decide_plan(SYSTEM, draft, today() + TOMORROW)
    assert {version.called for version in grid.versions.filter(valid__upper_inf=True)} == {NEW}
    assert grid.versions.count() == 2


def test_a_name_that_a_draft_was_given_stays_the_draft_s(divided: Plan) -> None:
    grid = first_of("micro")
    draft = propose_plan(SYSTEM, divided.scope)
    for one in draft.outcome["grids"]:
        if one["code"] == grid.code:
            one["name"] = "合江亭微网格"
    draft.save()
    renamed(grid)
    draft.refresh_from_db()
    assert next(one["name"] for one in draft.outcome["grids"] if one["code"] == grid.code) == "合江亭微网格"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": "1号"}, "name"),
        ({"name": "字" * 81}, "name"),
        ({"since": -1}, "since"),
        ({"since": -30}, "since"),
        ({"reason": "  "}, "reason"),
        ({"reason": "因" * 201}, "reason"),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field(
    divided: Plan, given: dict[str, str | int], field: str
) -> None:
    grid = first_of("micro")
    since = today() + timedelta(days=int(given.get("since", 0)))
    with pytest.raises(ValidationError) as refused:
        rename_living(SYSTEM, grid.code, str(given.get("name", NEW)), since, str(given.get("reason", "旧名")))
    assert list(refused.value.message_dict) == [field] and grid.versions.count() == 1


def test_a_name_that_is_borne_already_is_refused(divided: Plan) -> None:
    grid = first_of("micro")
    other = Area.objects.filter(kind="grid", level="micro").exclude(pk=grid.pk).first()
    for name in (grid.name, other.name if other else ""):
        with pytest.raises(ValidationError) as refused:
            renamed(grid, name=name)
        assert list(refused.value.message_dict) == ["name"]


def test_a_community_grid_bears_the_name_of_its_community(divided: Plan) -> None:
    with pytest.raises(ValidationError):
        renamed(first_of("community"))


def test_twice_on_one_day_is_refused(divided: Plan) -> None:
    renamed(first_of("micro"))
    with pytest.raises(ValidationError):
        renamed(first_of("micro"), name="合江亭微网格")


@pytest.mark.parametrize("role", ["community_chief", "community_worker", "department"])
def test_only_whoever_decides_plans_there_renames(divided: Plan, role: str) -> None:
    viewer = viewer_of(person_with(role, divided.scope))
    with pytest.raises(PermissionDenied):
        rename_living(viewer, first_of("micro").code, NEW, today(), "旧名")
    elsewhere = Area.objects.create(
        kind="division", level="street", code="990101009000", name="x", sort_key="x"
    )
    elsewhere.street = elsewhere
    elsewhere.save()
    other = viewer_of(person_with("street_officer", elsewhere))
    with pytest.raises(PermissionDenied):
        rename_living(other, first_of("micro").code, NEW, today(), "旧名")


def test_the_grid_s_own_page_renames_it(divided: Plan, sign_in: SignIn) -> None:
    client, grid = sign_in("street_officer", divided.scope), first_of("micro")
    path = f"/map/grids/{grid.code}/"
    assert "改名" in client.get(path).content.decode()
    sent = {"name": NEW, "since": today().isoformat(), "reason": "居民一直这样叫"}
    refused = client.post(f"{path}name/", sent | {"reason": ""})
    assert refused.status_code == 422 and NEW in refused.content.decode()
    page = client.post(f"{path}name/", sent, follow=True).content.decode()
    assert "自所选日期起使用新名称" in page and f"{grid.name}（" in page and "居民一直这样叫" in page
    assert f"<h2>{NEW}</h2>" in page


def test_whoever_may_not_is_shown_no_form(divided: Plan, sign_in: SignIn) -> None:
    client, grid = sign_in("community_chief", divided.scope), first_of("micro")
    assert "改名" not in client.get(f"/map/grids/{grid.code}/").content.decode()
    assert client.post(f"/map/grids/{grid.code}/name/", {}).status_code == 403
