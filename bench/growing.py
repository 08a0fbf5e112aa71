"""Many matters at once, made inside the database from those of the sample."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql

from shige.machine.database.cluster import Cluster
from shige.matters.models import Matter

OTHERWISE = {
    "id": "nextval(pg_get_serial_sequence('matters_matter', 'id'))",
    "number": "to_char(now() - earlier, 'YYYYMMDD') || '-b' || n",
    "tracking_digest": "sha256(('bench ' || n)::bytea)",
    "idempotency_key": "NULL",
    "words_handle": "NULL",
    "name_handle": "NULL",
    "phone_handle": "NULL",
    "confidential": "hidden",
    "sealed": "(hidden AND n % 40 = 0)::integer",
    "words": "CASE WHEN hidden THEN '' ELSE words || sight END",
    "gist": "CASE WHEN hidden THEN left(category_word, 8) || sight ELSE '' END",
    "kind": "coalesce((ARRAY['dispute', 'wish', 'hazard'])[n % 50], 'ordinary')",
    "led": "n % 1000 = 7",
    "remind_at": "CASE WHEN living AND n % 5 < 4 THEN soon END",
    "open": "living",
    "running": "living AND n % 5 < 4",
    "state": """CASE
        WHEN living THEN (ARRAY['new', 'in_hand', 'in_hand', 'in_hand', 'waiting',
            'new', 'in_hand', 'in_hand', 'in_hand', 'to_confirm'])[n % 10 + 1]
        WHEN n % 100 = 9 THEN 'merged' WHEN n % 7 = 3 THEN 'unconfirmed' ELSE 'closed' END""",
    "merged_into_id": "CASE WHEN NOT living AND n % 100 = 9 THEN id END",
    "owner_id": "CASE WHEN tasked IS NULL THEN owner_id ELSE tasked END",
    "tier": "CASE WHEN tasked IS NULL THEN tier ELSE 'D' END",
    "next_at": """CASE
        WHEN living AND n % 10 = 9 THEN soon + interval '6 days'
        WHEN living THEN soon ELSE now() - earlier + interval '6 days' END""",
    "resolve_by": "CASE WHEN living THEN soon ELSE now() - earlier + interval '7 days' END",
    "reported_at": "now() - earlier",
    "respond_by": "now() - earlier + interval '1 day'",
    "responded_at": "now() - earlier + interval '5 hours'",
    "closed_at": "CASE WHEN NOT living THEN now() - earlier + interval '6 days' END",
    "solved_at": "CASE WHEN NOT living THEN now() - earlier + interval '4 days' END",
    "stopped_at": "CASE WHEN NOT living THEN now() - earlier + interval '6 days' END",
    "confirm_by": "CASE WHEN living AND n % 10 = 9 THEN soon + interval '6 days' END",
    "lon": "lon + (n % 41 - 20) * 0.00002",
    "lat": "lat + (n % 37 - 18) * 0.00002",
}
"""Columns in which a copy differs from its model: what is unique, what lies in the vault, and what is spread
anew. One in twenty is open, of which one in six is late; one in twenty is confidential; one in twelve lies
with a department; each speaks of one of 4,000 sights, so that some words are rare."""

COPY = """
WITH model AS (
    SELECT *, row_number() OVER (ORDER BY id) - 1 AS turn, count(*) OVER () AS total
    FROM matters_matter WHERE source = 'sample'
), department AS (
    SELECT array_agg(id ORDER BY id) AS posts FROM trust_post WHERE department <> '' AND closed_at IS NULL
)
INSERT INTO matters_matter ({columns})
SELECT {values}
FROM generate_series(1, %s) AS n
JOIN model ON model.turn = n %% model.total
CROSS JOIN department
CROSS JOIN LATERAL (
    SELECT
        hashint4(n) %% 20 = 0 AS living,
        hashint4(n + 1) %% 20 = 0 AS hidden,
        CASE WHEN hashint4(n + 2) %% 12 = 0
            THEN posts[abs(hashint4(n + 3)) %% array_length(posts, 1) + 1] END AS tasked,
        make_interval(mins => (n::bigint * 7919 %% 525600)::int + 8640) AS earlier,
        now() + make_interval(mins => (n::bigint * 104729 %% 43200)::int - 7200) AS soon,
        '，靠近' || chr(19968 + n %% 4000) || chr(20000 + n %% 50) || '广场' AS sight,
        '事项说明' AS category_word
) AS spread
"""

INDEXES = """
SELECT indexdef, indexname FROM pg_indexes JOIN pg_index ON indexrelid = indexname::regclass
WHERE tablename = 'matters_matter' AND NOT indisunique
"""


def grow(cluster: Cluster, count: int) -> None:
    """Add ``count`` matters, spread over the last year, with grids and categories of the sample's.

    Nothing is added where they are there already. They have no steps and nothing in the vault or the journal:
    only lists, search, map and sweeps know them.
    """
    if Matter.objects.filter(number__contains="-b").exists():
        return
    columns = [field.column for field in Matter._meta.concrete_fields if not field.generated]
    statement = sql.SQL(COPY).format(  # type: ignore[arg-type]
        columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
        values=sql.SQL(", ").join(sql.SQL(expression(column)) for column in columns),  # type: ignore[arg-type]
    )
    with psycopg.connect(cluster.owner_url, autocommit=True) as connection, without_indexes(connection):
        connection.execute(statement, [count])
    with psycopg.connect(cluster.owner_url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE matters_matter")


@contextmanager
def without_indexes(connection: psycopg.Connection) -> Iterator[None]:
    """Take the table's indexes away and make them again at the end: that is far quicker than row by row."""
    found = connection.execute(INDEXES).fetchall()
    for _, name in found:
        connection.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
    yield
    connection.execute("SET maintenance_work_mem = '512MB'")
    for definition, _ in found:
        connection.execute(definition)


def expression(column: str) -> str:
    """Return the SQL of one column of a copy; a per cent sign stands doubled beside parameters."""
    return OTHERWISE.get(column, column).replace("%", "%%")
