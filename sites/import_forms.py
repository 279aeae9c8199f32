"""Forms of the import pages: the upload, the answers to questions, the field mapping."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from sites.access import Scope
from sites.fields import SiteField, fields_of
from sites.imports.reader.run import FORMATS
from sites.imports.runs import AREAS, MIXED
from sites.kinds import Kind, ProgrammeKind
from sites.models import ImportMapping, ImportRun, Programme

_FACTORS: Final = (("1", "m"), ("1000", "km"))


class UploadForm(forms.Form):
    """A file, what its rows are, and the programme they belong to."""

    file = forms.FileField(
        label=_("File"), widget=forms.FileInput(attrs={"accept": ",".join(FORMATS)})
    )
    kind = forms.ChoiceField(label=_("What the rows are"))
    programme = forms.ModelChoiceField(
        Programme.objects.none(), label=_("Programme"), required=False, to_field_name="code"
    )

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds: list[tuple[str, Any]] = [*Kind.choices, (MIXED, _("As each row says (our export)"))]
        if scope.manages_register:
            kinds.append((AREAS, _("Areas (district, townships, villages)")))
        cast("forms.ChoiceField", self.fields["kind"]).choices = kinds
        programmes = cast("forms.ModelChoiceField[Programme]", self.fields["programme"])
        programmes.queryset = Programme.objects.visible_to(scope).filter(
            kind=ProgrammeKind.ENGINEERING
        )

    def clean(self) -> dict[str, Any]:
        """Ask for the programme where the rows can't say it themselves."""
        values: dict[str, Any] = super().clean() or {}
        kind = values.get("kind")
        if kind in Kind.values and not values.get("programme") and "programme" not in self.errors:
            self.add_error("programme", _("Choose the programme that the sites belong to."))
        return values


@dataclass(frozen=True, slots=True)
class MappingRow:
    """One line of the mapping table: a field of ours, the column chosen for it, its samples."""

    field: SiteField
    column: str
    factor: str
    samples: tuple[str, ...]

    @property
    def factors(self) -> tuple[tuple[str, str], ...]:
        """The units that the column may be in; empty where the field has only one."""
        return _FACTORS if self.field.factors else ()


def mapping_rows(run: ImportRun) -> list[MappingRow]:
    """Return the mapping table of a run, the fields that have a column first."""
    samples = run.seen.get("facts", {}).get("samples", {})
    rows: list[MappingRow] = []
    for entry in fields_of(run.kind or None):
        if not entry.writable:
            continue
        given = run.mapping.get(entry.name, "")
        column = given["column"] if isinstance(given, Mapping) else given
        factor = str(int(given["factor"])) if isinstance(given, Mapping) else "1"
        rows.append(MappingRow(entry, column, factor, tuple(samples.get(column, []))[:3]))
    return sorted(rows, key=lambda row: not row.column)


def mapping_of(data: QueryDict, run: ImportRun) -> dict[str, Any] | None:
    """Return the mapping that the form holds, None if it has no mapping table."""
    if "has_mapping" not in data:
        return None
    found: dict[str, Any] = {}
    for entry in fields_of(run.kind or None):
        column = data.get(f"map_{entry.name}", "")
        if not column or not entry.writable:
            continue
        if entry.factors:
            factor = 1000.0 if data.get(f"factor_{entry.name}") == "1000" else 1.0
            found[entry.name] = {"column": column, "factor": factor}
        else:
            found[entry.name] = column
    return found


def options_of(data: QueryDict) -> dict[str, str]:
    """Return the choices about the file that the form holds."""
    return {
        name: data.get(name, "").strip()[:120]
        for name in ("layer", "srid", "encoding", "axes", "source")
    }


def saved_mapping(run: ImportRun, identifier: str) -> dict[str, Any] | None:
    """Return a mapping that the run's owner saved for its kind, cut to the file's columns."""
    if not identifier.isdigit() and "-" not in identifier:
        return None
    saved = ImportMapping.objects.filter(owner=run.owner, kind=run.kind)
    found = next((mapping for mapping in saved if str(mapping.pk) == identifier), None)
    if found is None:
        return None
    columns = set(run.seen.get("facts", {}).get("fields", []))
    return {
        name: given
        for name, given in found.fields.items()
        if (given["column"] if isinstance(given, Mapping) else given) in columns
    }
