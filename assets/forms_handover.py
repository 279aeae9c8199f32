"""Forms of as-built geometry, asset, handover and closing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.gis.geos import GEOSGeometry
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import ValidationError as GeometryRefused

from assets.chainage import Chainage, ChainageError
from assets.document_files import DocumentRefused, KeptFile, keep_file
from assets.forms_acceptance import CHOOSE, day_field, long_text
from assets.handover_words import PARTY_WORDS
from assets.kinds import DocumentKind
from assets.models import RoadRoute
from sites.api.geojson import read_geometry
from sites.api.parsers import read_json
from sites.geometry import GEOMETRY_TYPES_BY_KIND
from sites.models import Organisation, ProjectSite
from sites.problems import Problem


class VersionForm(forms.Form):
    """A form with the version of the record that the person read."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class MoveOnForm(VersionForm):
    """A move of the site on a day; which one, the button says."""

    on = day_field(gettext_lazy("Effective on"))
    evidence = forms.CharField(
        label=gettext_lazy("Document or evidence"), required=False, max_length=500
    )


class AsBuiltForm(VersionForm):
    """Where the site was built: as it was planned, or as a GeoJSON file says."""

    as_planned = forms.BooleanField(
        label=gettext_lazy("Built where it was planned"), required=False
    )
    file = forms.FileField(
        label=gettext_lazy("GeoJSON file of the survey"),
        required=False,
        help_text=gettext_lazy(
            "One geometry in CGCS2000 or WGS 84 degrees (longitude, latitude). Shapefiles and other"
            " formats come in through the import."
        ),
    )

    def __init__(self, *args: Any, site: ProjectSite, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.site = site

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two and read it into `geometry`."""
        values: dict[str, Any] = super().clean() or {}
        upload = values.get("file")
        if upload:
            values["geometry"] = self._read(upload)
        elif values.get("as_planned") and self.site.planned_geometry:
            values["geometry"] = self.site.planned_geometry
        elif not self.errors:
            raise ValidationError(_("Give a file, or say that it was built as planned."))
        return values

    def _read(self, upload: UploadedFile[Any]) -> GEOSGeometry | None:
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        try:
            if (upload.size or 0) > limit:
                raise ValidationError(
                    _("The file is larger than %(limit)s MB.") % {"limit": limit // 1024**2}
                )
            return read_geometry(
                _only_geometry(read_json(upload.read())), GEOMETRY_TYPES_BY_KIND[self.site.kind]
            )
        except Problem as error:
            self.add_error("file", " ".join(entry.message for entry in error.errors))
        except GeometryRefused as error:
            self.add_error("file", [str(text) for text in error.detail])
        except ValidationError as error:
            self.add_error("file", error)
        return None


def _only_geometry(value: Any) -> Any:
    """Return the one geometry of a GeoJSON object."""
    if isinstance(value, dict) and value.get("type") == "FeatureCollection":
        features = value.get("features")
        if not isinstance(features, list) or len(features) != 1:
            raise ValidationError(_("The file must hold exactly one feature."))
        value = features[0]
    if isinstance(value, dict) and value.get("type") == "Feature":
        value = value.get("geometry")
    return value


class AssetForm(forms.Form):
    """Making the asset; of a road, where it lies on its route if that is not as proposed."""

    route: Any = forms.ModelChoiceField(
        label=gettext_lazy("Route"), queryset=RoadRoute.objects.none(), required=False
    )
    start = forms.CharField(
        label=gettext_lazy("Begins at chainage"),
        required=False,
        max_length=20,
        help_text=gettext_lazy("Such as K0+000; left empty, it follows the route's last section."),
    )

    def __init__(self, *args: Any, is_road: bool, routes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_road:
            self.fields["route"].queryset = routes  # type: ignore[attr-defined]
            self.fields["route"].empty_label = _("As the site's route code says")  # type: ignore[attr-defined]
        else:
            del self.fields["route"], self.fields["start"]

    def clean_start(self) -> Chainage | None:
        """Return the chainage, None where it is left to the proposal."""
        text = self.cleaned_data["start"].strip()
        try:
            return Chainage.parse(text) if text else None
        except ChainageError as error:
            raise ValidationError(error.reason, code=error.code) from error

    def detail(self) -> dict[str, Any]:
        """Return the columns of the detail that the form gives."""
        start, route = self.cleaned_data.get("start"), self.cleaned_data.get("route")
        given = {"start_m": start.metres if start else None, "route": route}
        return {name: value for name, value in given.items() if value is not None}


class HandoverForm(VersionForm):
    """The parties of a handover and the end of the warranty."""

    from_organisation = forms.ModelChoiceField(
        label=gettext_lazy("Handed over by"), queryset=Organisation.objects.none(), required=False
    )
    owner = forms.ModelChoiceField(
        label=gettext_lazy("Owner"), queryset=Organisation.objects.none(), required=False
    )
    upkeep_party = forms.ModelChoiceField(
        label=gettext_lazy("Upkeep party"), queryset=Organisation.objects.none(), required=False
    )
    warranty_until = day_field(gettext_lazy("Warranty until"), required=False)
    note = long_text(gettext_lazy("Note"))

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("from_organisation", "owner", "upkeep_party"):
            self.fields[name].queryset = bodies  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """Return the columns of the handover."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class HandoverSignForm(VersionForm):
    """A signature for one of the three parties."""

    party = forms.ChoiceField(
        label=gettext_lazy("Signs for"), choices=[CHOOSE, *PARTY_WORDS.items()]
    )
    name = forms.CharField(label=gettext_lazy("Name of who signs"), max_length=60)
    on = day_field(gettext_lazy("Signed on"))


class DocumentForm(forms.Form):
    """A document with its file, if there is one."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=[CHOOSE, *DocumentKind.choices])
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    number = forms.CharField(label=gettext_lazy("Document number"), max_length=80, required=False)
    issued_on = day_field(gettext_lazy("Issued on"), required=False)
    file = forms.FileField(label=gettext_lazy("File"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit = settings.DOCUMENT_MAX_BYTES // 1024**2
        self.fields["file"].help_text = _("PDF, PNG, JPEG, DOCX or XLSX, up to %(limit)s MB.") % {
            "limit": limit
        }

    def clean_file(self) -> KeptFile | None:
        """Keep the file on disk; a bad one is an error of the field."""
        upload = self.cleaned_data["file"]
        if not upload:
            return None
        try:
            return keep_file(upload.chunks(), name=upload.name or "")
        except DocumentRefused as error:
            raise ValidationError(str(error.message), code=error.code) from error
