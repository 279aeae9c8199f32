"""What an agreement covers: stretches inside their sections, and no metre twice for one task."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations
from uuid import UUID

from django.utils.translation import gettext as _

from assets.chainage import ChainageError, ChainageRange
from assets.kinds import AssetState
from assets.models import RoadSection
from maintenance.agreement_terms import ScopeTerm
from maintenance.kinds import AgreementState, UpkeepTask
from maintenance.models import Agreement, AgreementScope
from maintenance.services.agreement_parts import Problems, refuse
from sites.access import Scope
from sites.kinds import Kind, Visibility

MOST_SCOPES = 5000
"""Rows that one agreement may have: our bound, so that a page and a request stay in hand."""
OVERLAP = "agreement_scope_no_overlap"
END = Decimal(10_000_000)
"""Beyond every chainage: the end of a whole asset."""


def replace_scopes(agreement: Agreement, terms: Sequence[ScopeTerm], *, scope: Scope) -> None:
    """Write what the agreement covers; rows that stay keep their identity and their history.

    Raises `RefusedByRegister` with every stretch that lies outside its section or the
    agreement's area, or that another agreement covers.
    """
    sections = _sections(terms)
    refuse(term_problems(agreement, terms, sections))
    wanted = {term.key: term for term in terms}
    standing = list(AgreementScope.objects.filter(agreement=agreement))
    for row in standing:
        term = wanted.pop((row.asset_id, row.task, row.start_m, row.end_m), None)
        if term is None:
            row.delete()
        elif (row.keeper_name, row.keeper_phone) != (term.keeper_name, term.keeper_phone):
            row.keeper_name, row.keeper_phone = term.keeper_name, term.keeper_phone
            row.save(update_fields=["keeper_name", "keeper_phone"])
    AgreementScope.objects.bulk_create(
        [_row(agreement, term, sections) for term in wanted.values()], batch_size=500
    )
    refuse(overlap_problems(agreement, scope))


def _row(
    agreement: Agreement, term: ScopeTerm, sections: Mapping[UUID, RoadSection]
) -> AgreementScope:
    return AgreementScope(
        agreement=agreement,
        asset=term.asset,
        task=term.task,
        start_m=term.start_m,
        end_m=term.end_m,
        length_m=_length(term, sections.get(term.asset.pk)),
        keeper_name=term.keeper_name,
        keeper_phone=term.keeper_phone,
        valid_from=agreement.starts_on,
        valid_to=agreement.ends_on,
    )


def _sections(terms: Iterable[ScopeTerm]) -> dict[UUID, RoadSection]:
    roads = {term.asset.pk for term in terms if term.asset.kind == Kind.ROAD}
    return RoadSection.objects.in_bulk(roads) if roads else {}


def _length(term: ScopeTerm, section: RoadSection | None) -> Decimal | None:
    """Return the metres that a price per km counts: by chainage, the section's for all of it."""
    if term.start_m is not None and term.end_m is not None:
        return term.end_m - term.start_m
    return section.end_m - section.start_m if section else None


def term_problems(
    agreement: Agreement, terms: Sequence[ScopeTerm], sections: Mapping[UUID, RoadSection]
) -> Problems:
    """Return what is wrong with stretches in themselves and among each other."""
    if len(terms) > MOST_SCOPES:
        sentence = _("An agreement covers at most %(limit)s stretches.") % {"limit": MOST_SCOPES}
        return [("scopes", "too_many_values", sentence)]
    problems: Problems = []
    for place, term in enumerate(terms):
        for code, sentence in _asset_problems(agreement, term):
            problems.append((f"scopes.{place}.asset", code, sentence))
        for code, sentence in _stretch_problems(term, sections.get(term.asset.pk)):
            problems.append((f"scopes.{place}", code, sentence))
    return problems or _problems_among(terms)


def _asset_problems(agreement: Agreement, term: ScopeTerm) -> Iterator[tuple[str, str]]:
    asset = term.asset
    if not asset.area_code.startswith(agreement.area.code):
        yield (
            "outside_area",
            _("“%(asset)s” does not lie in the agreement's area.") % {"asset": asset.label},
        )
    if asset.state == AssetState.DECOMMISSIONED:
        yield (
            "asset_decommissioned",
            _("“%(asset)s” is decommissioned.") % {"asset": asset.label},
        )
    if asset.visibility == Visibility.RESTRICTED or asset.kind == Kind.HOUSING:
        yield (
            "asset_restricted",
            _("Houses and restricted assets are not given into upkeep."),
        )


