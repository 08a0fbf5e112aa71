"""Whether danger to persons was heard or answered: of what is sealed already it is taken for so (P4)."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def take_for_danger(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Ask for two people wherever nobody can tell any more why it was sealed."""
    apps.get_model("matters", "Matter").objects.filter(kind="guarded").update(endangered=True)


class Migration(migrations.Migration):
    dependencies = [("matters", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="matter",
            name="endangered",
            field=models.BooleanField(
                default=False,
                help_text="danger to persons was heard or answered: two people say that it is none",
            ),
        ),
        migrations.RunPython(take_for_danger, migrations.RunPython.noop, elidable=False),
    ]
