"""Danger to persons is guarded, also what is older than that life; its place is in no search word (P4)."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F

STATES = ("new", "in_hand", "waiting", "to_confirm", "closed", "unconfirmed", "unattested")

# As before, without the words of the place and the marks of what is smaller than a street.
FUNCTION = r"""
CREATE OR REPLACE FUNCTION matter_search(
    number text, place text, words text, gist text, category text, tier text, kind text, state text,
    open boolean, confidential boolean, led boolean, owner bigint,
    district bigint, street bigint, community bigint, general bigint, leaf bigint
) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    shown text := CASE WHEN kind IN ('guarded', 'complaint') THEN '' ELSE place END;
    inside boolean := kind <> 'guarded';
BEGIN
    RETURN (
        SELECT array_to_tsvector(array_agg(DISTINCT word)) FROM (
            SELECT CASE WHEN run ~ '^[a-z0-9]' THEN left(run, 60) ELSE substr(run, pair, 2) END
            FROM (
                SELECT (regexp_matches(
                    lower(normalize(concat_ws(' ', number, shown, words, gist), NFKC)),
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
                '#o' || owner, '#a' || district, '#a' || street, CASE WHEN inside THEN '#a' || community END,
                CASE WHEN inside THEN '#a' || general END, CASE WHEN inside THEN '#a' || leaf END
            ]) AS mark WHERE mark IS NOT NULL
        ) AS found (word)
    );
END $$;
""".replace("PAIRED", "㐀-䶿一-鿿豈-﫿〇々\U00020000-\U000323af\ua000-\ua48c\u0f40-\u0fbc")


def guard(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Guard what was filed under danger to persons before that life was known, and write its words anew."""
    from shige.profile import GUARDED
    from shige.trust.jurisdiction import profile

    matters = apps.get_model("matters", "Matter").objects
    codes = [leaf.code for leaf in profile().leaf_categories if leaf.kind == GUARDED]
    older = matters.filter(category__in=codes, confidential=True).exclude(kind__in=(GUARDED, "complaint"))
    older.filter(sealed=0).update(sealed=1)
    older.filter(state__in=STATES).update(kind=GUARDED)
    matters.filter(kind__in=(GUARDED, "complaint")).update(kind=F("kind"))


class Migration(migrations.Migration):
    dependencies = [("matters", "0021_search_words"), ("trust", "0005_recusals")]

    operations = [
        migrations.RunSQL(FUNCTION, migrations.RunSQL.noop),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
