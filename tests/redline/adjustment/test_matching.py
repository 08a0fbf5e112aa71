"""The fewest changes: each gap is closed once, nothing is used twice, and no other way is shorter."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from shige.redline.adjustment.matching import Step, steps


@st.composite
def towns(draw: st.DrawFn) -> tuple[int, list[bool], dict[tuple[int, int], float], dict[int, int]]:
    gaps = draw(st.integers(0, 4))
    stranded = draw(st.lists(st.booleans(), max_size=4))
    pairs = [(loose, gap) for loose in range(len(stranded)) for gap in range(gaps)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    near = {pair: float(draw(st.integers(0, 9))) for pair in chosen}
    targets = {loose: 100 + loose for loose in range(len(stranded)) if draw(st.booleans())}
    return gaps, stranded, near, targets


def best(gaps: int, stranded: list[bool], near: dict[tuple[int, int], float]) -> int:
    """Return how many stranded organisations can close a gap at most, trying every way."""
    most = 0
    for chosen in product([None, *range(gaps)], repeat=len(stranded)):
        taken = [(loose, gap) for loose, gap in enumerate(chosen) if gap is not None]
        if len({gap for _loose, gap in taken}) == len(taken) and all(pair in near for pair in taken):
            most = max(most, sum(stranded[loose] for loose, _gap in taken))
    return most


@given(towns())
def test_every_gap_is_closed_once_with_the_fewest_changes(
    town: tuple[int, list[bool], dict[tuple[int, int], float], dict[int, int]],
) -> None:
    gaps, stranded, near, targets = town
    made = steps(gaps, stranded, near, targets)
    assert sorted(step.gap for step in made if step.gap is not None) == list(range(gaps))
    used = [step.loose for step in made if step.loose is not None]
    assert len(set(used)) == len(used)
    ties = [step for step in made if step.act == "retie"]
    assert all((step.loose, step.gap) in near for step in ties)
    assert sum(stranded[step.loose or 0] for step in ties) == best(gaps, stranded, near)
    merged = {step.loose: step.into for step in made if step.act == "merge"}
    tied = {step.loose for step in ties}
    assert merged == {loose: into for loose, into in targets.items() if stranded[loose] and loose not in tied}


def test_the_nearest_is_taken_where_several_could() -> None:
    near = {(0, 0): 1.0, (0, 1): 5.0, (1, 0): 2.0, (1, 1): 5.0}
    ties = {(step.loose, step.gap) for step in steps(2, [True, True], near, {})}
    assert ties == {(0, 1), (1, 0)}


def test_without_anybody_near_each_gap_gets_one_of_its_own() -> None:
    assert steps(2, [False], {}, {0: 7}) == [Step("found", 0), Step("found", 1)]
