"""What the database refuses in an asset, each rule with its name and its sentence."""

from __future__ import annotations

from django.db.models import BaseConstraint, CheckConstraint, F, Q
from django.utils.translation import gettext_lazy as _

from assets.kinds import AssetState, OperatingClass
from sites.functions import GeometryIsSound, GeometryTypeIn
from sites.geometry import GEOMETRY_TYPES_BY_KIND
from sites.kinds import Kind, Visibility
from sites.models.project_site_constraints import EARLIEST, LATEST


def _geometry_fits_kind() -> CheckConstraint:
    fits = Q(pk__isnull=True)
    for kind, types in GEOMETRY_TYPES_BY_KIND.items():
        allowed = ("LineString",) if kind == Kind.ROAD else types
        fits |= Q(kind=kind) & Q(GeometryTypeIn(F("geometry"), allowed))
    return CheckConstraint(
        name="asset_geometry_fits_kind",
        condition=fits,
        violation_error_message=_(
            "This type of geometry does not fit the kind of asset. A road section is one line."
        ),
    )


def _date_in_range(field: str) -> CheckConstraint:
    return CheckConstraint(
        name=f"asset_{field}_in_range",
        condition=Q(**{f"{field}__isnull": True})
        | Q(**{f"{field}__gte": EARLIEST, f"{field}__lt": LATEST}),
        violation_error_message=_("Dates must lie between 1949-10-01 and 2099-12-31."),
    )


ASSET_CONSTRAINTS: list[BaseConstraint] = [
    CheckConstraint(
        name="asset_code_form",
        condition=Q(code__regex=r"^[^\s,;\x01-\x1f]+$"),
        violation_error_message=_("An asset code has no spaces, commas or semicolons."),
    ),
    CheckConstraint(name="asset_kind_known", condition=Q(kind__in=Kind.values)),
    CheckConstraint(name="asset_state_known", condition=Q(state__in=AssetState.values)),
    CheckConstraint(name="asset_visibility_known", condition=Q(visibility__in=Visibility.values)),
    CheckConstraint(
        name="asset_operating_class_known",
        condition=Q(operating_class__in=["", *OperatingClass.values]),
    ),
    CheckConstraint(
        name="asset_housing_is_not_public",
        condition=~Q(kind=Kind.HOUSING, visibility=Visibility.PUBLIC),
        violation_error_message=_("A household's house is never public."),
    ),
    CheckConstraint(
        name="asset_geometry_is_sound",
        condition=GeometryIsSound(F("geometry")),
        violation_error_message=_("The geometry is empty, invalid or out of bounds."),
    ),
    _geometry_fits_kind(),
    CheckConstraint(
        name="asset_declared_length_in_range",
        condition=Q(declared_length_m__isnull=True)
        | Q(declared_length_m__gte=0, declared_length_m__lte=10_000_000),
        violation_error_message=_("The declared length must lie between 0 and 10,000 km."),
    ),
    CheckConstraint(
        name="asset_cost_not_negative",
        condition=Q(cost__isnull=True) | Q(cost__gte=0),
        violation_error_message=_("The cost must not be negative."),
    ),
    _date_in_range("built_on"),
    _date_in_range("warranty_until"),
]
