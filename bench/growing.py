"""Many matters at once, made inside the database from those of the sample."""

import psycopg
from psycopg import sql

from shige.matters.models import Matter
from shige.project.cluster import Cluster

OTHERWISE = {
    "id": "nextval(pg_get_serial_sequence('matters_matter', 'id'))",
    "number": "to_char(reported_at - earlier, 'YYYYMMDD') || '-b' || n",
    "tracking_digest": "sha256(('bench ' || n)::bytea)",
    "idempotency_key": "NULL",
    "words_handle": "NULL",
    "name_handle": "NULL",
    "phone_handle": "NULL",
    "state": "CASE state WHEN 'to_confirm' THEN 'unconfirmed' ELSE state END",
}
"""Columns that a copy does not share with its model: what is unique, what lies in the vault, and what a job
would close at once because its date has passed."""

MOMENTS = {"reported_at", "respond_by", "resolve_by", "responded_at", "solved_at", "confirm_by", "closed_at"}

COPY = """
WITH model AS (
    SELECT *, row_number() OVER (ORDER BY id) - 1 AS turn, count(*) OVER () AS total
    FROM matters_matter WHERE source = 'sample'
)
INSERT INTO matters_matter ({columns})
SELECT {values}
FROM generate_series(1, %s) AS n
JOIN model ON model.turn = n %% model.total
CROSS JOIN LATERAL (SELECT make_interval(mins => (n::bigint * 7919 %% 525600)::int) AS earlier) AS shift
"""


def grow(cluster: Cluster, count: int) -> None:
    """Add ``count`` matters, spread over the last year, with grids, owners and states of the sample's.

    They have no steps and nothing in the vault or the journal: only the list knows them.
    """
    columns = [field.column for field in Matter._meta.concrete_fields]
    statement = sql.SQL(COPY).format(  # type: ignore[arg-type]
        columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
        values=sql.SQL(", ").join(sql.SQL(expression(column)) for column in columns),  # type: ignore[arg-type]
    )
    with psycopg.connect(cluster.owner_url, autocommit=True) as connection:
        connection.execute(statement, [count])
        connection.execute("VACUUM ANALYZE matters_matter")


def expression(column: str) -> str:
    """Return the SQL of one column of a copy."""
    return OTHERWISE.get(column, f"{column} - earlier" if column in MOMENTS else column)
