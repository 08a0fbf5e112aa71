"""`shige upgrade-database`: takes the database over from an older PostgreSQL that is still carried."""

from pathlib import Path

from ..processes.lock import hold
from ..refusal import Refusal
from .binaries import MAJOR
from .cluster import Cluster
from .dump import dump, load
from .initdb import major_of
from .roles import OWNER, SUPERUSER

_NEXT = "cluster.next"


def upgrade(data: Path) -> Path | None:
    """Copy the database into a cluster of the current version and put that in the old one's place.

    The old files stay beside it until somebody removes them. Cut short anywhere, the command can be
    given again.

    Returns
    -------
    Path or None
        Where the old files are; None when there was nothing to upgrade.

    Raises
    ------
    Refusal
        Another process holds the folder, there is no cluster, or its version is not carried any more.
    """
    current = Cluster(data)
    with hold(data):
        if not current.files.exists():
            return _finish(current)
        major = major_of(current.files)
        if major == MAJOR:
            return None
        aside = current.home / f"cluster-{major}"
        _copy(Cluster(data, major=major), Cluster(data, folder=_NEXT))
        current.files.rename(aside)
        _finish(current)
        return aside


def _copy(old: Cluster, new: Cluster) -> None:
    source = new.home / "upgrade.dump"
    try:
        with old.serving():
            dump(old.url(SUPERUSER), source)
        with new.serving():
            load(new.url(SUPERUSER), OWNER, source)
    finally:
        source.unlink(missing_ok=True)


def _finish(current: Cluster) -> Path:
    following = current.home / _NEXT
    if not following.exists():
        raise Refusal(f"{current.home} holds no database to upgrade.")
    following.rename(current.files)
    return next(current.home.glob("cluster-*"))
