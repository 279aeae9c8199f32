"""Django's registration of the `maintenance` app."""

from __future__ import annotations

from django.apps import AppConfig


class MaintenanceApp(AppConfig):
    """The `maintenance` app."""

    name = "maintenance"
    label = "maintenance"

    def ready(self) -> None:
        """Say which assets organisations see through their agreements, and whose photos."""
        from assets.access import register_condition
        from assets.services.section_lines import register_relocation
        from maintenance.parties import assets_under_agreement
        from maintenance.photo_links import register_field_links
        from maintenance.services.defect_relocation import defects_relocate

        register_condition(assets_under_agreement)
        register_field_links()
        register_relocation(defects_relocate)
