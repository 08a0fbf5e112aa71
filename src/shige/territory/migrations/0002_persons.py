import django.contrib.postgres.constraints
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("territory", "0001_initial"),
        ("trust", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="plannote",
            name="person",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="plannote",
            name="plan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="territory.plan"
            ),
        ),
        migrations.AddField(
            model_name="thing",
            name="community",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="territory.area"
            ),
        ),
        migrations.AddField(
            model_name="thing",
            name="district",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="territory.area"
            ),
        ),
        migrations.AddField(
            model_name="thing",
            name="general",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="territory.area"
            ),
        ),
        migrations.AddField(
            model_name="thing",
            name="keeper",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="things", to="trust.post"
            ),
        ),
        migrations.AddField(
            model_name="thing",
            name="leaf",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="territory.area"
            ),
        ),
        migrations.AddField(
            model_name="thing",
            name="street",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="territory.area"
            ),
        ),
        migrations.AddIndex(
            model_name="tileset",
            index=models.Index(fields=["kind", "-id"], name="territory_t_kind_55de97_idx"),
        ),
        migrations.AddIndex(
            model_name="area",
            index=models.Index(fields=["kind", "level", "sort_key"], name="territory_a_kind_72bb5a_idx"),
        ),
        migrations.AddConstraint(
            model_name="area",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("code__regex", "^[0-9]{12}$"), ("kind", "division")),
                    models.Q(("code__regex", "^[0-9]{18}$"), ("kind", "grid")),
                    _connector="OR",
                ),
                name="area_code_fits_its_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="area",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind", "division"),
                    models.Q(("code__regex", "^[0-9]{12}0"), ("level", "community")),
                    models.Q(("code__regex", "^[0-9]{12}1"), ("level", "general")),
                    models.Q(("code__regex", "^[0-9]{12}2"), ("level", "micro")),
                    models.Q(("code__regex", "^[0-9]{12}3"), ("level", "exclusive")),
                    _connector="OR",
                ),
                name="grid_type_digit_fits_its_level",
            ),
        ),
        migrations.AddConstraint(
            model_name="compound",
            constraint=models.UniqueConstraint(
                fields=("community", "name"), name="compound_name_in_community"
            ),
        ),
        migrations.AddIndex(
            model_name="building",
            index=django.contrib.postgres.indexes.GistIndex(fields=["box"], name="building_box"),
        ),
        migrations.AddIndex(
            model_name="building",
            index=models.Index(fields=["community", "address"], name="territory_b_communi_d185b7_idx"),
        ),
        migrations.AddConstraint(
            model_name="door",
            constraint=models.UniqueConstraint(
                fields=("building", "entrance", "floor", "kind", "number"), name="door_number_on_its_floor"
            ),
        ),
        migrations.AddIndex(
            model_name="feature",
            index=django.contrib.postgres.indexes.GistIndex(fields=["box"], name="feature_box"),
        ),
        migrations.AddConstraint(
            model_name="feature",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["barrier", "water", "park", "green", "field", "pitch", "path", "compound"])
                ),
                name="feature_kind",
            ),
        ),
        migrations.AddIndex(
            model_name="outline",
            index=django.contrib.postgres.indexes.GistIndex(fields=["box"], name="outline_box"),
        ),
        migrations.AddIndex(
            model_name="placement",
            index=models.Index(fields=["leaf"], name="territory_p_leaf_id_c2ebfb_idx"),
        ),
        migrations.AddConstraint(
            model_name="placement",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (
                        models.Func(
                            models.F("building"),
                            models.F("building"),
                            models.Value("[]"),
                            function="int8range",
                        ),
                        "&&",
                    ),
                    ("entrances", "&&"),
                    ("floors", "&&"),
                    ("valid", "&&"),
                ],
                name="a_door_lies_in_one_leaf_grid",
            ),
        ),
        migrations.AddIndex(
            model_name="placename",
            index=django.contrib.postgres.indexes.GinIndex(
                fastupdate=False, fields=["keys"], name="place_name_keys"
            ),
        ),
        migrations.AddIndex(
            model_name="placename",
            index=models.Index(fields=["lat", "lon"], name="place_name_spot"),
        ),
        migrations.AddConstraint(
            model_name="placename",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "street")), fields=("text",), name="street_name_once"
            ),
        ),
        migrations.AddIndex(
            model_name="address",
            index=models.Index(fields=["name", "number"], name="address_number"),
        ),
        migrations.AddIndex(
            model_name="address",
            index=models.Index(fields=["name", "block"], name="address_block"),
        ),
        migrations.AddIndex(
            model_name="address",
            index=models.Index(
                condition=models.Q(("block", ""), _negated=True), fields=["block"], name="address_any_block"
            ),
        ),
        migrations.AddIndex(
            model_name="gridversion",
            index=django.contrib.postgres.indexes.GistIndex(fields=["box"], name="grid_box"),
        ),
        migrations.AddIndex(
            model_name="gridversion",
            index=models.Index(fields=["community", "level"], name="territory_g_communi_cf29e7_idx"),
        ),
        migrations.AddConstraint(
            model_name="gridversion",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (
                        models.Func(
                            models.F("area"), models.F("area"), models.Value("[]"), function="int8range"
                        ),
                        "&&",
                    ),
                    ("valid", "&&"),
                ],
                name="one_version_of_a_grid_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="gridversion",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("level", "community")),
                expressions=[
                    (
                        models.Func(
                            models.F("community"),
                            models.F("community"),
                            models.Value("[]"),
                            function="int8range",
                        ),
                        "&&",
                    ),
                    ("valid", "&&"),
                ],
                name="one_community_grid_at_a_time",
            ),
        ),
        migrations.AddIndex(
            model_name="thing",
            index=models.Index(
                condition=models.Q(("retired_on", None)), fields=["lat", "lon"], name="thing_in_use_place"
            ),
        ),
        migrations.AddIndex(
            model_name="thing",
            index=models.Index(
                condition=models.Q(("due_on__isnull", False)), fields=["due_on"], name="thing_due"
            ),
        ),
        migrations.AddConstraint(
            model_name="thing",
            constraint=models.CheckConstraint(
                condition=models.Q(("retired_on", None), ("due_on", None), _connector="OR"),
                name="retired_thing_is_not_due",
            ),
        ),
    ]