def _stretch_problems(term: ScopeTerm, section: RoadSection | None) -> Iterator[tuple[str, str]]:
    if term.task not in UpkeepTask.values:
        yield "unknown_value", _("There is no such task.")
    if term.start_m is None and term.end_m is None:
        return
    if section is None:
        yield "no_chainage", _("Only a road section has chainage.")
        return
    try:
        stretch = _range(term)
    except ChainageError as error:
        yield error.code, error.reason
        return
    whole = ChainageRange(section.start_m, section.end_m)
    if not whole.covers(stretch):
        yield (
            "outside_section",
            _("%(stretch)s does not lie in the section %(section)s.")
            % {"stretch": stretch, "section": whole},
        )


def _range(term: ScopeTerm) -> ChainageRange:
    if term.start_m is None or term.end_m is None:
        raise ChainageError("stretch_form", _("Give both ends of a stretch, or none."))
    return ChainageRange(term.start_m, term.end_m)


def _problems_among(terms: Sequence[ScopeTerm]) -> Problems:
    by_task: dict[tuple[UUID, str], list[tuple[int, ScopeTerm]]] = defaultdict(list)
    for place, term in enumerate(terms):
        by_task[term.asset.pk, term.task].append((place, term))
    sentence = _("“%(asset)s” is covered twice for the same task: %(stretch)s.")
    return [
        (
            f"scopes.{place}",
            OVERLAP,
            sentence % {"asset": term.asset.label, "stretch": stretch_words(term)},
        )
        for group in by_task.values()
        for (_first, other), (place, term) in combinations(group, 2)
        if _meet(other, term)
    ]


def _meet(one: ScopeTerm | AgreementScope, other: ScopeTerm | AgreementScope) -> bool:
    first, second = (_bounds(scope) for scope in (one, other))
    return first[0] < second[1] and second[0] < first[1]


def _bounds(scope: ScopeTerm | AgreementScope) -> tuple[Decimal, Decimal]:
    if scope.start_m is None or scope.end_m is None:
        return Decimal(0), END
    return scope.start_m, scope.end_m


def stretch_words(scope: ScopeTerm | AgreementScope) -> str:
    """Return a stretch as K0+000–K1+200, or that the whole asset is meant."""
    if scope.start_m is None or scope.end_m is None:
        return _("the whole asset")
    return str(ChainageRange(scope.start_m, scope.end_m))


def overlap_problems(agreement: Agreement, scope: Scope) -> Problems:
    """Return which stretches other binding agreements cover for the same task and days.

    The signed agreement that this one renews does not count: it will end the day before. The
    other's number is named only to who may see it; its stretch is public on the ground.
    """
    own = list(AgreementScope.objects.filter(agreement=agreement).select_related("asset"))
    others = AgreementScope.objects.filter(
        asset_id__in={row.asset_id for row in own},
        is_binding=True,
        valid_from__lte=agreement.ends_on,
        valid_to__gte=agreement.starts_on,
    ).exclude(agreement_id=agreement.pk)
    if agreement.renews_id:
        others = others.exclude(
            agreement_id=agreement.renews_id, agreement__state=AgreementState.SIGNED
        )
    by_task: dict[tuple[UUID, str], list[AgreementScope]] = defaultdict(list)
    for row in others.order_by("asset_id", "start_m"):
        by_task[row.asset_id, row.task].append(row)
    met = [
        (row, other)
        for row in own
        for other in by_task[row.asset_id, row.task]
        if _meet(row, other)
    ]
    numbers = _numbers_seen(scope, {other.agreement_id for _row, other in met})
    return [
        ("scopes", OVERLAP, _overlap_words(row, other, numbers.get(other.agreement_id)))
        for row, other in met
    ]


def _numbers_seen(scope: Scope, agreements: set[UUID]) -> dict[UUID, str]:
    if not agreements:
        return {}
    seen = Agreement.objects.visible_to(scope).filter(pk__in=agreements)
    return dict(seen.values_list("pk", "number"))


def _overlap_words(row: AgreementScope, other: AgreementScope, number: str | None) -> str:
    values = {"asset": row.asset.label, "stretch": _shared_words(row, other)}
    if number is None:
        return (
            _("“%(asset)s”, %(stretch)s: another agreement covers this for the same task and time.")
            % values
        )
    return _(
        "“%(asset)s”, %(stretch)s: agreement %(number)s covers this for the same task and time."
    ) % {**values, "number": number}


def _shared_words(row: AgreementScope, other: AgreementScope) -> str:
    start = max(_bounds(row)[0], _bounds(other)[0])
    end = min(_bounds(row)[1], _bounds(other)[1])
    return _("the whole asset") if end == END else str(ChainageRange(start, end))
