"""What the database refuses in a project site, each rule with its name and its sentence."""

from __future__ import annotations

import datetime

from django.db.models import BaseConstraint, CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from sites.functions import GeometryIsSound, GeometryTypeIn
from sites.geometry import GEOMETRY_TYPES_BY_KIND
from sites.kinds import Kind, State, Visibility

EARLIEST = datetime.date(1949, 10, 1)
LATEST = datetime.date(2100, 1, 1)


def _date_in_range(field: str) -> CheckConstraint:
    return CheckConstraint(
        name=f"project_site_{field}_in_range",
        condition=Q(**{f"{field}__isnull": True})
        | Q(**{f"{field}__gte": EARLIEST, f"{field}__lt": LATEST}),
        violation_error_message=_("Dates must lie between 1949-10-01 and 2099-12-31."),
    )


def _dates_in_order(name: str, first: str, last: str) -> CheckConstraint:
    return CheckConstraint(
        name=f"project_site_{name}_dates_in_order",
        condition=Q(**{f"{first}__isnull": True})
        | Q(**{f"{last}__isnull": True})
        | Q(**{f"{last}__gte": F(first)}),
        violation_error_message=_("The finish must not come before the start."),
    )


def _geometry_fits_kind(field: str) -> CheckConstraint:
    fits = Q(**{f"{field}__isnull": True})
    for kind, types in GEOMETRY_TYPES_BY_KIND.items():
        fits |= Q(kind=kind) & Q(GeometryTypeIn(F(field), types))
    return CheckConstraint(
        name=f"project_site_{field}_fits_kind",
        condition=fits,
        violation_error_message=_("This type of geometry does not fit the kind of site."),
    )


PROJECT_SITE_CONSTRAINTS: list[BaseConstraint] = [
    CheckConstraint(
        name="project_site_code_form",
        condition=Q(code__regex=r"^[^\s,;\x01-\x1f]+$"),
        violation_error_message=_("A site code has no spaces, commas or semicolons."),
    ),
    CheckConstraint(name="project_site_kind_known", condition=Q(kind__in=Kind.values)),
    CheckConstraint(name="project_site_state_known", condition=Q(state__in=State.values)),
    CheckConstraint(
        name="project_site_visibility_known", condition=Q(visibility__in=Visibility.values)
    ),
    CheckConstraint(
        name="project_site_housing_is_not_public",
        condition=~Q(kind=Kind.HOUSING, visibility=Visibility.PUBLIC),
        violation_error_message=_("A household's site is never public."),
    ),
    CheckConstraint(
        name="project_site_year_in_range",
        condition=Q(year__gte=1949, year__lte=2100),
        violation_error_message=_("The year must lie between 1949 and 2100."),
    ),
    CheckConstraint(
        name="project_site_progress_in_range",
        condition=Q(progress_percent__gte=0, progress_percent__lte=100),
        violation_error_message=_("Progress must lie between 0 and 100 percent."),
    ),
    CheckConstraint(
        name="project_site_declared_length_in_range",
        condition=Q(declared_length_m__isnull=True)
        | Q(declared_length_m__gte=0, declared_length_m__lte=10_000_000),
        violation_error_message=_("The declared length must lie between 0 and 10,000 km."),
    ),
    *(
        _date_in_range(field)
        for field in ("planned_start", "planned_finish", "actual_start", "actual_finish")
    ),
    _dates_in_order("planned", "planned_start", "planned_finish"),
    _dates_in_order("actual", "actual_start", "actual_finish"),
    *(
        CheckConstraint(
            name=f"project_site_{field}_is_sound",
            condition=GeometryIsSound(F(field)),
            violation_error_message=_("The geometry is empty, invalid or out of bounds."),
        )
        for field in ("planned_geometry", "actual_geometry")
    ),
    _geometry_fits_kind("planned_geometry"),
    _geometry_fits_kind("actual_geometry"),
    CheckConstraint(
        name="project_site_has_a_place",
        condition=Q(planned_geometry__isnull=False) | Q(actual_geometry__isnull=False),
        violation_error_message=_("A site needs a planned or an actual geometry."),
    ),
    UniqueConstraint(
        name="project_site_source_id_once",
        fields=["source", "source_id"],
        violation_error_message=_("This identifier of the source is already in the register."),
    ),
]
