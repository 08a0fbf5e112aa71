"""Says in words what the check of the journal proves, and what it does not."""

from collections.abc import Iterator

from shige.trust.checkpoints import Kind
from shige.trust.verification import Verdict


def in_words(verdict: Verdict) -> Iterator[str]:
    """Yield one line for each thing; a fault is told by whoever calls."""
    if verdict.fault is None:
        yield from _proved(verdict)
    for line in verdict.lines(Kind.BREAK):
        lost = line.more["lost"].get("position", 0)
        how = "" if line.more.get("continues", True) else ", not an earlier state of the journal before"
        yield (
            f"Signed break of {line.at:%Y-%m-%d %H:%M:%S} UTC: {line.more['reason']}; "
            f"the journal went to entry {lost}, then to entry {line.position}{how}."
        )
    for line in verdict.lines(Kind.FAULT):
        yield f"The program found at {line.at:%Y-%m-%d %H:%M:%S} UTC: {line.more['found']}."
    for unread in verdict.unread:
        yield f"This version of the program does not know what the journal says: {unread}."
    if verdict.log.torn:
        yield f"{verdict.log.torn} lines of the checkpoints were broken off and passed over."


def _proved(verdict: Verdict) -> Iterator[str]:
    yield f"{verdict.entries} entries, unbroken; {verdict.readings} readings as the journal tells of them."
    last = verdict.proved
    if last is None:
        yield "There is no checkpoint: entries cut off at the end would not be found."
        return
    yield (
        f"Proved up to entry {last.position} by the checkpoint of {last.at:%Y-%m-%d %H:%M:%S} UTC "
        f"({len(verdict.log.lines)} lines, all signed)."
    )
    later = verdict.entries - last.position
    if later or verdict.waiting:
        yield (
            f"{later} later entries and {verdict.waiting} without a position bear the program's stamp; "
            "one taken away would not be found yet."
        )
    if verdict.unstamped:
        yield f"{verdict.unstamped} entries are older than their stamps or of a key that is not here."
