"""Search finds single characters anywhere, every Han script, Yi and Tibetan, and parts of mixed text."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models
from django.db.models import Func

AREAS = ("district", "street", "community", "general", "leaf")
CLEAN = ("number", "place", "words", "gist")
MARKED = ("category", "tier", "kind", "state", "open", "confidential", "led", "owner", *AREAS)

# The words are those of shige.language.bigrams, and the last character of each run besides, so that every
# character begins a word. Marks as before.
FUNCTION = r"""
CREATE OR REPLACE FUNCTION matter_search(
    number text, place text, words text, gist text, category text, tier text, kind text, state text,
    open boolean, confidential boolean, led boolean, owner bigint,
    district bigint, street bigint, community bigint, general bigint, leaf bigint
) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    RETURN (
        SELECT array_to_tsvector(array_agg(DISTINCT word)) FROM (
            SELECT CASE WHEN run ~ '^[a-z0-9]' THEN left(run, 60) ELSE substr(run, pair, 2) END
            FROM (
                SELECT (regexp_matches(
                    lower(normalize(concat_ws(' ', number, place, words, gist), NFKC)),
                    '[PAIRED]+|[a-z]+|[0-9]+', 'g'
                ))[1] AS run
            ) AS runs
            CROSS JOIN LATERAL generate_series(
                1, CASE WHEN run ~ '^[a-z0-9]' THEN 1 ELSE length(run) END
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
""".replace("PAIRED", "㐀-䶿一-鿿豈-﫿〇々\U00020000-\U000323af\ua000-\ua48c\u0f40-\u0fbc")


class Migration(migrations.Migration):
    dependencies = [("matters", "0020_claim_codes")]

    operations = [
        migrations.RemoveIndex("matter", "matter_search"),
        migrations.RemoveField("matter", "search"),
        migrations.RunSQL(FUNCTION, migrations.RunSQL.noop),
        migrations.AddField(
            "matter",
            "search",
            models.GeneratedField(
                db_persist=True,
                expression=Func(*CLEAN, *MARKED, function="matter_search"),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddIndex(
            "matter",
            django.contrib.postgres.indexes.GinIndex(
                fields=["search"], gin_pending_list_limit=256, name="matter_search"
            ),
        ),
    ]
