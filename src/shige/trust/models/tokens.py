"""Secrets that open a door: bearer tokens, links to an own password, sign-in links of the sample."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class ApiToken(models.Model):
    """A named bearer token. Acts as its person, but only for the listed actions; kept as a hash."""

    person = models.ForeignKey("trust.Person", on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=80)
    digest = models.BinaryField(unique=True)
    actions = ArrayField(models.CharField(max_length=60))
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class PasswordLink(models.Model):
    """A link by which one person sets the own password, once, before it expires; kept as a hash.

    ``replaced_at`` is when a newer one was made, which ended it.
    """

    person = models.ForeignKey("trust.Person", on_delete=models.CASCADE, related_name="+")
    digest = models.BinaryField(unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    replaced_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"password link for {self.person_id}"


class SignInLink(models.Model):
    """A link that signs a person of the sample in, once."""

    person = models.ForeignKey("trust.Person", on_delete=models.CASCADE, related_name="+")
    digest = models.BinaryField(unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"sign-in link for {self.person_id}"
