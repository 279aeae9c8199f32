"""Forms of the defect pages: reporting, moving, evidence, place, warranty claim."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assets.chainage import Chainage, ChainageError
from assets.forms_photos import PhotosField
from assets.forms_placed import PlacedForm
from assets.kinds import PhotoStage, Severity
from maintenance.defect_rules import DefectMove
from maintenance.kinds import ClaimState, DefectKind, DefectSource, DefectState
from sites.forms import DayInput

LONGEST_TEXT = 2000


class MomentInput(forms.DateTimeInput):
    """A moment field of the browser, which wants ISO dates, to the minute."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%dT%H:%M")


def moment_field(label: Any, **options: Any) -> forms.DateTimeField:
    """Return a field for a local moment to the minute."""
    return forms.DateTimeField(
        label=label, widget=MomentInput(), input_formats=["%Y-%m-%dT%H:%M"], **options
    )


class ChainageField(forms.CharField):
    """A chainage as it stands on the road, K12+345; the cleaned value is metres."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Chainage"))
        options.setdefault("help_text", _("Written K1+250; leave it empty if you do not know."))
        super().__init__(max_length=14, **options)

    def clean(self, value: Any) -> Decimal | None:
        """Return metres, None when it is empty."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return Chainage.parse(text).metres
        except ChainageError as error:
            raise ValidationError(error.reason, code=error.code) from error


class DefectForm(PlacedForm):
    """A report of a defect of one asset."""

    entry = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("What is wrong"), choices=DefectKind.choices)
    severity = forms.ChoiceField(
        label=_("How serious"), choices=Severity.choices, initial=Severity.MODERATE
    )
    source = forms.ChoiceField(label=_("Learned of by"))
    found_at = moment_field(_("Found"))
    chainage_m = ChainageField(required=False)
    description = forms.CharField(
        label=_("Description"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    photos = PhotosField(required=False)

    def __init__(self, *args: Any, is_road: bool, is_office: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sources = [DefectSource.PATROL]
        sources += [DefectSource.SURVEY, DefectSource.OFFICE] if is_office else []
        self.fields["source"].choices = [(s.value, s.label) for s in sources]  # type: ignore[attr-defined]
        if not is_office:
            del self.fields["source"]
        if not is_road:
            del self.fields["chainage_m"]

    def first_fields(self) -> list[forms.BoundField]:
        """Return the fields that stand before position and photos."""
        return [field for field in self.visible_fields() if field.name != "photos"]

    def values(self) -> dict[str, Any]:
        """Return what the service takes."""
        given = self.cleaned_data
        return {
            "identifier": given["entry"],
            "kind": given["kind"],
            "severity": given["severity"],
            "source": given.get("source") or DefectSource.PATROL,
            "found_at": given["found_at"],
            "chainage_m": given.get("chainage_m"),
            "point": self.point(),
            "description": given["description"],
            "photos": given["photos"],
        }


class DefectMoveForm(forms.Form):
    """A move of a defect: only moves that the viewer may make are offered."""

    to_state = forms.ChoiceField(label=_("Move to"))
    duplicate_of = forms.UUIDField(
        label=_("The defect that it repeats"), required=False, widget=forms.Select
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        moves: Iterable[DefectMove],
        others: Iterable[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.moves, choices = tuple(moves), list(others)
        shown = [m for m in self.moves if m.to_state != DefectState.DUPLICATE or choices]
        offered = [(m.to_state.value, m.to_state.label) for m in shown]
        self.fields["to_state"].choices = [("", "—"), *offered]  # type: ignore[attr-defined]
        if choices:
            self.fields["duplicate_of"].widget.choices = [("", "—"), *choices]
        else:
            del self.fields["duplicate_of"]
        needing = [str(m.to_state.label) for m in shown if m.needs_reason]
        if needing:
            self.fields["reason"].help_text = _("Required for: %(states)s.") % {
                "states": ", ".join(needing)
            }


class DefectPhotosForm(forms.Form):
    """Photos that are added to a defect's thread."""

    stage = forms.ChoiceField(label=_("Photo taken"), choices=PhotoStage.choices)
    photos = PhotosField()

    def stage_fields(self) -> list[forms.BoundField]:
        """Return the fields beside the photos."""
        return [self["stage"]]


class DefectPlaceForm(forms.Form):
    """Where a defect of a road really is."""

    chainage_m = ChainageField(help_text=_("Written K1+250."))
    version = forms.IntegerField(widget=forms.HiddenInput)


class ClaimForm(forms.Form):
    """A warranty claim: until when the contractor has time."""

    due_on = forms.DateField(label=_("To be repaired by"), widget=DayInput())


class ClaimMoveForm(forms.Form):
    """A move of a claim by one of its sides."""

    to_state = forms.ChoiceField(label=_("Move to"), choices=ClaimState.choices)
    reason = forms.CharField(label=_("Reason or result"), required=False, max_length=LONGEST_TEXT)
    version = forms.IntegerField(widget=forms.HiddenInput)


def local_now() -> datetime.datetime:
    """Return the present moment to the minute, for a form's first value."""
    return timezone.localtime().replace(second=0, microsecond=0)
