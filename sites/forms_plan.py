"""Forms of a site's plan: its milestones row by row, and the points of its planned curve."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from sites.forms import DayInput
from sites.kinds import MilestoneKind
from sites.models import Milestone, Organisation, PlannedProgress
from sites.progress_curve import Point
from sites.services import PlannedMilestone
from sites.services.milestones import MOST_POINTS

EMPTY_POINTS: Final = 4


class MilestoneRow(forms.Form):
    """One milestone: when it is due, when it was done, and who answers for it."""

    due_on = forms.DateField(label=_("Due"), required=False, widget=DayInput())
    done_on = forms.DateField(label=_("Done"), required=False, widget=DayInput())
    responsible = forms.ChoiceField(label=_("Responsible unit"), required=False)

    def __init__(
        self, data: Mapping[str, Any] | None, *, kind: MilestoneKind, units: Any, initial: Any
    ) -> None:
        super().__init__(data, prefix=kind.value, initial=initial)
        self.kind = kind
        self.fields["responsible"].choices = units  # type: ignore[attr-defined]


class MilestonesForm:
    """A row for each kind of milestone; a row without dates stands for no milestone."""

    def __init__(
        self,
        standing: Iterable[Milestone],
        organisations: Iterable[Organisation],
        data: Mapping[str, Any] | None = None,
    ) -> None:
        self.organisations = {str(unit.pk): unit for unit in organisations}
        units = [("", "—"), *((key, unit.label) for key, unit in self.organisations.items())]
        by_kind = {row.kind: row for row in standing}
        self.rows = [
            MilestoneRow(data, kind=kind, units=units, initial=_first(by_kind.get(kind)))
            for kind in MilestoneKind
        ]

    def is_valid(self) -> bool:
        """Whether every row can be read; each is, so that all problems are told at once."""
        read = [row.is_valid() for row in self.rows]
        return all(read)

    def plan(self) -> list[PlannedMilestone]:
        """Return the milestones that have a date or a unit."""
        found = []
        for row in self.rows:
            values = row.cleaned_data
            if any(values.values()):
                unit = self.organisations.get(values["responsible"])
                found.append(PlannedMilestone(row.kind, values["due_on"], values["done_on"], unit))
        return found

    def refuse(self, errors: Iterable[tuple[str, str, str]]) -> None:
        """Say beside each milestone why the service refused it."""
        for kind, _code, text in errors:
            row = next((row for row in self.rows if row.kind == kind), self.rows[0])
            row.add_error(None, text)


class PointRow(forms.Form):
    """One point of the planned curve; an empty row is no point."""

    on = forms.DateField(label=_("Day"), required=False, widget=DayInput())
    percent = forms.DecimalField(
        label=_("Planned progress (%)"),
        required=False,
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
    )

    def clean(self) -> dict[str, Any]:
        """A point has both a day and a percentage."""
        values: dict[str, Any] = super().clean() or {}
        if not self.errors and (values.get("on") is None) != (values.get("percent") is None):
            raise forms.ValidationError(_("Give both the day and the percentage."), code="half")
        return values


PointRows = forms.formset_factory(
    PointRow, extra=EMPTY_POINTS, max_num=MOST_POINTS, absolute_max=MOST_POINTS + EMPTY_POINTS
)


def point_rows(standing: Iterable[PlannedProgress], data: Any = None) -> Any:
    """Return the form of a curve's points."""
    initial = [{"on": row.on, "percent": row.percent} for row in standing]
    return PointRows(data, initial=None if data else initial, prefix="points")


def points_of(rows: Any) -> list[Point]:
    """Return the points of a valid form."""
    given = (row.cleaned_data for row in rows.forms)
    return [Point(values["on"], values["percent"]) for values in given if values.get("on")]


def _first(milestone: Milestone | None) -> dict[str, Any]:
    if milestone is None:
        return {}
    return {
        "due_on": milestone.due_on,
        "done_on": milestone.done_on,
        "responsible": str(milestone.responsible_id or ""),
    }
