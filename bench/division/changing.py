"""What changes in a year: buildings demolished and built, and how many households a division moves."""

from __future__ import annotations

import numpy as np

from .districts import District, Ints


def changed(place: District) -> tuple[District, Ints]:
    """Demolish every hundredth atom, build as many beside others; returns also where each atom was."""
    dice = np.random.default_rng(5)
    count = len(place.households)
    gone = dice.random(count) < 0.01
    beside = np.flatnonzero(dice.random(count) < 0.01)
    kept = np.concatenate([np.flatnonzero(~gone), np.full(len(beside), -1)])
    model = np.concatenate([np.flatnonzero(~gone), beside])
    points = place.points[model] + np.where(kept < 0, 9.0, 0.0)[:, None]
    households = np.where(kept < 0, np.roll(place.households[model], 7), place.households[model])
    numbers = (place.compound[model], place.community[model], place.kind[model])
    return District(points, households, *numbers, place.rivers, place.roads), kept


def moved(households: Ints, before: Ints, after: Ints) -> float:
    """Share of households whose grid in force lives on elsewhere, or not at all."""
    known = before >= 0
    pairs, place = np.unique(np.column_stack([before, after])[known], axis=0, return_inverse=True)
    held = np.bincount(place.ravel(), weights=households[known])
    totals = np.bincount(before[known], weights=households[known])
    kept, taken = 0.0, set()
    for k in np.argsort(-held, kind="stable"):
        old, new = pairs[k]
        if 2 * held[k] > totals[old] and new not in taken:
            taken.add(new)
            kept += held[k]
    return 1.0 - kept / float(households[known].sum())
