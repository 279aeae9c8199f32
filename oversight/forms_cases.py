"""Forms of cases: raising one, sending its letter, answering it, deciding and closing it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assets.forms_photos import PhotosField
from funding.models import OfficialDocument
from oversight.case_choices import GroundChoice, record_behind
from oversight.kinds import CaseLevel
from oversight.letters import LONGEST_BODY
from sites.access import Scope, code_prefix_condition
from sites.forms import DayInput
from sites.kinds import Role
from sites.models import Organisation

LONGEST_TEXT = 8000
MOST_DOCUMENTS = 100


def _words(label: Any, rows: int = 4, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": rows}),
        **options,
    )


class VersionedForm(forms.Form):
    """A move of a case as it was read: `version` is the one that the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class LetterForm(VersionedForm):
    """The letter as it will go out; everything may be edited before."""

    addressee = forms.CharField(label=_("Addressee"), max_length=120)
    letter = forms.CharField(
        label=_("Text of the letter"),
        max_length=LONGEST_BODY,
        widget=forms.Textarea(attrs={"rows": 12, "lang": "zh-Hans"}),
        help_text=_(
            "Written from a template of our own; edit it before sending. Title, number, issuing "
            "office and day are added. What is sent is kept word for word."
        ),
    )
    due_on = forms.DateField(label=_("Reply until"), widget=DayInput())


class EscalateForm(LetterForm):
    """A letter of the next level, and why the case goes there."""

    text = _words(_("Why the case goes to the next level"), rows=2)
    field_order = ("version", "text", "addressee", "letter", "due_on")


class AnswerForm(VersionedForm):
    """A reply or an appeal with its evidence."""

    text = _words(_("Text"))
    photos = PhotosField(required=False)
    document = forms.ModelChoiceField(
        label=_("Official document"),
        queryset=OfficialDocument.objects.none(),
        required=False,
    )

    def __init__(self, *args: Any, scope: Scope, area_code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = OfficialDocument.objects.visible_to(scope).filter(area_code__startswith=area_code)
        newest = rows.order_by("-issued_on", "-pk").values("pk")[:MOST_DOCUMENTS]
        found = OfficialDocument.objects.filter(pk__in=newest).order_by("-issued_on", "-pk")
        if found.exists():
            self.fields["document"].queryset = found  # type: ignore[attr-defined]
        else:
            del self.fields["document"]

    def clean(self) -> dict[str, Any]:
        """Give the document as the move takes it: in a list."""
        values: dict[str, Any] = super().clean() or {}
        document = values.get("document")
        return {**values, "documents": [document] if document else []}


class DecideForm(VersionedForm):
    """What the office decides upon an appeal; the button says which way."""

    text = _words(_("Decision upon the appeal, with its reasons"), rows=3)


class CloseForm(VersionedForm):
    """What came of the case."""

    text = _words(_("Outcome"), rows=3)


class RaiseForm(forms.Form):
    """A new case: what it rests on, against whom, and the facts."""

    site = forms.UUIDField(required=False, widget=forms.HiddenInput)
    ground = forms.ChoiceField(label=_("What the case rests on"))
    organisation = forms.ModelChoiceField(
        label=_("Body"),
        queryset=Organisation.objects.none(),
        required=False,
        help_text=_("Left empty, the body that answers for what was missed."),
    )
    person = forms.CharField(label=_("Person"), max_length=60, required=False)
    level = forms.ChoiceField(
        label=_("Level"), choices=CaseLevel.choices, initial=CaseLevel.REMINDER
    )
    facts = _words(_("Facts"), rows=5, help_text=_("They are quoted in every letter."))
    photos = PhotosField(required=False)

    def __init__(
        self, *args: Any, scope: Scope, grounds: Iterable[GroundChoice], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.scope = scope
        choices = [(ground.value, ground.label) for ground in grounds]
        self.fields["ground"].choices = choices  # type: ignore[attr-defined]
        bodies = Organisation.objects.visible_to(scope)
        if not scope.everything:
            inside = code_prefix_condition("area__code", scope.area_codes([Role.DISTRICT_PLANNER]))
            bodies = bodies.filter(inside | Q(area__isnull=True))
        self.fields["organisation"].queryset = bodies.order_by("kind", "name")  # type: ignore[attr-defined]

    def clean_ground(self) -> tuple[str, Any]:
        """Return the cause and the record behind it."""
        try:
            return record_behind(self.scope, self.cleaned_data["ground"])
        except ValueError as error:
            raise ValidationError(_("There is no such record."), code="does_not_exist") from error
