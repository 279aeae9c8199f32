"""Facts for the evaluation over HTTP: numbers, and the identifiers behind each."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from oversight.standing import members_of, standing_rows
from oversight.standing_facts import FACTS, Fact
from oversight.standing_members import members
from oversight.standing_period import STANDING_PARAMETERS, StandingQuestion
from sites.api.fields import StrictSerializer
from sites.api.paging import BY_ID, read_page
from sites.api.parameters import PAGING, refuse_unknown
from sites.api.resource import ApiView
from sites.api.schema import PAGING as PAGING_PARAMETERS
from sites.api.schema import page_of, parameter
from sites.filter_values import AREA_CODE, yes_or_no
from sites.problems import Problem, bad_parameter


class MeasureSerializer(StrictSerializer):
    """A fact: `good` of `total`; cases are counted by level instead and have no per cent."""

    fact = serializers.ChoiceField([(code, code) for code in FACTS])
    total = serializers.IntegerField()
    good = serializers.IntegerField(allow_null=True)
    percent = serializers.DecimalField(max_digits=5, decimal_places=1, allow_null=True)
    levels = serializers.DictField(child=serializers.IntegerField())


class StandingRowSerializer(StrictSerializer):
    """A township by its code or a body by its identifier, with every fact."""

    place = serializers.IntegerField()
    key = serializers.CharField()
    name = serializers.CharField()
    facts = MeasureSerializer(many=True)


class StandingSerializer(StrictSerializer):
    """The table in the order asked for; facts only, for weights come with the evaluation."""

    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    sorted_by = serializers.CharField()
    note = serializers.CharField()
    items = StandingRowSerializer(many=True)


class StandingMemberSerializer(StrictSerializer):
    """One record behind a number."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    due_on = serializers.DateField(allow_null=True)
    is_good = serializers.BooleanField()


_PARAMETERS = [parameter(name, words) for name, words in STANDING_PARAMETERS.items()]


class StandingResource(ApiView):
    """Who may ask: the office and evaluators, within their areas."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse people without an area; what they see of it is in `visible_to`."""
        super().initial(request, *args, **kwargs)
        if not (self.scope.everything or self.scope.area_codes()):
            raise Problem("forbidden")

    def question(self) -> StandingQuestion:
        """Return what the address asks."""
        return StandingQuestion.from_query(self.params, today=timezone.localdate())


class Standing(StandingResource):
    """The table."""

    @extend_schema(
        tags=["standing"],
        operation_id="standing",
        parameters=_PARAMETERS,
        responses=StandingSerializer,
    )
    def get(self, request: Request) -> Response:
        """Answer every township or body with its facts, ordered by one of them."""
        refuse_unknown(self.params, STANDING_PARAMETERS)
        question = self.question()
        asked = question.asked(self.scope, today=timezone.localdate())
        rows = standing_rows(asked, by=question.by, sort=question.sort)
        body = {
            "starts_on": question.starts_on,
            "ends_on": question.ends_on,
            "sorted_by": question.sort,
            "note": _(
                "These are facts and no score: how much each weighs is set with the scheme of "
                "the evaluation."
            ),
            "items": [
                {"place": place, "key": row.key, "name": row.name, "facts": _facts(row.measures)}
                for place, row in enumerate(rows, 1)
            ],
        }
        return Response(dict(StandingSerializer(body).data))


class StandingMembers(StandingResource):
    """The records behind one number."""

    @extend_schema(
        tags=["standing"],
        operation_id="standing_member_list",
        parameters=[
            *_PARAMETERS,
            parameter("key", "The township's code or the body's identifier; all without it."),
            parameter("good", "1 for those of the numerator, 0 for the others."),
            *PAGING_PARAMETERS,
        ],
        responses=page_of(StandingMemberSerializer, features=False),
    )
    def get(self, request: Request, fact: str) -> Response:
        """Answer one page of identifiers."""
        if fact not in FACTS:
            raise Problem("not_found")
        refuse_unknown(self.params, {*STANDING_PARAMETERS, "key", "good"} | PAGING)
        question, chosen = self.question(), FACTS[fact]
        asked = question.asked(self.scope, today=timezone.localdate())
        given: dict[str, Any] = {"fact": chosen, "by": question.by, "key": self._key(question)}
        rows = members_of(asked, good=self._good(chosen), **given)
        page = read_page(rows, BY_ID, self.params)
        found = members(page.rows, members_of(asked, good=True, **given))
        items = [dict(StandingMemberSerializer(member).data) for member in found]
        return Response({"items": items, **page.links(request)})

    def _good(self, fact: Fact) -> bool | None:
        return None if fact.fewer_is_better else yes_or_no(self.params, "good")

    def _key(self, question: StandingQuestion) -> str:
        key = self.params.get("key", "")
        try:
            if key and question.by == "organisation":
                return str(UUID(key))
        except ValueError as error:
            sentence = _("Give an identifier.")
            raise bad_parameter("key", "bad_form", sentence) from error
        if key and not AREA_CODE.fullmatch(key):
            raise bad_parameter("key", "bad_form", _("Give the code of a township."))
        return key


def _facts(measures: Any) -> list[dict[str, Any]]:
    return [
        {
            "fact": code,
            "total": measure.total,
            "good": None if FACTS[code].fewer_is_better else measure.good,
            "percent": measure.percent,
            "levels": measure.levels,
        }
        for code, measure in measures.items()
    ]
