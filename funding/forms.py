"""Forms of money; what they take is checked again by the services."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from funding.kinds import DocumentKind, DrawReason, EntryKind, Stage
from funding.models import Contract, FundingSource, OfficialDocument
from funding.services import Part
from sites.access import Scope, code_prefix_condition
from sites.forms import DayInput
from sites.kinds import OFFICE_ROLES, AreaLevel
from sites.models import Area, Organisation, Programme, ProjectSite

FEN = Decimal("0.01")
LEVELS = (AreaLevel.DISTRICT, AreaLevel.TOWNSHIP, AreaLevel.VILLAGE)
MOST_SITES = 60


def areas_of(scope: Scope) -> Any:
    """Return the units whose books the caller keeps, by code."""
    areas = Area.objects.filter(level__in=LEVELS, valid_to__isnull=True)
    if not scope.everything:
        areas = areas.filter(code_prefix_condition("code", scope.area_codes(OFFICE_ROLES)))
    return areas.only("code", "name", "name_en", "level").order_by("code")


def programmes_of(scope: Scope) -> Any:
    """Return the programmes, the newest first."""
    return Programme.objects.visible_to(scope).order_by("-year", "code")


def _money(label: Any, *, digits: int = 16, required: bool = True, least: Any = FEN) -> Any:
    return forms.DecimalField(
        label=label, max_digits=digits, decimal_places=2, min_value=least, required=required
    )


def _text(label: Any, length: int, *, required: bool = False, rows: int = 0) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(label=label, max_length=length, required=required, widget=widget)


def _day(label: Any, *, required: bool = True) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput(), required=required)


class EntryForm(forms.Form):
    """A booking: of a site, named by its code, or of a programme in an area."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    site = _text(_("Site code"), 60)
    programme = forms.ModelChoiceField(
        Programme.objects.none(), label=_("Programme"), required=False
    )
    area = forms.ModelChoiceField(Area.objects.none(), label=_("Area"), required=False)
    source = forms.ModelChoiceField(FundingSource.objects.none(), label=_("Source"))
    stage = forms.ChoiceField(label=_("Stage"), choices=Stage.choices)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[c for c in EntryKind.choices if c[0] != EntryKind.REVERSAL]
    )
    amount = _money(_("Amount (yuan)"))
    booked_on = _day(_("Day"))
    document = forms.ModelChoiceField(
        OfficialDocument.objects.none(), label=_("Document"), required=False
    )
    document_number = _text(_("Document number"), 80)
    override_reason = _text(_("Reason for exceeding the limit"), 2000)
    note = _text(_("Note"), 2000)

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scope = scope
        sources = FundingSource.objects.visible_to(scope).filter(is_active=True)
        documents = OfficialDocument.objects.visible_to(scope).order_by("-issued_on", "-id")[:200]
        for name, rows in (
            ("programme", programmes_of(scope)),
            ("area", areas_of(scope)),
            ("source", sources),
            ("document", OfficialDocument.objects.filter(pk__in=[d.pk for d in documents])),
        ):
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        self.fields["site"].help_text = _("Leave it empty for money of a programme in an area.")
        self.fields["override_reason"].help_text = _(
            "Only where more is released than allocated, or more paid than released; the "
            "district planner may."
        )

    def clean_site(self) -> ProjectSite | None:
        """Return the site of the code, within what the caller sees."""
        code = self.cleaned_data["site"].strip()
        if not code:
            return None
        site: ProjectSite | None = (
            ProjectSite.objects.visible_to(self.scope).filter(code=code).first()
        )
        if site is None:
            raise forms.ValidationError(_("There is no site with this code."))
        return site


class ReverseForm(forms.Form):
    """Why an entry is taken back."""

    reason = _text(_("Reason"), 2000, required=True)
    override_reason = _text(_("Reason for exceeding the limit"), 2000)


class DocumentForm(forms.Form):
    """An official document with its file, if there is one."""

    area = forms.ModelChoiceField(Area.objects.none(), label=_("Area"))
    kind = forms.ChoiceField(label=_("Kind"), choices=DocumentKind.choices)
    number = _text(_("Document number"), 80, required=True)
    title = _text(_("Title"), 200, required=True)
    issuer = _text(_("Issued by"), 120)
    issued_on = _day(_("Issued on"))
    file = forms.FileField(label=_("File"), required=False)

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas_of(scope)  # type: ignore[attr-defined]
        self.fields["file"].help_text = _("PDF, PNG, JPEG, DOCX or XLSX.")


