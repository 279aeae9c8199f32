"""The administration: rows from `visible_to`, changes by administrators only, no map from outside.

Whoever is staff without being an administrator reads here what the own scope shows, and changes
it on the pages and over the API, where services check area and role.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.gis.db.models.fields import BaseSpatialField
from django.contrib.gis.geos import GEOSGeometry, MultiPolygon, Polygon
from django.core.exceptions import ValidationError
from django.db.models import Field, QuerySet
from django.forms import Field as FormField
from django.forms import ModelChoiceField, Textarea
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django.models import ProcrastinateJob
from rest_framework.exceptions import ValidationError as GeometryError

from sites.access import scope_of_request
from sites.api.geojson import DEPTHS, read_geometry
from sites.api.parsers import read_json
from sites.geometry import STORED_SRID
from sites.models import (
    ApiToken,
    Area,
    ImportRun,
    Membership,
    Milestone,
    Organisation,
    Programme,
    ProgressEntry,
    ProjectSite,
    ServiceRecord,
    SiteCategory,
    StateChange,
    Target,
)
from sites.problems import Problem

admin.site.site_header = _("Livelihood Atlas: administration")
admin.site.site_title = _("Livelihood Atlas")
admin.site.index_title = _("Records")
# The queue's own table, in English only; imports and exports say how far they are.
admin.site.unregister(ProcrastinateJob)

if TYPE_CHECKING:
    _ModelAdmin = admin.ModelAdmin[Any]
    _ModelForm = forms.ModelForm[Any]
else:
    _ModelForm = forms.ModelForm
    _ModelAdmin = admin.ModelAdmin


class GeoJSONField(forms.CharField):
    """A geometry as GeoJSON text: checked like one of the API, drawn by nobody."""

    widget = Textarea

    def __init__(self, *, multi_polygon: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.multi_polygon = multi_polygon
        self.widget.attrs.update(rows=6, cols=80, spellcheck="false")

    def prepare_value(self, value: Any) -> Any:
        """Return the text of a stored geometry."""
        return value.geojson if isinstance(value, GEOSGeometry) else value

    def clean(self, value: Any) -> GEOSGeometry | None:
        """Return the geometry; raises `ValidationError` with the place of the mistake."""
        text = super().clean(value)
        if not text:
            return None
        try:
            geometry = read_geometry(read_json(text.encode()), DEPTHS)
        except Problem as error:
            raise ValidationError(error.errors[0].message) from error
        except GeometryError as error:
            raise ValidationError(
                [str(detail) for detail in cast(list[Any], error.detail)]
            ) from error
        if self.multi_polygon and isinstance(geometry, Polygon):
            return MultiPolygon(geometry, srid=STORED_SRID)
        return geometry

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the text differs from the stored geometry's."""
        shown = self.prepare_value(initial) or ""
        try:
            return bool(json.loads(data or "null") != json.loads(shown or "null"))
        except ValueError:
            return True


class WholeRecordForm(_ModelForm):
    """Checks every rule of the database before saving.

    Django leaves out the rules that name a column which the form does not offer, such as a site's
    kind, and the database would refuse the row afterwards.
    """

    def full_clean(self) -> None:
        """Check the fields, then the record as a whole."""
        super().full_clean()
        if not self.is_bound or self.errors:
            return
        try:
            self.instance.validate_constraints()
        except ValidationError as error:
            self.add_error(None, error.messages)


class ScopedAdmin(_ModelAdmin):
    """Rows that the person may see; changes for administrators."""

    form = WholeRecordForm
    list_per_page = 50
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the rows that the person may see."""
        rows: Any = super().get_queryset(request)
        if hasattr(rows, "visible_to"):
            found = rows.visible_to(scope_of_request(request))
        else:
            found = rows if scope_of_request(request).everything else rows.none()
        return cast("QuerySet[Any]", found)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only administrators add."""
        return self._administers(request) and super().has_add_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only administrators change."""
        return self._administers(request) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only administrators delete."""
        return self._administers(request) and super().has_delete_permission(request, obj)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Leave out of a new record's form what the database fills in."""
        fields = super().get_fields(request, obj)
        return fields if obj else [name for name in fields if name not in self.readonly_fields]

    def formfield_for_dbfield(
        self, db_field: Field[Any, Any], request: HttpRequest, **options: Any
    ) -> FormField | None:
        """Return GeoJSON text for geometry: Django's own widget loads its map from outside."""
        if isinstance(db_field, BaseSpatialField):
            return GeoJSONField(
                label=capfirst(str(db_field.verbose_name)),
                required=not db_field.blank,
                multi_polygon=db_field.geom_type == "MULTIPOLYGON",
            )
        return super().formfield_for_dbfield(db_field, request, **options)

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **options: Any
    ) -> ModelChoiceField[Any]:
        """Offer only records that the person may see."""
        rows = db_field.related_model._default_manager.all()
        if hasattr(rows, "visible_to"):
            options.setdefault("queryset", rows.visible_to(scope_of_request(request)))
        return cast(
            "ModelChoiceField[Any]", super().formfield_for_foreignkey(db_field, request, **options)
        )

    @staticmethod
    def _administers(request: HttpRequest) -> bool:
        return scope_of_request(request).everything


