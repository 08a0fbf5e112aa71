"""The trust room as a Django app."""

from django.apps import AppConfig


class TrustConfig(AppConfig):
    name = "shige.trust"

    def ready(self) -> None:
        """Declare what the journal vouches for, what is erased after a restore, and veiled addresses."""
        from django.urls import register_converter

        from .commands import vault
        from .erasures import erase_again_with
        from .kept import vouch_for
        from .models import VaultReading
        from .veiling import VeiledKey

        register_converter(VeiledKey, "veiled")
        erase_again_with(vault.ERASED, vault.erase_again)
        erase_again_with(vault.REPLACED, vault.erase_replaced)
        vouch_for(VaultReading, "salt", "handle", "person_id", "role", "reason", "at")