class ContractForm(forms.ModelForm):  # type: ignore[type-arg]
    """A contract; its sites are named by their codes, one a line, each with its part if known."""

    sites = forms.CharField(
        label=_("Sites"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One site code a line; after it, with a space, its part in yuan if stated."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Contract
        fields = (
            "number",
            "name",
            "programme",
            "area",
            "client",
            "contractor",
            "amount",
            "signed_on",
            "starts_on",
            "ends_on",
            "warranty_months",
            "tender_method",
            "bidders",
            "note",
        )
        widgets = {
            "signed_on": DayInput(),
            "starts_on": DayInput(),
            "ends_on": DayInput(),
            "note": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scope = scope
        bodies = Organisation.objects.visible_to(scope).order_by("kind", "name")
        for name, rows in (
            ("programme", programmes_of(scope)),
            ("area", areas_of(scope)),
            ("client", bodies),
            ("contractor", bodies),
        ):
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        if not self.instance._state.adding:
            for name in ("programme", "area"):
                self.fields[name].disabled = True

    def _post_clean(self) -> None:
        """Leave the record alone: the service takes the values and checks every rule."""

    def clean_sites(self) -> list[Part]:
        """Return the sites with their parts."""
        lines = [line.split() for line in self.cleaned_data["sites"].splitlines() if line.strip()]
        if len(lines) > MOST_SITES or any(len(line) > 2 for line in lines):
            raise forms.ValidationError(_("Give one site code a line."))
        found = ProjectSite.objects.visible_to(self.scope).in_bulk(
            [line[0][:60] for line in lines], field_name="code"
        )
        return [self._part(line, found) for line in lines]

    def _part(self, line: list[str], found: dict[Any, Any]) -> Part:
        site = found.get(line[0])
        if site is None:
            sentence = _("There is no site with the code %(code)s.")
            raise forms.ValidationError(sentence % {"code": line[0][:60]})
        if len(line) == 1:
            return Part(site)
        return Part(site, forms.DecimalField(max_digits=16, decimal_places=2).clean(line[1]))

    def values(self) -> dict[str, Any]:
        """Return the columns for the service."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class VariationForm(forms.Form):
    """A change of a contract's amount."""

    amount = _money(_("Change of amount (yuan)"), least=None)
    reason = _text(_("Reason"), 2000, required=True)
    approved_on = _day(_("Approved on"))
    number = _text(_("Document number"), 80)


class SettlementForm(forms.Form):
    """What was submitted and what the audit approved."""

    submitted = _money(_("Submitted (yuan)"))
    approved = _money(_("Approved (yuan)"), least=Decimal(0))
    settled_on = _day(_("Settled on"))
    auditor = _text(_("Audited by"), 120)
    document_number = _text(_("Document number"), 80)
    note = _text(_("Note"), 2000)


class ReserveForm(forms.Form):
    """Money kept back: an amount, or a share of a budget."""

    area = forms.ModelChoiceField(Area.objects.none(), label=_("Area"))
    year = forms.IntegerField(label=_("Year"), min_value=1949, max_value=2100)
    name = _text(_("Name"), 200, required=True)
    budget = _money(_("Budget that it is part of (yuan)"), digits=18, required=False)
    percent = forms.DecimalField(
        label=_("Share of the budget (%)"),
        max_digits=5,
        decimal_places=2,
        min_value=FEN,
        max_value=100,
        required=False,
    )
    amount = _money(_("Amount (yuan)"), required=False)
    note = _text(_("Note"), 2000)

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        districts = areas_of(scope).filter(level=AreaLevel.DISTRICT)
        self.fields["area"].queryset = districts  # type: ignore[attr-defined]
        self.fields["amount"].help_text = _("Computed where budget and share are given.")


class DrawForm(forms.Form):
    """A use of a reserve."""

    programme = forms.ModelChoiceField(Programme.objects.none(), label=_("Programme"))
    reason = forms.ChoiceField(label=_("Reason"), choices=DrawReason.choices)
    amount = _money(_("Amount (yuan)"), least=None)
    drawn_on = _day(_("Day"))
    document_number = _text(_("Document number"), 80)
    note = _text(_("Note"), 2000)

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"].queryset = programmes_of(scope)  # type: ignore[attr-defined]
        self.fields["amount"].help_text = _("Below zero puts money back.")


class ProposalForm(forms.Form):
    """A fallback to propose; assigned and executed numbers come from the register."""

    programme = forms.ModelChoiceField(Programme.objects.none(), label=_("Programme"))
    area = forms.ModelChoiceField(Area.objects.none(), label=_("Area"))
    unit_cost = _money(_("Unit cost (yuan)"))
    other_sources = _money(_("Covered by other sources (yuan)"), required=False, least=Decimal(0))
    note = _text(_("Note"), 2000)

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"].queryset = programmes_of(scope)  # type: ignore[attr-defined]
        areas = areas_of(scope).exclude(level=AreaLevel.VILLAGE)
        self.fields["area"].queryset = areas  # type: ignore[attr-defined]


class ApprovalForm(forms.Form):
    """The committee's document, and the day."""

    approval = forms.ModelChoiceField(OfficialDocument.objects.none(), label=_("Approval document"))
    approved_on = _day(_("Approved on"))

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        documents = OfficialDocument.objects.visible_to(scope).filter(kind=DocumentKind.APPROVAL)
        self.fields["approval"].queryset = documents  # type: ignore[attr-defined]


class WithdrawForm(forms.Form):
    """Why a fallback is withdrawn."""

    reason = _text(_("Reason"), 2000, required=True)
