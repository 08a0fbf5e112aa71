"""Who is kept from one sealed matter by name (回避)."""

from django.db import models


class Recusal(models.Model):
    """Somebody is kept from a sealed matter in every post: it is about them or somebody below them (P3)."""

    matter = models.ForeignKey("matters.Matter", on_delete=models.CASCADE, related_name="recusals")
    person = models.ForeignKey("trust.Person", on_delete=models.PROTECT, related_name="recusals")
    meant = models.BooleanField(help_text="complained about; else a line manager of somebody who is")
    by = models.ForeignKey("trust.Person", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "matter"], name="recused_once")]

    def __str__(self) -> str:
        return f"{self.person_id} from {self.matter_id}"
