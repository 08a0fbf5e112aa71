"""Who serves in the sample: posts with fictional holders, and Party organisations tied to grids (R9, R14)."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from itertools import product
from typing import Any

from shige.sample.plan import Plan

VACANT_IN = 25  # one micro-grid in so many is left without a worker, and one is doubly held
GAP_IN = 12  # one grid in so many is left without a Party organisation of its own


@dataclass(frozen=True, slots=True)
class SampleGrid:
    """A grid as divided: `level` is community, general, micro or exclusive; `parent` a grid's code."""

    code: str
    name: str
    level: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class SamplePost:
    """A post and who holds it; the same holder in two posts is one person (兼任), None a vacancy (空缺)."""

    role: str  # a role's code in the jurisdiction profile
    title: str
    area: str  # division or grid code
    organisation: str
    holder: str | None
    department: str | None = None


@dataclass(frozen=True, slots=True)
class PartyOrganisation:
    """A Party organisation tied to a grid or, at the top, to the street; `parent` is another's `id`."""

    id: str
    name: str
    kind: str  # street | community | branch | group | exclusive
    area: str
    parent: str | None
    overseer: str  # 监督责任人


def staff(plan: Plan, grids: Sequence[SampleGrid], seed: int) -> tuple[SamplePost, ...]:
    """Fill every role for a divided plan; a few micro-grids stay vacant or are held with a neighbour's (R14).

    Every full-time worker holds one post alone (R15). Holders' names are fictional.
    """
    rng = random.Random(seed)  # noqa: S311 (sample data, no secret)
    names, words = _names(rng), _words()
    posts = [*_offices(plan, words, names), *_communities(plan, words, names)]
    for grid in _level(grids, "general"):
        posts.append(SamplePost("fulltime_worker", "专职网格员", grid.code, "玉兰街道综治中心", next(names)))
    for grid in _level(grids, "exclusive"):
        posts.append(SamplePost("managing_body", "管理负责人", grid.code, grid.name, next(names)))
        posts.append(SamplePost("exclusive_worker", "专属网格员", grid.code, grid.name, next(names)))
    return (*posts, *_micro_workers(_level(grids, "micro"), names, rng))


def party(plan: Plan, grids: Sequence[SampleGrid], seed: int) -> tuple[PartyOrganisation, ...]:
    """Grow the tree of Party organisations, parents first, with a few gaps to report (R9).

    街道党工委 -> 社区党委 -> 网格党支部 -> 微网格党小组, and 党支部 in exclusive grids.
    """
    rng = random.Random(seed + 1)  # noqa: S311 (sample data, no secret)
    names = _names(rng)
    street = plan.street
    top = PartyOrganisation("P0", f"{street.name}党工委", "street", street.code, None, next(names))
    tied = {grid.code: top for grid in grids if grid.parent is None}
    organisations = [top]
    titles = {area.community: area.name for area in plan.areas}
    for level, kind, suffix in (
        ("community", "community", "党委"), ("general", "branch", "党支部"),
        ("micro", "group", "党小组"), ("exclusive", "exclusive", "党支部"),
    ):  # fmt: skip
        rank = _level(grids, level)
        gaps = set() if level == "community" else set(rng.sample(rank, len(rank) // GAP_IN))
        for grid in rank:
            above = tied[grid.parent or grid.code]
            if grid in gaps:
                tied[grid.code] = above
                continue
            name = (titles[grid.code[:12]] if level == "community" else grid.name) + suffix
            own = PartyOrganisation(f"P{len(organisations)}", name, kind, grid.code, above.id, next(names))
            tied[grid.code] = own
            organisations.append(own)
    return tuple(organisations)


def _offices(plan: Plan, words: dict[str, Any], names: Iterator[str]) -> Iterator[SamplePost]:
    street = plan.street.code
    district = street[:6]
    for office in words["offices"]:
        area = district if office["role"] == "district_centre" else street
        for _ in range(office["posts"]):
            yield SamplePost(office["role"], office["title"], area, office["organisation"], next(names))
    for department in words["departments"]:
        name, code = department["name"], department["code"]
        yield SamplePost("department", "联络员", district, name, next(names), code)


def _communities(plan: Plan, words: dict[str, Any], names: Iterator[str]) -> Iterator[SamplePost]:
    companies = iter(words["property"]["companies"])
    for area in plan.areas:
        yield SamplePost("community_chief", "总网格长", area.community, area.name, next(names))
        yield SamplePost("community_secretary", "社区党组织书记", area.community, area.name, next(names))
        yield SamplePost("community_staff", "社区工作人员", area.community, area.name, next(names))
        if area.kind == "urban":
            yield SamplePost("property_company", "项目经理", area.community, next(companies), next(names))


def _micro_workers(grids: list[SampleGrid], names: Iterator[str], rng: random.Random) -> Iterator[SamplePost]:
    posts = [SamplePost("micro_worker", "微网格员", g.code, "志愿者", next(names)) for g in grids]
    share = -(-len(grids) // VACANT_IN)
    pairs = [i for i in range(1, len(grids)) if grids[i].parent == grids[i - 1].parent]
    doubled = set(rng.sample(pairs, min(share, len(pairs))))
    single = [i for i in range(len(grids)) if not {i, i + 1} & doubled]
    vacant = set(rng.sample(single, min(share, len(single))))
    for order, post in enumerate(posts):
        if order in doubled:
            posts[order] = replace(post, holder=posts[order - 1].holder)
        elif order in vacant:
            posts[order] = replace(post, holder=None)
    yield from posts


def _names(rng: random.Random) -> Iterator[str]:
    """Yield every surname with every given name once, in the seed's order."""
    words = _words()
    pairs = list(product(words["surnames"], words["given"]))
    rng.shuffle(pairs)
    return (surname + given for surname, given in pairs)


def _words() -> dict[str, Any]:
    return tomllib.loads(files("shige.sample").joinpath("names.toml").read_text("utf-8"))


def _level(grids: Sequence[SampleGrid], level: str) -> list[SampleGrid]:
    return sorted((grid for grid in grids if grid.level == level), key=lambda grid: grid.code)
