"""The smallest program under the real supervisor: a database, a web process that writes rows, nothing else.

Run as ``python tests/fault/tiny_program.py DATA PORT``.
"""

import os
import sys
import threading
from pathlib import Path

import psycopg

from shige.machine.processes.leash import die_with_parent

die_with_parent()
_local = threading.local()


def application(environ, start_response):
    """POST commits one row and answers its number; GET answers all numbers."""
    if environ["PATH_INFO"] == "/healthz":
        start_response("200 OK", [])
        return [b"ok"]
    if environ["REQUEST_METHOD"] == "POST":
        rows = execute("INSERT INTO row DEFAULT VALUES RETURNING id")
    else:
        rows = execute("SELECT id FROM row ORDER BY id")
    start_response("200 OK", [("Content-Type", "text/plain")])
    return ["\n".join(str(number) for (number,) in rows).encode()]


def execute(statement):
    """One connection for each thread, made again when it is lost."""
    if getattr(_local, "connection", None) is None or _local.connection.closed:
        _local.connection = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
    return _local.connection.execute(statement).fetchall()


def main(data, port):
    """Start everything and stay."""
    from shige.machine.database.cluster import Cluster
    from shige.machine.processes.lock import hold
    from shige.machine.processes.services import check_port, database_service, web_service
    from shige.machine.processes.supervisor import Errand, Supervisor

    here = Path(__file__).resolve()
    cluster = Cluster(data)
    with hold(data), Supervisor(data) as supervisor:
        check_port("127.0.0.1", port)
        supervisor.start(database_service(cluster))
        cluster.make_roles()
        environment = {**os.environ, "PYTHONPATH": f"{here.parent}:{os.environ.get('PYTHONPATH', '')}"}
        table = "CREATE TABLE IF NOT EXISTS row (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY)"
        make = f"import psycopg, sys; psycopg.connect(sys.argv[1], autocommit=True).execute('{table}')"
        supervisor.run(Errand("The table", [sys.executable, "-c", make, cluster.owner_url], environment))
        environment["DATABASE_URL"] = cluster.program_url
        supervisor.start(web_service("tiny_program:application", environment, "127.0.0.1", port))
        supervisor.watch()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
