"""The trust room as a Django app."""

from django.apps import AppConfig


class TrustConfig(AppConfig):
    name = "shige.trust"

    def ready(self) -> None:
        """Declare which rows the journal vouches for."""
        from .kept import vouch_for
        from .models import VaultReading

        vouch_for(VaultReading, "salt", "handle", "person_id", "role", "reason", "at")
