"""Forms of an agreement: its terms on one page, and the small ones of its own page."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from maintenance.agreement_models import TEMPLATES
from maintenance.agreement_terms import BandTerm, PartyTerm, ShareTerm, Terms
from maintenance.kinds import AgreementModel, FundingSource, PartyRole
from maintenance.models import Agreement
from sites.access import Scope, code_prefix_condition
from sites.forms import DayInput
from sites.kinds import OFFICE_ROLES, AreaLevel
from sites.models import Area, Organisation
from sites.services.errors import RefusedByRegister, ServiceError

PARTICIPANTS = 3
"""Selects for bodies that take part, at least: cooperatives of several villages."""
BANDS = 5
"""Rows of the coefficient table, at least."""
LEVELS = (AreaLevel.DISTRICT, AreaLevel.TOWNSHIP, AreaLevel.VILLAGE)
CHECKING = (PartyRole.CLIENT, PartyRole.SUPERVISOR, PartyRole.PARTICIPANT)


class AgreementForm(forms.ModelForm):  # type: ignore[type-arg]
    """Everything that an agreement says but what it covers, which has a page of its own."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Agreement
        fields = (
            "number",
            "name",
            "model",
            "area",
            "starts_on",
            "ends_on",
            "price_basis",
            "unit_price",
            "payment_cycle",
            "inspects",
            "confirms",
            "standard_text",
            "note",
        )
        widgets = {
            "starts_on": DayInput(),
            "ends_on": DayInput(),
            "standard_text": forms.Textarea(attrs={"rows": 5}),
            "note": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas: Any = self.fields["area"]
        areas.queryset = _areas(scope)
        areas.label_from_instance = _area_words
        checking = [(role.value, role.label) for role in CHECKING]
        for name in ("inspects", "confirms"):
            self.fields[name].choices = checking  # type: ignore[attr-defined]
        bodies = Organisation.objects.visible_to(scope).order_by("kind", "name")
        choices = _by_kind(bodies)
        self.party_fields = party_fields(self.instance)
        for name, role in self.party_fields:
            self.fields[name] = forms.ChoiceField(label=role.label, choices=choices, required=False)
        self.band_rows = range(band_rows(self.instance))
        self.bodies = {str(body.pk): body for body in bodies}
        for source in FundingSource:
            self.fields[f"share_{source.value}"] = forms.DecimalField(
                label=source.label, required=False, max_digits=6, decimal_places=3
            )
        for place in self.band_rows:
            self.fields[f"score_{place}"] = forms.DecimalField(
                label=_("From score"), required=False, max_digits=5, decimal_places=2
            )
            self.fields[f"coefficient_{place}"] = forms.DecimalField(
                label=_("Coefficient"), required=False, max_digits=5, decimal_places=4
            )

    def _post_clean(self) -> None:
        """Leave the record alone: the service takes the values and checks every rule."""

    def clean(self) -> dict[str, Any]:
        """Ask for both halves of each row of the coefficient table."""
        values: dict[str, Any] = super().clean() or {}
        for place in self.band_rows:
            names = (f"score_{place}", f"coefficient_{place}")
            if sum(values.get(name) is None for name in names) == 1 and not any(
                name in self.errors for name in names
            ):
                self.add_error(names[1], _("Give both, or leave both empty."))
        return values

    def terms(self) -> Terms:
        """Return what the form says; an agreement's scopes stay as they are."""
        given = self.cleaned_data
        parties = [
            PartyTerm(self.bodies[given[name]], role)
            for name, role in self.party_fields
            if given[name]
        ]
        shares = [
            ShareTerm(source.value, given[f"share_{source.value}"])
            for source in FundingSource
            if given[f"share_{source.value}"]
        ]
        bands = [
            BandTerm(given[f"score_{place}"], given[f"coefficient_{place}"])
            for place in self.band_rows
            if given[f"score_{place}"] is not None
        ]
        columns = {name: given[name] for name in self.Meta.fields}
        return Terms(values=columns, parties=parties, shares=shares, bands=bands)

    @property
    def basics(self) -> list[forms.BoundField]:
        """The fields of who, when and where."""
        return self._bound("number", "name", "model", "area", "starts_on", "ends_on")

    @property
    def prices(self) -> list[forms.BoundField]:
        """The fields of the price."""
        return self._bound("price_basis", "unit_price", "payment_cycle")

    @property
    def checks(self) -> list[forms.BoundField]:
        """Who inspects and who confirms."""
        return self._bound("inspects", "confirms")

    @property
    def texts(self) -> list[forms.BoundField]:
        """The long texts."""
        return self._bound("standard_text", "note")

    @property
    def parties(self) -> list[forms.BoundField]:
        """A select for each place of a party."""
        return self._bound(*(name for name, _role in self.party_fields))

    @property
    def shares(self) -> list[forms.BoundField]:
        """A percentage for each source."""
        return self._bound(*(f"share_{source.value}" for source in FundingSource))

    @property
    def bands(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The rows of the coefficient table."""
        return [(self[f"score_{place}"], self[f"coefficient_{place}"]) for place in self.band_rows]

    def _bound(self, *names: str) -> list[forms.BoundField]:
        return [self[name] for name in names]


def party_fields(agreement: Agreement) -> list[tuple[str, PartyRole]]:
    """Return a select for each party that there is, and one more where several take part."""
    standing = [] if agreement._state.adding else [party.role for party in agreement.parties.all()]
    numbers = {
        PartyRole.CLIENT: 1,
        PartyRole.EXECUTOR: 1,
        PartyRole.SUPERVISOR: 1,
        PartyRole.PARTICIPANT: max(PARTICIPANTS, standing.count(PartyRole.PARTICIPANT) + 1),
    }
    return [
        (f"{role.value}_{place}", role)
        for role, least in numbers.items()
        for place in range(max(least, standing.count(role)))
    ]


def band_rows(agreement: Agreement) -> int:
    """Return how many rows the coefficient table offers."""
    return max(BANDS, 0 if agreement._state.adding else agreement.bands.count() + 1)


def initial_of(agreement: Agreement) -> dict[str, Any]:
    """Return the form's first values from what stands."""
    found: dict[str, Any] = {"version": agreement.version}
    places: dict[str, list[str]] = {}
    for name, role in party_fields(agreement):
        places.setdefault(role, []).append(name)
    for party in agreement.parties.order_by("organisation__name"):
        free = places.get(party.role, [])
        if free:
            found[free.pop(0)] = str(party.organisation_id)
    for share in agreement.shares.all():
        found[f"share_{share.source}"] = _plain(share.percent)
    for place, band in enumerate(agreement.bands.order_by("-from_score")):
        found |= _band(place, band.from_score, band.coefficient)
    return found


def initial_for(model: AgreementModel) -> dict[str, Any]:
    """Return the first values of a new agreement of a model: our proposal, all editable."""
    template = TEMPLATES[model]
    found: dict[str, Any] = {
        "model": template.model,
        "inspects": template.inspects,
        "confirms": template.confirms,
        "price_basis": template.price_basis,
    }
    for source, percent in template.shares:
        found[f"share_{source}"] = percent
    for place, (score, coefficient) in enumerate(template.bands):
        found |= _band(place, score, coefficient)
    return found


def _band(place: int, score: Decimal, coefficient: Decimal) -> dict[str, Any]:
    return {
        f"score_{place}": _plain(score),
        f"coefficient_{place}": _plain(coefficient),
    }


def _plain(number: Decimal) -> str:
    """Return a number without empty decimals and without an exponent."""
    return f"{number.normalize():f}"


def add_refusal(form: AgreementForm, error: ServiceError) -> None:
    """Say in the form why the service refused, beside the part that it concerns."""
    errors = error.errors if isinstance(error, RefusedByRegister) else [("", "", error.message)]
    for field, _code, text in errors:
        form.add_error(field if field in form.fields else None, text)


def _areas(scope: Scope) -> Any:
    areas = Area.objects.filter(level__in=LEVELS, valid_to__isnull=True).defer("boundary")
    if not scope.everything:
        areas = areas.filter(code_prefix_condition("code", scope.area_codes(OFFICE_ROLES)))
    return areas.order_by("code")


def _area_words(area: Area) -> str:
    """Return an area's name, a village set in under its township."""
    return f"　{area.label}" if area.level == AreaLevel.VILLAGE else area.label


def _by_kind(bodies: Iterable[Organisation]) -> list[Any]:
    """Return organisations as choices in groups of their kind, with an empty one first."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for body in bodies:
        groups.setdefault(str(body.get_kind_display()), []).append((str(body.pk), body.label))
    return [("", "—"), *groups.items()]


class SignForm(forms.Form):
    """A signature: who signs, and on which day."""

    organisation = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)
    signatory = forms.CharField(label=_("Signed by"), max_length=60)
    signed_on = forms.DateField(label=_("Signed on"), widget=DayInput())


class AgreementMoveForm(forms.Form):
    """A move, with the reason and the last day where it needs them."""

    to_state = forms.ChoiceField(
        choices=[(state, state) for state in ("negotiating", "draft", "terminated")]
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    on = forms.DateField(label=_("Last day"), required=False, widget=DayInput())


class RenewForm(forms.Form):
    """The number of the agreement that follows, and its term and price where they differ."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    number = forms.CharField(label=_("Number of the new agreement"), max_length=60)
    starts_on = forms.DateField(label=_("Starts on"), widget=DayInput())
    ends_on = forms.DateField(label=_("Ends on"), widget=DayInput())
    unit_price = forms.DecimalField(
        label=_("Unit price (yuan)"), min_value=0, max_digits=14, decimal_places=2
    )


class KeeperForm(forms.Form):
    """Who is in charge of a stretch."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    keeper_name = forms.CharField(label=_("Person in charge"), max_length=60, required=False)
    keeper_phone = forms.CharField(label=_("Telephone"), max_length=30, required=False)
    reason = forms.CharField(label=_("Reason"), max_length=500, required=False)


class AttendanceForm(forms.Form):
    """Days of one month."""

    month = forms.DateField(
        label=_("Month"),
        input_formats=["%Y-%m", "%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m"),
    )
    days = forms.DecimalField(label=_("Days attended"), max_digits=4, decimal_places=1)
