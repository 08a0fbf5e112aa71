"""Categories, tiers and departments: who answers for what, and how soon (R22, R23)."""

from typing import Any, Final, Literal

from pydantic import Field, model_validator

from shige.profile.limits import WrittenLimit
from shige.profile.text import ProfilePart, Text

GUARDED: Final = "guarded"
"""The life of what may be danger to persons or about staff, until a trained post has looked (P3, P4)."""

Mediation = Literal["first", "possible", "never"]
Excluded = Literal["", "community", "street"]

EXCLUDED: Final[tuple[Excluded, ...]] = ("", "community", "street")
"""Up to which level nobody may know of a matter (P3), in the order of the seals that a matter carries."""

_INHERITED = (
    "tier", "respond", "resolve", "plan", "confidential", "mediation", "excluded_chain", "department", "role",
    "kind", "joinable", "asks_harm",
)  # fmt: skip


class Tier(ProfilePart):
    """A step of the ladder: the level of area and the role of the responsible post, and the step above."""

    code: str
    name: Text
    level: str
    role: str
    role_in_exclusive: str | None = None  # who answers instead where the place lies in an exclusive grid
    above: str | None = None
    elapsed: bool = False  # its limits run by the clock, day and night, not in office hours


class Department(ProfilePart):
    """A functional department (职能部门) that a category can name."""

    code: str
    name: Text


class Category(ProfilePart):
    """One category of matters. A top category passes on to its children whatever they leave unsaid."""

    code: str = Field(pattern=r"^\d{2}(\.\d{1,2})?$")
    name: Text
    tier: str
    respond: WrittenLimit
    resolve: WrittenLimit
    plan: WrittenLimit | None = None  # date of the differentiated plan for claims of groups (差异化调处方案)
    confidential: bool = False
    mediation: Mediation = "possible"
    excluded_chain: Excluded = ""  # P3: hidden from who is complained about and their chain, up to this level
    department: str | None = None
    kind: str = "ordinary"  # whose workflow its matters follow
    role: str | None = None  # the responsible role, where it is not the one of the tier
    mandatory: bool = False  # the law has it go to its department, whoever writes (harm to children)
    asks_harm: bool = False  # 有人受伤或者害怕吗？ is asked before it is sent (P4)
    next_door: bool = (
        False  # between homes: whom it is about does not hold the writer's phone, unlike family (P4)
    )
    joinable: bool = False  # about a place that neighbours share: they may see that it is known, and join it
    keywords: tuple[str, ...] = ()
    children: tuple["Category", ...] = ()

    @property
    def seal(self) -> int:
        """P3: 1 hides its matters from whoever serves below the street, 2 from the street as well."""
        return EXCLUDED.index(self.excluded_chain)

    @property
    def never_mediate(self) -> bool:
        """P4: violence at home, harm to children, danger to life never go to grid mediation."""
        return self.mediation == "never"

    @property
    def endangers(self) -> Literal["", "public", "persons"]:
        """What is in danger by its own rules: ``persons``, ``public`` for a hazard, else empty."""
        if self.kind == GUARDED:
            return "persons"
        return "public" if self.never_mediate and self.tier == "X" else ""

    @property
    def shown_to_neighbours(self) -> bool:
        """Whether its open matters are shown to whoever is about to report the same (P3, P4, P8).

        Never what is confidential or about somebody at work, and never what endangers: each of those is
        heard on its own.
        """
        guarded = self.confidential or bool(self.seal) or self.never_mediate
        return self.joinable and not guarded

    @property
    def impersonal(self) -> bool:
        """Whether it is about a place or a thing, so that an inspection or a device may file it."""
        return not self.confidential and self.kind in ("ordinary", "hazard")

    @property
    def top(self) -> str:
        """Code of the top category that this one belongs to; its own for a top category."""
        return self.code[:2]

    @model_validator(mode="before")
    @classmethod
    def _pass_on(cls, data: Any) -> Any:
        """Fill what a child leaves out, so that every category is whole when it is read."""
        if not isinstance(data, dict) or not isinstance(data.get("children"), list | tuple):
            return data
        passed_on = {key: data[key] for key in _INHERITED if key in data}
        children = [passed_on | child if isinstance(child, dict) else child for child in data["children"]]
        return data | {"children": children}
