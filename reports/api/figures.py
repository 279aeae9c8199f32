"""Figures over HTTP: asked now, of an area and a period, with the identifiers behind them."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from reports.api.fields import ExactField, plain_text
from reports.figures import answer_of, context_of, identifiers_of, question_of
from reports.kinds import FigureUnit
from reports.models import FigureDefinition
from reports.periods import Period
from reports.queries import FigureAnswer
from sites.api.fields import StrictSerializer
from sites.api.paging import Key, Page, read_page, read_text
from sites.api.parameters import PAGING, one_day, refuse_unknown
from sites.api.resource import ApiView, Collection
from sites.api.schema import PAGING as PAGING_PARAMETERS
from sites.api.schema import collection, parameter
from sites.filter_values import AREA_CODE, matching, parsed, year_of
from sites.models import Area
from sites.problems import Problem, bad_parameter


class FigureDefinitionSerializer(StrictSerializer):
    """A figure: which question it asks, of which sites, and in which unit it is told."""

    key = serializers.CharField()
    name = serializers.CharField()
    name_en = serializers.CharField()
    query = serializers.CharField(help_text="The question that it asks.")
    basis = serializers.SerializerMethodField(help_text="What is counted, in words.")
    filter = serializers.CharField(help_text="Which sites, as the query of a list's address.")
    unit = serializers.ChoiceField(FigureUnit.choices)
    decimals = serializers.IntegerField()
    note = serializers.CharField()

    def get_basis(self, row: FigureDefinition) -> str:
        """Return what is counted."""
        return str(question_of(row).basis)


@extend_schema(tags=["figures"])
@collection("figure", FigureDefinitionSerializer)
class FigureCollection(Collection):
    """The figures that reports may name."""

    serializer_class = FigureDefinitionSerializer
    keys: ClassVar[Any] = (Key("key", read_text),)

    def rows(self) -> Any:
        """Return the figures that the caller may see."""
        return FigureDefinition.objects.visible_to(self.scope)


class FigureSitesSerializer(serializers.Serializer[Any]):
    """The sites behind a figure; `sha256` is over their identifiers in order, one a line."""

    count = serializers.IntegerField()
    sha256 = serializers.CharField()
    list_url = serializers.CharField(allow_null=True, help_text="Lists exactly these sites.")


class FigureMemberSerializer(serializers.Serializer[Any]):
    """One site and its part of the figure."""

    site = serializers.UUIDField()
    amount = ExactField()


class LiveFigureSerializer(serializers.Serializer[Any]):
    """A figure asked now: money in yuan, lengths in km, shares in percent; null: not defined."""

    key = serializers.CharField()
    name = serializers.CharField()
    name_en = serializers.CharField()
    query = serializers.CharField()
    unit = serializers.ChoiceField(FigureUnit.choices)
    value = ExactField(allow_null=True)
    numerator = ExactField(allow_null=True)
    denominator = ExactField(allow_null=True)
    mapped = ExactField(allow_null=True, help_text="The same quantity measured on the map.")
    area = serializers.CharField()
    period = serializers.CharField()
    as_of = serializers.DateField()
    sites = FigureSitesSerializer()
    items = FigureMemberSerializer(many=True)
    next_cursor = serializers.CharField(allow_null=True)
    next = serializers.CharField(allow_null=True)


class LiveFigure(ApiView):
    """One figure, asked now of what the caller may see."""

    @extend_schema(
        tags=["figures"],
        operation_id="figure_read",
        parameters=[
            parameter("area", "Code of an area; without it the caller's own."),
            parameter("year", "A year; without year and period this year."),
            parameter("period", "A year, half-year or month: 2026, 2026-H1 or 2026-06."),
            parameter("as_of", "The day for which is counted; without it today."),
            *PAGING_PARAMETERS,
        ],
        responses=LiveFigureSerializer,
    )
    def get(self, request: Request, key: str) -> Response:
        """Answer the figure and one page of the sites behind it with their amounts."""
        refuse_unknown(self.params, {"area", "year", "period", "as_of", *PAGING})
        definition = FigureDefinition.objects.visible_to(self.scope).get(key=key)
        area, period, as_of = self._area(), self._period(), self._as_of()
        context = context_of(area=area, period=period, as_of=as_of, scope=self.scope)
        answer = answer_of(definition, context)
        page = self._members(answer)
        identifiers = identifiers_of(answer)
        body = {
            "key": definition.key,
            "name": definition.name,
            "name_en": definition.name_en,
            "query": definition.query,
            "unit": definition.unit,
            **{
                name: plain_text(getattr(answer, name))
                for name in ("value", "numerator", "denominator", "mapped")
            },
            "area": area.code,
            "period": period.as_text(),
            "as_of": as_of.isoformat(),
            "sites": {
                "count": identifiers.count,
                "sha256": identifiers.sha256,
                "list_url": f"/sites/?{answer.link.to_query()}" if answer.link else None,
            },
            "items": [
                {"site": str(_site(row)), "amount": plain_text(row["amount"])} for row in page.rows
            ],
            **page.links(request),
        }
        return Response(body)

    def _members(self, answer: FigureAnswer) -> Page:
        if answer.members is None:
            read_page(FigureDefinition.objects.none(), (Key("pk", UUID),), self.params)
            return Page([], "")
        of_sites = answer.members.model._meta.model_name == "projectsite"
        column = "id" if of_sites else "site_id"
        rows = answer.members.values(column, "amount").filter(**{f"{column}__isnull": False})
        return read_page(rows, (Key(column, UUID),), self.params)

    def _area(self) -> Area:
        codes = matching(self.params, "area", AREA_CODE)
        wanted = codes[0] if codes else next(iter(self.scope.area_codes()), "")
        areas = Area.objects.visible_to(self.scope).order_by("-valid_from")
        if wanted:
            rows = areas.filter(code=wanted)
        else:
            rows = areas.filter(level="district").order_by("code")
        area: Area | None = rows.first()
        if area is None or len(codes) > 1:
            raise bad_parameter("area", "unknown_area", _("There is no such area."))
        return area

    def _period(self) -> Period:
        text = self.params.get("period", "")
        years = parsed(self.params, "year", year_of)
        if text and years:
            raise bad_parameter("period", "given_twice", _("Give a year or a period, not both."))
        if text:
            return Period.parse(text)
        return Period.of_year(years[0] if years else timezone.localdate().year)

    def _as_of(self) -> datetime.date:
        return one_day(self.params, "as_of") or timezone.localdate()


def _site(row: dict[str, Any]) -> Any:
    return row["id"] if "id" in row else row["site_id"]


def planner_only(scope: Any) -> None:
    """Raise `Problem` 403 for who is no planner."""
    if not scope.manages_register:
        raise Problem("forbidden")
