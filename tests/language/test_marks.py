"""Marks tell whom a text speaks of, and are part of what was learned."""

import numpy as np

from shige.language.marks import marks_mark, marks_of
from shige.language.sentences import passages, views
from shige.profile.loader import load

EQUIVALENTS = load("chengdu").equivalents


def test_who_is_rude_makes_a_difference() -> None:
    rows = marks_of("complaints", ["网格员骂人", "保安骂人", "谢谢网格员"])
    assert len({tuple(row) for row in np.round(rows, 3).tolist()}) == 3


def test_danger_has_no_marks() -> None:
    assert marks_of("danger", ["煤气味", "路灯"]).shape == (2, 0) and marks_mark("danger") == ""
    assert marks_of("complaints", []).shape[0] == 0


def test_a_sentence_that_is_a_story_is_parted_at_its_commas_and_looked_at_whole() -> None:
    story = "本来想问停车证怎么办的，" * 6 + "他刚才又掐我，" + "后来去买菜了，" * 6
    parts = passages(EQUIVALENTS, story)
    assert len(parts) > 1 and max(map(len, parts)) < len(story)
    assert views(EQUIVALENTS, story) == (*parts, " ".join(parts))
    assert views(EQUIVALENTS, "路灯坏了") == ("路灯坏了",)
