"""Forms of a site's page: moving its state, reporting progress, correcting its facts."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms
from django.db.models import Model
from django.forms.models import modelform_factory
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sites.models import Organisation, ProjectSite, SiteCategory
from sites.services import RefusedByRegister, ServiceError
from sites.services.site_records import DETAIL_MODELS
from sites.transitions import Transition


class DayInput(forms.DateInput):
    """A date field of the browser, which wants ISO dates."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput())


class MoveForm(forms.Form):
    """A move of the state: only moves that the viewer may make are offered."""

    to_state = forms.ChoiceField(label=_("Move to"))
    on = _day(_("Effective on"))
    reason = forms.CharField(
        label=_("Reason"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    evidence = forms.CharField(label=_("Document or evidence"), required=False, max_length=500)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, moves: Iterable[Transition], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.moves = tuple(moves)
        field = self.fields["to_state"]
        field.choices = [(move.to_state.value, move.to_state.label) for move in self.moves]  # type: ignore[attr-defined]
        needing = [str(move.to_state.label) for move in self.moves if move.needs_reason]
        if needing:
            self.fields["reason"].help_text = _("Required for: %(states)s.") % {
                "states": ", ".join(needing)
            }

    def clean(self) -> dict[str, Any]:
        """Ask for the reason where the move needs one."""
        values: dict[str, Any] = super().clean() or {}
        asked = values.get("to_state")
        needed = any(move.needs_reason and move.to_state == asked for move in self.moves)
        if needed and not values.get("reason", "").strip():
            self.add_error("reason", _("This move needs a reason."))
        return values


class ProgressForm(forms.Form):
    """A report of physical progress on a day."""

    percent = forms.DecimalField(
        label=_("Progress (%)"), min_value=0, max_value=100, max_digits=5, decimal_places=2
    )
    on = _day(_("Reported on"))
    note = forms.CharField(
        label=_("Note"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Say why when progress falls."),
    )

    def clean_on(self) -> datetime.date:
        """Nothing is reported from the future."""
        day: datetime.date = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day lies in the future."), code="in_the_future")
        return day


EDITED_COLUMNS = (
    "name",
    "name_en",
    "category",
    "year",
    "is_key_plan",
    "visibility",
    "declared_length_m",
    "planned_start",
    "planned_finish",
    "actual_start",
    "actual_finish",
    "owner_organisation",
    "contractor",
    "supervisor",
    "note",
)


class FactsForm(forms.ModelForm):  # type: ignore[type-arg]
    """Columns of a record as a person read them, so that only what they changed is written.

    The first values travel with the form: a field that somebody else changed in the meantime is
    no change of this person.
    """

    own_fields: tuple[str, ...] = ()
    """Fields of the form that are no columns."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.show_hidden_initial = name not in self.own_fields

    def _post_clean(self) -> None:
        """Leave the record alone: the service takes the values and checks every rule."""

    def changes(self) -> dict[str, Any]:
        """Return the columns that the person changed."""
        changed = [name for name in self.changed_data if name not in self.own_fields]
        return {name: self.cleaned_data[name] for name in changed}

    def conflicts(self) -> list[tuple[Any, str, str]]:
        """Return the fields where the person's value is not the register's: label and both."""
        found = []
        for name in self.changed_data:
            if name not in self.own_fields:
                field = self.fields[name]
                mine, standing = self[name].value(), self._standing(name)
                if str(mine) != str(standing):
                    found.append((field.label, _word(field, mine), _word(field, standing)))
        return found

    def rebased(self, **own: Any) -> dict[str, Any]:
        """Return the form's data with what stands now in every field the person left alone."""
        data: dict[str, Any] = {}
        for name in self.fields:
            touched = name in self.changed_data or name in self.own_fields
            value = self[name].value() if touched else self._standing(name)
            if value not in (None, False):
                data[self.add_prefix(name)] = value
        return {**data, **own}

    def _standing(self, name: str) -> Any:
        return self.fields[name].prepare_value(self.initial.get(name))


def _word(field: Any, value: Any) -> str:
    """Return a value as the form shows it: the word of a choice."""
    for key, label in getattr(field, "choices", ()):
        if str(key) == str(value):
            return str(label)
    return "" if value is None else str(value)


class SiteForm(FactsForm):
    """The basic facts of a site; `version` is the one that the person read."""

    own_fields = ("version", "reason")

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason for the change"),
        required=False,
        max_length=500,
        help_text=_("It stands in the history beside each changed field."),
    )

    class Meta:
        model = ProjectSite
        fields = EDITED_COLUMNS
        widgets = {
            "planned_start": DayInput(),
            "planned_finish": DayInput(),
            "actual_start": DayInput(),
            "actual_finish": DayInput(),
            "note": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = SiteCategory.objects.filter(kind=self.instance.kind)  # type: ignore[attr-defined]
        for name in ("owner_organisation", "contractor", "supervisor"):
            self.fields[name].queryset = Organisation.objects.order_by("name")  # type: ignore[attr-defined]


class DetailForm(FactsForm):
    """The columns of a kind's own table."""


def detail_form(site: ProjectSite, data: Mapping[str, Any] | None = None) -> DetailForm:
    """Return the form of the site's kind, bound when `data` is given."""
    model: type[Model] = DETAIL_MODELS[site.kind]
    names = [field.name for field in model._meta.concrete_fields if field.name != "site"]
    dates: dict[str, Any] = {
        field.name: DayInput()
        for field in model._meta.concrete_fields
        if field.get_internal_type() == "DateField"
    }
    made = modelform_factory(model, form=DetailForm, fields=names, widgets=dates)
    form_class = cast("type[DetailForm]", made)
    record = model._default_manager.filter(pk=site.pk).first() or model()
    return form_class(data, instance=record, prefix="detail")


def add_service_error(form: forms.BaseForm, error: ServiceError) -> None:
    """Say in a form why the service refused, beside the field where there is one."""
    if isinstance(error, RefusedByRegister):
        for field, _code, text in error.errors:
            form.add_error(field if field in form.fields else None, text)
    else:
        form.add_error(error.field if error.field in form.fields else None, error.message)


def initial_move(site: ProjectSite, today: datetime.date) -> dict[str, Any]:
    """Return the first values of a move."""
    return {"on": today, "version": site.version}