class ReadOnlyAdmin(ScopedAdmin):
    """Rows that nobody changes by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody adds."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody changes."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody deletes."""
        return False


@admin.register(Area)
class AreaAdmin(ScopedAdmin):
    """Administrative units."""

    list_display = ("code", "name", "level", "valid_from", "valid_to")
    list_filter = ("level",)
    search_fields = ("code", "name", "name_en")
    raw_id_fields = ("parent",)
    readonly_fields = ("version", "updated_at")


@admin.register(Organisation)
class OrganisationAdmin(ScopedAdmin):
    """Organisations."""

    list_display = ("name", "kind", "area")
    list_filter = ("kind",)
    list_select_related = ("area",)
    search_fields = ("name", "name_en", "credit_code")
    raw_id_fields = ("area",)


@admin.register(Membership)
class MembershipAdmin(ScopedAdmin):
    """Who holds which role."""

    list_display = ("user", "role", "valid_from", "valid_to")
    list_filter = ("role",)
    list_select_related = ("user",)
    search_fields = ("user__username",)
    raw_id_fields = ("user", "areas", "organisations")


@admin.register(Programme)
class ProgrammeAdmin(ScopedAdmin):
    """Programmes."""

    list_display = ("code", "name", "level", "year")
    list_filter = ("level", "year")
    search_fields = ("code", "name", "name_en")
    raw_id_fields = ("lead_organisation",)


@admin.register(Target)
class TargetAdmin(ScopedAdmin):
    """Targets; what was executed is computed."""

    list_display = ("programme", "area", "year", "measure", "assigned")
    list_filter = ("year", "measure")
    list_select_related = ("programme", "area")
    raw_id_fields = ("programme", "area")
    readonly_fields = ("version", "updated_at")


@admin.register(ServiceRecord)
class ServiceRecordAdmin(ReadOnlyAdmin):
    """Service records; they are entered and reviewed on their pages."""

    list_display = ("title", "programme", "area", "ends_on", "people", "state")
    list_filter = ("state",)
    list_select_related = ("programme", "area")


@admin.register(SiteCategory)
class SiteCategoryAdmin(ScopedAdmin):
    """Categories of sites."""

    list_display = ("code", "name", "kind", "is_private")


@admin.register(ProjectSite)
class ProjectSiteAdmin(ScopedAdmin):
    """Project sites; the state is shown, and moved by a state change only."""

    list_display = ("code", "name", "kind", "state", "year", "township_code")
    list_filter = ("kind", "state", "year")
    search_fields = ("code", "name", "name_en")
    raw_id_fields = (
        "programme",
        "area",
        "category",
        "owner_organisation",
        "contractor",
        "supervisor",
    )
    readonly_fields = ("kind", "state", "version", "updated_at", "measured_length_m")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Sites come in by import or over the API, with the detail of their kind."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A site is taken out of the register with a reason, over the API."""
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Note who changed the site."""
        obj.updated_by = cast(User, request.user)
        super().save_model(request, obj, form, change)


@admin.register(Milestone)
class MilestoneAdmin(ScopedAdmin):
    """Milestones."""

    list_display = ("site", "kind", "due_on", "done_on")
    list_filter = ("kind",)
    list_select_related = ("site",)
    raw_id_fields = ("site", "responsible")


@admin.register(StateChange)
class StateChangeAdmin(ReadOnlyAdmin):
    """State changes."""

    list_display = ("site", "from_state", "to_state", "actor", "at")
    list_filter = ("to_state",)
    list_select_related = ("site", "actor")


@admin.register(ProgressEntry)
class ProgressEntryAdmin(ReadOnlyAdmin):
    """Reported progress."""

    list_display = ("site", "reported_on", "percent", "reported_by")
    list_select_related = ("site", "reported_by")


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdmin):
    """Import runs."""

    list_display = ("file_name", "state", "kind", "owner", "created_at")
    list_filter = ("state", "kind")
    list_select_related = ("owner",)


@admin.register(ApiToken)
class ApiTokenAdmin(ReadOnlyAdmin):
    """API tokens, which can be revoked; the token itself is not kept."""

    list_display = ("user", "created_at", "expires_at", "revoked_at")
    list_select_related = ("user",)
    fields = ("user", "created_at", "expires_at", "revoked_at")
    actions = ("revoke",)

    @admin.action(description=_("Revoke the chosen tokens"), permissions=["view"])
    def revoke(self, request: HttpRequest, tokens: QuerySet[ApiToken]) -> None:
        """Close the doors that the tokens hold open, from the next request."""
        tokens.filter(revoked_at__isnull=True).update(revoked_at=timezone.now())
