"""Django's registration of the `maintenance` app."""

from __future__ import annotations

from django.apps import AppConfig


class MaintenanceApp(AppConfig):
    """The `maintenance` app."""

    name = "maintenance"
    label = "maintenance"

    def ready(self) -> None:
        """Tell the apps below who sees what through agreements, and what else finds assets."""
        from assets.access import register_condition
        from assets.filters import register
        from assets.services.section_lines import register_relocation
        from maintenance.parties import assets_under_agreement
        from maintenance.photo_links import register_field_links
        from maintenance.services.defect_relocation import defects_relocate
        from maintenance.upkeep_filter import GAP, LACKS

        register(GAP, LACKS)
        register_condition(assets_under_agreement)
        register_field_links()
        register_relocation(defects_relocate)
