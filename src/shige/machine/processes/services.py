"""What the program consists of when it runs: database, web, jobs, and what is done once before them."""

import os
import socket
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path

from ..database.cluster import STOP, Cluster
from ..database.initdb import server_environment
from ..refusal import Refusal
from .supervisor import Errand, Service

HEADER_MILLISECONDS = 10_000
"""Within which the head of a request has to come."""

CONNECTIONS = 1024
"""Requests that one web process has open at once: waiting for a body costs little there."""


def database_service(cluster: Cluster) -> Service:
    """Run the embedded database in the foreground, after clearing what a dead one left."""
    cluster.prepare()
    return Service(
        name="database",
        argv=cluster.command(),
        env=server_environment(),
        is_ready=cluster.is_ready,
        before=cluster.prepare,
        stop=STOP,
        patience=60.0,
        account=cluster.account,
    )


def web_service(application: str, environment: Mapping[str, str], host: str, port: int) -> Service:
    """Serve a WSGI application under granian, behind the door that waits for slow senders.

    Parameters
    ----------
    application : str
        Such as ``shige.project.wsgi:application``.
    environment : mapping
        Its whole environment.
    host, port
        Where it listens; ``/healthz`` there tells that it works.
    """
    workers = min(os.cpu_count() or 1, 4)
    argv = [sys.executable, "-m", "granian", "--interface", "rsgi", "--host", host, "--port", str(port)]
    argv += ["--workers", str(workers), "--http", "1", "--no-ws", "--respawn-failed-workers"]
    argv += ["--http1-header-read-timeout", str(HEADER_MILLISECONDS), "--backpressure", str(CONNECTIONS)]
    argv += [
        "--respawn-interval",
        "0.2",
        "--workers-kill-timeout",
        "5",
        "--log-level",
        "warning",
        "shige.machine.front.door:door",
    ]
    environment = {**environment, "SHIGE_APPLICATION": application}
    return Service("web", argv, environment, is_ready=lambda: _answers(host, port))


def jobs_service(environment: Mapping[str, str]) -> Service:
    """Work off the jobs in the database's queue."""
    argv = [sys.executable, "-m", "django", "procrastinate", "worker", "--shutdown-graceful-timeout", "5"]
    return Service("jobs", argv, environment, is_ready=lambda: True)


def sequencer_service(environment: Mapping[str, str]) -> Service:
    """Give the journal its order and its checkpoints; ends after those that write into it."""
    argv = [sys.executable, "-m", "shige.project.sequencer"]
    return Service("sequencer", argv, environment, is_ready=lambda: True, last=True)


def preparation(name: str, parts: Sequence[str], environment: Mapping[str, str]) -> Errand:
    """Do parts of `shige.project.preparation`, in one process: each costs the loading of the program."""
    return Errand(name, [sys.executable, "-m", "shige.project.preparation", *parts], environment)


def is_loopback(host: str) -> bool:
    """Say whether only this machine can reach the address."""
    return host in {"127.0.0.1", "::1", "localhost"}


def migration(environment: Mapping[str, str], owner_url: str) -> Errand:
    """Bring the tables up to date as their owner."""
    name = "The migration of the database"
    return preparation(name, ["migration"], {**environment, "DATABASE_URL": owner_url})


def program_environment(data: Path, program_url: str) -> dict[str, str]:
    """Give web and jobs their environment: the ordinary role's address, not the owner's."""
    inherited = {name: value for name, value in os.environ.items() if name != "SHIGE_OWNER_DATABASE_URL"}
    return {
        **inherited,
        "DJANGO_SETTINGS_MODULE": "shige.project.settings",
        "SHIGE_DATA": str(data.absolute()),
        "DATABASE_URL": program_url,
    }


def check_port(host: str, port: int) -> None:
    """Refuse an address that another program listens on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        reason = error.strerror or str(error)
        raise Refusal(
            f"Cannot listen on {host} port {port} ({reason}): choose another with --port."
        ) from None


def _answers(host: str, port: int) -> bool:
    place = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    url = f"http://[{place}]:{port}/healthz" if ":" in place else f"http://{place}:{port}/healthz"
    try:
        with urllib.request.urlopen(url, timeout=5):  # noqa: S310
            return True
    except urllib.error.HTTPError as error:
        return error.code < 500  # a host name that is not allowed here is an answer too
    except OSError:
        return False
