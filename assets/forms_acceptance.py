"""Forms of acceptance and findings: what people fill in on the page of one site's chain."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assets.forms_photos import PhotosField
from assets.kinds import AcceptanceStage, CheckResult, Severity, TeamRole, Verdict
from assets.models import Acceptance
from assets.services.acceptance import CheckDraft, MemberDraft
from sites.forms import DayInput
from sites.models import Organisation

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

CHOOSE: tuple[str, StrOrPromise] = ("", _("Choose…"))


def day_field(label: StrOrPromise, *, required: bool = True) -> forms.DateField:
    """Return a field for a day."""
    return forms.DateField(label=label, widget=DayInput(), required=required)


def long_text(label: StrOrPromise, *, required: bool = False, help_text: Any = "") -> Any:
    """Return a field for a few lines of text."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=2000,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class OpenForm(forms.Form):
    """Opening the next round of a stage."""

    stage = forms.ChoiceField(choices=AcceptanceStage.choices, widget=forms.HiddenInput)
    held_on = day_field(_("Held on"))


class AcceptanceForm(forms.Form):
    """A form about one open acceptance, with the version that the person read."""

    acceptance = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)


class FillForm(AcceptanceForm):
    """What was measured, and the answers to the checklist; `rows` are the items with fields."""

    held_on = day_field(_("Held on"))
    claimed_quantity = forms.DecimalField(
        label=_("Claimed quantity"), min_value=0, max_digits=14, decimal_places=3
    )
    measured_quantity = forms.DecimalField(
        label=_("Measured quantity"), min_value=0, max_digits=14, decimal_places=3, required=False
    )
    discrepancy_reason = long_text(
        _("Reason for the difference"),
        help_text=_(
            "Needed when the two are further apart than one percent, or 20 m of a length"
            " (our choice)."
        ),
    )
    note = long_text(_("Note"))
    more = forms.CharField(label=_("Further item"), max_length=200, required=False)

    def __init__(self, *args: Any, record: Acceptance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.checks = list(record.checks.all())
        self.fields["claimed_quantity"].label = _("Claimed quantity (%(unit)s)") % {
            "unit": record.get_unit_display()
        }
        self.fields["measured_quantity"].label = _("Measured quantity (%(unit)s)") % {
            "unit": record.get_unit_display()
        }
        for check in self.checks:
            self.fields[f"result_{check.position}"] = forms.ChoiceField(
                label=check.item,
                choices=[("", _("Not answered")), *CheckResult.choices],
                required=False,
                initial=check.result,
            )
            self.fields[f"note_{check.position}"] = forms.CharField(
                label=_("Remark"), max_length=2000, required=False, initial=check.note
            )

    def rows(self) -> Iterator[tuple[Any, Any, Any]]:
        """Yield each item with the fields of its answer and its remark."""
        for check in self.checks:
            yield check, self[f"result_{check.position}"], self[f"note_{check.position}"]

    def facts(self) -> Iterator[Any]:
        """Yield the fields beside the checklist."""
        for name in ("held_on", "claimed_quantity", "measured_quantity", "discrepancy_reason"):
            yield self[name]

    def values(self) -> dict[str, Any]:
        """Return the columns of the acceptance."""
        names = ("held_on", "claimed_quantity", "measured_quantity", "discrepancy_reason", "note")
        return {name: self.cleaned_data[name] for name in names}

    def drafts(self) -> list[CheckDraft]:
        """Return the checklist as answered, with the further item if one was added."""
        found = [
            CheckDraft(
                check.item,
                check.item_en,
                self.cleaned_data[f"result_{check.position}"],
                self.cleaned_data[f"note_{check.position}"],
            )
            for check in self.checks
        ]
        more = self.cleaned_data["more"].strip()
        return [*found, CheckDraft(more)] if more else found


class MemberForm(AcceptanceForm):
    """Somebody who joins the team."""

    role = forms.ChoiceField(label=_("On behalf of"), choices=[CHOOSE, *TeamRole.choices])
    name = forms.CharField(label=_("Name"), max_length=60)
    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.none(), required=False
    )

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = bodies  # type: ignore[attr-defined]

    def draft(self) -> MemberDraft:
        """Return the member."""
        values = self.cleaned_data
        return MemberDraft(values["role"], values["name"].strip(), values["organisation"])


class OneMemberForm(AcceptanceForm):
    """Signing for one member of the team, or taking the member out of it."""

    member = forms.UUIDField(widget=forms.HiddenInput)


class FindingForm(AcceptanceForm):
    """A finding that is raised."""

    text = long_text(_("What was found"), required=True)
    severity = forms.ChoiceField(
        label=_("Severity"), choices=Severity.choices, initial=Severity.MODERATE
    )
    on = day_field(_("Found on"))
    due_on = day_field(_("To be rectified by"))
    photos = PhotosField(required=False, label=_("Photos before"))


class ConcludeForm(AcceptanceForm):
    """The verdict."""

    verdict = forms.ChoiceField(label=_("Verdict"), choices=[CHOOSE, *Verdict.choices])
    on = day_field(_("Concluded on"))
    reason = long_text(_("Reason"), help_text=_("Needed when the work failed."))


class OneFindingForm(forms.Form):
    """A form about one finding, with the version that the person read."""

    finding = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)


class RectifyForm(OneFindingForm):
    """How a finding was rectified."""

    note = long_text(_("What was done"))
    on = day_field(_("Rectified on"))
    photos = PhotosField(label=_("Photos after"))


class RecheckForm(OneFindingForm):
    """Whether the rectification holds."""

    passed = forms.TypedChoiceField(
        label=_("Result of the recheck"),
        choices=[CHOOSE, ("yes", _("Rectified: close it")), ("no", _("Not rectified: send back"))],
        coerce=lambda value: value == "yes",
    )
    on = day_field(_("Rechecked on"))
    note = long_text(_("Reason"), help_text=_("Needed when it is sent back."))
