"""Django's registration of the `oversight` app."""

from __future__ import annotations

from django.apps import AppConfig


class OversightApp(AppConfig):
    """The `oversight` app."""

    name = "oversight"
    label = "oversight"

    def ready(self) -> None:
        """Tell the apps below what steering asks of a site and what it adds to its page."""
        from oversight import gate_checks

        gate_checks.register_gates()
