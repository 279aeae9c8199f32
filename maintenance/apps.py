"""Django's registration of the `maintenance` app."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class MaintenanceApp(AppConfig):
    """The `maintenance` app."""

    name = "maintenance"
    label = "maintenance"

    def ready(self) -> None:
        """Tell the apps below who sees what through agreements, and what else finds assets."""
        from assets.access import register_condition
        from assets.filters import register
        from assets.photo_arrival import register as register_arrival
        from assets.services.section_lines import register_relocation
        from maintenance.parties import assets_under_agreement
        from maintenance.photo_links import register_field_links
        from maintenance.quiet_evidence import logged
        from maintenance.services.default_standards import standards_after_migrate
        from maintenance.services.defect_relocation import defects_relocate
        from maintenance.services.promised_photos import photo_arrived
        from maintenance.upkeep_filter import GAP, LACKS
        from sites.quiet import register_evidence

        post_migrate.connect(standards_after_migrate, sender=self)
        register(GAP, LACKS)
        register_evidence(logged)
        register_condition(assets_under_agreement)
        register_field_links()
        register_arrival(photo_arrived)
        register_relocation(defects_relocate)
