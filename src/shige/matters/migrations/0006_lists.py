"""What lists, search and map lean on: search words kept by the database, indexes by scope and date."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Func, Q

AREAS = ("district", "street", "community", "general", "leaf")
SCOPES = (*AREAS, "owner")
TOLD = (
    *AREAS, "owner", "category", "tier", "kind", "state", "running", "confidential", "sealed", "led",
    "lon", "lat",
)  # fmt: skip
CLEAN = ("number", "place", "words", "gist")
MARKED = ("category", "tier", "kind", "state", "open", "confidential", "led", "owner", *AREAS)

# The words are those of shige.territory.bigrams: pairs of Chinese characters, other words whole. A mark
# begins with #, which no word does: #a12 lies in area 12, #o5 is owned by post 5, #c02 is of a category.
SEARCH = r"""
CREATE FUNCTION matter_search(
    number text, place text, words text, gist text, category text, tier text, kind text, state text,
    open boolean, confidential boolean, led boolean, owner bigint,
    district bigint, street bigint, community bigint, general bigint, leaf bigint
) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    RETURN (
        SELECT array_to_tsvector(array_agg(DISTINCT word)) FROM (
            SELECT CASE WHEN length(run) = 1 OR run ~ '^[a-z0-9]' THEN run ELSE substr(run, pair, 2) END
            FROM (
                SELECT (regexp_matches(
                    lower(normalize(concat_ws(' ', number, place, words, gist), NFKC)),
                    '[㐀-䶿一-鿿豈-﫿]+|[a-z0-9]+', 'g'
                ))[1] AS run
            ) AS runs
            CROSS JOIN LATERAL generate_series(
                1, CASE WHEN run ~ '^[a-z0-9]' THEN 1 ELSE greatest(1, length(run) - 1) END
            ) AS pair
            UNION ALL
            SELECT mark FROM unnest(ARRAY[
                '#c' || category, '#c' || split_part(category, '.', 1), '#t' || tier, '#k' || kind,
                '#s' || state, CASE WHEN open THEN '#open' ELSE '#done' END,
                CASE WHEN confidential THEN '#confidential' END, CASE WHEN led THEN '#led' END,
                '#o' || owner, '#a' || district, '#a' || street, '#a' || community, '#a' || general,
                '#a' || leaf
            ]) AS mark WHERE mark IS NOT NULL
        ) AS found (word)
    );
END $$;
"""


def lying_in() -> models.ForeignKey:
    """Return the column of an area, without an index of its own."""
    return models.ForeignKey(
        "territory.area",
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        db_index=False,
    )


def open_index(name: str, fields: list[str]) -> models.Index:
    """Return an index of the open matters that carries what a list is narrowed by."""
    told = tuple(column for column in TOLD if column not in fields)
    return models.Index(name=name, fields=[*fields, "next_at", "id"], include=told, condition=Q(open=True))


def done_index(name: str, fields: list[str]) -> models.Index:
    """Return an index of the matters that are done."""
    return models.Index(name=name, fields=[*fields, "next_at", "id"], condition=Q(open=False))


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0005_tasks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedFilter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=30)),
                ("query", models.CharField(max_length=500)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_filters",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"ordering": ["name"]},
        ),
        migrations.AddConstraint(
            "savedfilter", models.UniqueConstraint(fields=("person", "name"), name="saved_filter_name")
        ),
        *(migrations.RemoveIndex("matter", f"matter_{scope}_next") for scope in SCOPES),
        migrations.RemoveIndex("matter", "matter_next"),
        migrations.RemoveIndex("matter", "matter_open_next"),
        *(migrations.AlterField("matter", area, lying_in()) for area in AREAS),
        migrations.RunSQL(SEARCH, "DROP FUNCTION matter_search"),
        migrations.AddField(
            "matter",
            "search",
            models.GeneratedField(
                expression=Func(*CLEAN, *MARKED, function="matter_search"),
                output_field=django.contrib.postgres.search.SearchVectorField(),
                db_persist=True,
            ),
        ),
        *(migrations.AddIndex("matter", open_index(f"matter_{scope}_open", [scope])) for scope in SCOPES),
        *(migrations.AddIndex("matter", done_index(f"matter_{scope}_done", [scope])) for scope in SCOPES),
        migrations.AddIndex("matter", open_index("matter_open_next", [])),
        migrations.AddIndex("matter", done_index("matter_done_next", [])),
        migrations.AddIndex(
            "matter",
            models.Index(
                name="matter_open_place",
                fields=["lat", "lon"],
                include=(*(column for column in TOLD if column not in ("lat", "lon")), "next_at", "id"),
                condition=Q(open=True),
            ),
        ),
        migrations.AddIndex(
            "matter",
            django.contrib.postgres.indexes.GinIndex(fields=["search"], name="matter_search"),
        ),
        migrations.AddIndex(
            "matter",
            models.Index(
                name="matter_phone", fields=["phone_handle"], condition=Q(phone_handle__isnull=False)
            ),
        ),
    ]
