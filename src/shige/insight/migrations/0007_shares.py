from django.db import migrations

FORGET = "TRUNCATE insight_toldcell, insight_toldmonth"


class Migration(migrations.Migration):
    """Decide anew what may be told of each month, as shares were told that name few people.

    Who kept what was told before knows these already; everybody else is told less from now on.
    """

    dependencies = [("insight", "0006_confirmed")]

    operations = [migrations.RunSQL(FORGET, migrations.RunSQL.noop)]
