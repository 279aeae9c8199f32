"""The form of a public-benefit post."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assets.chainage import Chainage, ChainageError
from assets.models import Asset
from maintenance.models import Agreement, AgreementScope
from maintenance.parties import office_of
from sites.access import Scope
from sites.forms import DayInput
from sites.models import Organisation


class ChainageField(forms.CharField):
    """A chainage written K12+345."""

    def clean(self, value: Any) -> Any:
        """Return metres, None for nothing; raises `ValidationError`."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return Chainage.parse(text).metres
        except ChainageError as error:
            raise forms.ValidationError(error.reason, code=error.code) from error


class PostForm(forms.Form):
    """Where, for whom, who, for which pay, and from when."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Employer"))
    asset: Any = forms.ModelChoiceField(Asset.objects.none(), label=_("Asset"))
    start_m = ChainageField(label=_("From chainage"), required=False, max_length=12)
    end_m = ChainageField(label=_("To chainage"), required=False, max_length=12)
    person_name = forms.CharField(label=_("Name"), max_length=60)
    monthly_pay = forms.DecimalField(
        label=_("Pay a month (yuan)"), min_value=Decimal(0), max_digits=10, decimal_places=2
    )
    from_date = forms.DateField(label=_("From"), widget=DayInput())
    until_date = forms.DateField(label=_("Until"), required=False, widget=DayInput())

    def __init__(self, *args: Any, agreement: Agreement, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parties = Organisation.objects.filter(agreement_parties__agreement=agreement).distinct()
        if office_of(scope, agreement.area_code) is None:
            parties = parties.filter(pk__in=scope.organisation_ids())
        scopes = AgreementScope.objects.filter(agreement=agreement)
        assets = Asset.objects.visible_to(scope).filter(pk__in=scopes.values("asset_id"))
        self.fields["organisation"].queryset = parties  # type: ignore[attr-defined]
        self.fields["asset"].queryset = assets.defer("geometry", "geometry_3857")  # type: ignore[attr-defined]
        example = _("Such as K1+200; both or none, none for the whole asset.")
        self.fields["start_m"].help_text = example

    def values(self) -> dict[str, Any]:
        """Return the columns of the post."""
        return dict(self.cleaned_data)
