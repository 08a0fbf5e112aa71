"""PDFs beside photos, and photos of the office as before or after the work."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("matters", "0007_known")]

    operations = [
        migrations.AddField(
            "taskphoto",
            "kind",
            models.CharField(
                max_length=7, choices=[("picture", "Picture"), ("pdf", "Pdf")], default="picture"
            ),
        ),
        migrations.AddField(
            "photo",
            "kind",
            models.CharField(
                max_length=7, choices=[("picture", "Picture"), ("pdf", "Pdf")], default="picture"
            ),
        ),
        migrations.AddField(
            "photo",
            "stage",
            models.CharField(
                max_length=6, choices=[("before", "Before"), ("after", "After")], blank=True, default=""
            ),
            preserve_default=False,
        ),
        migrations.AddField("photo", "pages", models.PositiveIntegerField(default=1)),
        migrations.AlterField(
            "photo", "width", models.PositiveIntegerField(default=0, help_text="pixels; 0 for a PDF")
        ),
        migrations.AlterField("photo", "height", models.PositiveIntegerField(default=0)),
        migrations.AddConstraint(
            "photo",
            models.CheckConstraint(
                name="only_the_office_shows_before_and_after", condition=Q(stage="") | Q(by_reporter=False)
            ),
        ),
    ]
