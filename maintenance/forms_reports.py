"""Forms of public reports: of the reporter without an account, and of the office."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assets.forms_photos import PhotosField
from assets.forms_placed import PlacedForm
from assets.kinds import Severity
from maintenance.kinds import DefectKind
from maintenance.services.reports import LONGEST_CONTACT, LONGEST_TEXT, MOST_PHOTOS


class PublicReportForm(PlacedForm):
    """What somebody without an account reports: words, photos, perhaps a place and a number."""

    entry = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("What is wrong?"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    photos = PhotosField(required=False, most=MOST_PHOTOS)
    contact = forms.CharField(
        label=_("Your telephone number"),
        required=False,
        max_length=LONGEST_CONTACT,
        help_text=_("Only if you want to be called. The office alone can see it."),
    )
    website = forms.CharField(required=False, max_length=200)
    """A field that people do not see: what fills it in is a machine."""

    @property
    def is_by_machine(self) -> bool:
        """Whether the field that people do not see was filled in."""
        return bool(self.data.get("website", "").strip())


class ReopenForm(forms.Form):
    """What is still wrong after the answer."""

    reason = forms.CharField(
        label=_("What is still wrong?"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class LinkForm(forms.Form):
    """The defect to which a report belongs."""

    defect = forms.ChoiceField(label=_("Defect"), widget=forms.RadioSelect)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, defects: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["defect"].choices = list(defects)  # type: ignore[attr-defined]


class OpenDefectForm(forms.Form):
    """A new defect from a report."""

    kind = forms.ChoiceField(label=_("What is wrong"), choices=DefectKind.choices)
    severity = forms.ChoiceField(
        label=_("How serious"), choices=Severity.choices, initial=Severity.MODERATE
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class AnswerForm(forms.Form):
    """The office's words for the reporter."""

    answer = forms.CharField(
        label=_("Answer for the reporter"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody with the tracking code can read it."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
