"""What the journal is told of matters, tasks, joint tasks and an office's rules; figures read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Self

from shige.profile import GUARDED
from shige.trust.facts import ListExported
from shige.trust.journal_facts import Bare, Fact, Vouching

from .categories import category_of
from .models import Matter


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterChanged(Fact):
    """What figures need to know of a matter as it is now; no words, no persons. Moments in ISO 8601.

    Parameters
    ----------
    owner : int
        The post that answers (id).
    stopped_at : str, optional
        Since when its clock stands.
    """

    category: str
    tier: str
    state: str
    rating: int | None
    sealed: int
    guarded: bool
    owner: int | None
    reopened: int
    reported_at: str
    respond_by: str
    resolve_by: str
    responded_at: str | None
    solved_at: str | None
    closed_at: str | None
    stopped_at: str | None

    @classmethod
    def of(cls, matter: Matter, **more: Any) -> Self:
        """Return what is to be said of a matter; ``more`` are the fields that a kind of event adds."""
        return cls(
            category=matter.category,
            tier=matter.tier,
            state=str(matter.state),
            rating=matter.rating,
            sealed=matter.sealed,
            guarded=matter.kind == GUARDED,
            owner=matter.owner_id,
            reopened=matter.reopened,
            reported_at=matter.reported_at.isoformat(),
            respond_by=matter.respond_by.isoformat(),
            resolve_by=matter.resolve_by.isoformat(),
            responded_at=_iso(matter.responded_at),
            solved_at=_iso(matter.solved_at),
            closed_at=_iso(matter.closed_at),
            stopped_at=_iso(matter.stopped_at),
            **more,
        )

    @classmethod
    def renewed(cls, said: dict[str, Any], version: int) -> dict[str, Any]:
        """Fill in what the oldest entries lack: their category tells danger, and waiting stops the clock."""
        if "guarded" not in said and "category" in said:
            said["guarded"] = category_of(said["category"]).kind == GUARDED
        stopped = said.get("reported_at") if said.get("state") == "waiting" else None
        return {"stopped_at": stopped} | said


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterFiled(MatterChanged):
    """A matter came in.

    ``staff_only`` was sealed only because it may be about staff, ``doubted`` only because of words of which
    its writer said that they are no emergency.
    """

    consent: bool = False
    staff_only: bool = False
    doubted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterRecused(MatterChanged):
    """People (ids) were excluded from a matter, or admitted to it again; who asked, where two decided."""

    recused: list[int] | None = None
    readmitted: list[int] | None = None
    asked_by: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecusalAsked(MatterChanged):
    """Somebody asked that a person (id) be excluded; when it is refused, who had asked."""

    person: int
    asked_by: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterRead(Vouching):
    """Somebody was shown the words of matters (ids): on a page, in a list or by the API, and why they may."""

    how: str
    why: str
    matters: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class TelephoneLookedUp(Fact):
    """Matters were looked for by a telephone, and so many found."""

    found: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TelephonesRead(Fact):
    """Telephones in the vault were read again, and so many written anew."""

    changed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskChanged(Vouching):
    """A task as it is now: its matter and post (ids), state, date (ISO 8601) and seal."""

    matter: int
    post: int
    state: str
    due_at: str
    sealed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class JointChanged(Fact):
    """A joint task as it is now: its matter (id), state and seal; when it is called, whom (posts)."""

    matter: int
    state: str
    sealed: int
    posts: list[int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JointPartChanged(Vouching):
    """What one post (id) did of a joint task (id)."""

    joint: int
    post: int
    attendance: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleChanged(Fact):
    """An office's own rule of assignment: its turn, what it is asked for, and the post that answers (id)."""

    order: int
    categories: list[str]
    grids: list[int]
    tiers: list[str]
    hours: str
    post_id: int


FACTS: Final[Mapping[str, type[Fact]]] = {
    "filter.deleted": Bare,
    "filter.saved": Bare,
    "joint.*": JointChanged,
    "joint.attended": JointPartChanged,
    "joint.excused": JointPartChanged,
    "joint.opened": JointPartChanged,
    "joint.result": JointPartChanged,
    "matter.*": MatterChanged,
    "matter.exported": ListExported,
    "matter.filed": MatterFiled,
    "matter.read": MatterRead,
    "matter.readmitted": MatterRecused,
    "matter.recusal_asked": RecusalAsked,
    "matter.recusal_refused": RecusalAsked,
    "matter.recused": MatterRecused,
    "rule.*": RuleChanged,
    "task.*": TaskChanged,
    "vault.looked_up": TelephoneLookedUp,
    "vault.telephones_read": TelephonesRead,
}


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
