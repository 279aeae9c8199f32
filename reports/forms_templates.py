"""Forms of figures, templates and their sections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.models import FigureDefinition, ReportTemplate, TemplateSection
from reports.queries import QUERIES

if TYPE_CHECKING:
    _FigureForm = forms.ModelForm[FigureDefinition]
    _TemplateForm = forms.ModelForm[ReportTemplate]
    _SectionForm = forms.ModelForm[TemplateSection]
else:
    _FigureForm = _TemplateForm = _SectionForm = forms.ModelForm


class FigureForm(_FigureForm):
    """A figure: which question it asks, of which sites, and how it is told."""

    query = forms.ChoiceField(label=_("question"), choices=())
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = FigureDefinition
        fields = ("key", "name", "name_en", "query", "filter", "unit", "decimals", "note")
        widgets = {
            "filter": forms.TextInput,
            "note": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "key": _("Texts name the figure by it, such as {{ road_km }}."),
            "filter": _("Written like the address of a list, such as kind=road&category=…"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["query"]
        field.choices = [(q.code, q.title) for q in QUERIES.values()]  # type: ignore[attr-defined]
        if self.instance._state.adding:
            return
        self.fields["key"].disabled = True
        self.fields["version"].initial = self.instance.version


class TemplateForm(_TemplateForm):
    """What a template is called and for which kind of report it serves."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = ReportTemplate
        fields = ("code", "name", "name_en", "kind", "is_active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            return
        self.fields["code"].disabled = True
        self.fields["version"].initial = self.instance.version


class SectionForm(_SectionForm):
    """A section's heading and text in both languages, and what it shows below."""

    digest = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = TemplateSection
        fields = ("kind", "heading", "heading_en", "body", "body_en")
        widgets = {
            "body": forms.Textarea(attrs={"rows": 6}),
            "body_en": forms.Textarea(attrs={"rows": 6}),
        }


class LayoutForm(forms.Form):
    """A Word file that is to be the layout."""

    file = forms.FileField(label=_("Word file (.docx)"))
    version = forms.IntegerField(widget=forms.HiddenInput)
