"""Django's registration of the `oversight` app."""

from __future__ import annotations

from django.apps import AppConfig


class OversightApp(AppConfig):
    """The `oversight` app."""

    name = "oversight"
    label = "oversight"

    def ready(self) -> None:
        """Tell the apps below what steering asks of a site and what it adds to its page."""
        from assets.photo_access import register
        from oversight import gate_checks, site_parameters, site_timeline
        from oversight.case_timeline import photos_of_cases, steps_of_cases
        from oversight.node_lights import missed_nodes
        from oversight.site_card import responsibility_card
        from sites import filters
        from sites.site_lights import register_light
        from sites.site_sections import register_section
        from sites.timeline import register_timeline

        gate_checks.register_gates()
        filters.register(site_parameters.AGENDA, site_parameters.RED)
        register(photos_of_cases)
        register_light(missed_nodes)
        register_section(responsibility_card)
        register_timeline(site_timeline.plans_of_site)
        register_timeline(site_timeline.agendas_of_site)
        register_timeline(site_timeline.decisions_of_site)
        register_timeline(steps_of_cases)
