"""Choosing what an agreement covers: assets by filter, sections by route and chainage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from assets.chainage import Chainage, ChainageError, ChainageRange
from assets.filters import AssetFilter
from assets.kinds import AssetState
from assets.models import Asset
from maintenance.agreement_terms import ScopeTerm
from maintenance.kinds import UpkeepTask
from maintenance.models import Agreement, AgreementScope
from maintenance.services.agreement_scopes import stretch_words
from sites.access import Scope
from sites.filter_values import ParameterError, choices, single, yes_or_no
from sites.kinds import Kind, Visibility

OFFERED = 50
"""Assets that one page of the picker offers."""
FILTERS = ("kind", "route", "q", "area")
"""Parameters that the filter of assets reads."""


@dataclass(frozen=True, slots=True)
class Picking:
    """What is looked for: a filter of assets, a stretch of the route, a task, only what is free."""

    filter: AssetFilter
    texts: Mapping[str, str]
    stretch: ChainageRange | None = None
    task: str = UpkeepTask.ROUTINE
    is_free: bool = False
    after: str = ""

    @classmethod
    def from_query(cls, query: QueryDict) -> Self:
        """Read an address; raises `ParameterError` for the first parameter that is wrong."""
        texts = {name: single(query, name) for name in (*FILTERS, "from", "to")}
        tasks = choices(query, "task", UpkeepTask.values)
        return cls(
            filter=AssetFilter.from_query({name: texts[name] for name in FILTERS}),
            texts=texts,
            stretch=_stretch(texts["from"], texts["to"]),
            task=tasks[0] if tasks else UpkeepTask.ROUTINE,
            is_free=bool(yes_or_no(query, "free")),
            after=single(query, "after"),
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing is looked for yet."""
        return not any(self.texts.values()) and not self.is_free

    def query(self, after: str = "") -> str:
        """Return the address's query for the page after an asset's code."""
        pairs = [(name, text) for name, text in self.texts.items() if text]
        pairs += [("task", self.task)] + ([("free", "1")] if self.is_free else [])
        return urlencode(pairs + ([("after", after)] if after else []), safe=",:+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An asset that can be chosen, the stretch that is proposed, and who covers it already."""

    asset: Any
    stretch: ChainageRange | None
    covered_by: tuple[str, ...]
    is_chosen: bool


def candidates(scope: Scope, agreement: Agreement, asked: Picking) -> tuple[list[Candidate], str]:
    """Return the assets that are looked for in the agreement's area, and the next page's beginning.

    Four statements, however many there are.
    """
    assets = asked.filter.apply(Asset.objects.visible_to(scope)).within(agreement.area_code)
    assets = assets.exclude(state=AssetState.DECOMMISSIONED).exclude(kind=Kind.HOUSING)
    assets = assets.exclude(visibility=Visibility.RESTRICTED)
    if asked.stretch:
        assets = assets.filter(
            road_section__start_m__lt=asked.stretch.end_m,
            road_section__end_m__gt=asked.stretch.start_m,
        )
    if asked.is_free:
        assets = assets.exclude(Exists(_others(agreement, asked.task).filter(asset=OuterRef("pk"))))
    if asked.after:
        assets = assets.filter(code__gt=asked.after)
    rows = list(
        assets.select_related("road_section__route", "area")
        .defer("geometry", "geometry_3857", "outline_3857", "search_text", "area__boundary")
        .order_by("code")[: OFFERED + 1]
    )
    shown = rows[:OFFERED]
    found = _candidates(scope, agreement, asked, shown)
    return found, shown[-1].code if len(rows) > OFFERED else ""


def _candidates(
    scope: Scope, agreement: Agreement, asked: Picking, assets: Sequence[Any]
) -> list[Candidate]:
    keys = [asset.pk for asset in assets]
    chosen = set(
        agreement.scopes.filter(asset_id__in=keys, task=asked.task).values_list(
            "asset_id", flat=True
        )
    )
    others: dict[UUID, list[str]] = {}
    standing = _others(agreement, asked.task).filter(asset_id__in=keys)
    known = Agreement.objects.visible_to(scope).filter(pk__in=standing.values("agreement_id"))
    seen = set(known.values_list("pk", flat=True))
    for row in standing.select_related("agreement").order_by("start_m"):
        number = row.agreement.number if row.agreement_id in seen else _("another agreement")
        others.setdefault(row.asset_id, []).append(f"{number} ({stretch_words(row)})")
    return [
        Candidate(
            asset,
            _proposed(asset, asked.stretch),
            tuple(others.get(asset.pk, ())),
            asset.pk in chosen,
        )
        for asset in assets
    ]


def _others(agreement: Agreement, task: str) -> Any:
    """Return what other binding agreements cover for the task within this one's term."""
    rows = AgreementScope.objects.filter(
        is_binding=True,
        task=task,
        valid_from__lte=agreement.ends_on,
        valid_to__gte=agreement.starts_on,
    )
    return rows.filter(~Q(agreement=agreement), ~Q(agreement=agreement.renews_id))


def _proposed(asset: Any, stretch: ChainageRange | None) -> ChainageRange | None:
    section = getattr(asset, "road_section", None)
    if section is None:
        return None
    whole = ChainageRange(section.start_m, section.end_m)
    return whole.intersection(stretch) if stretch else whole


def _stretch(start: str, end: str) -> ChainageRange | None:
    if not (start or end):
        return None
    try:
        first = Chainage.parse(start) if start else Chainage(Decimal(0))
        last = Chainage.parse(end) if end else Chainage(Decimal(1_000_000))
        return ChainageRange.between(first, last)
    except ChainageError as error:
        raise ParameterError("from" if start else "to", error.code, error.reason) from error


class PickingError(ValueError):
    """What was chosen cannot be read: one sentence a row."""

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__("; ".join(sentences))
        self.sentences = list(sentences)


def standing_terms(agreement: Agreement) -> dict[UUID, ScopeTerm]:
    """Return what the agreement covers now, by the identifiers of its rows."""
    rows = AgreementScope.objects.filter(agreement=agreement).select_related("asset")
    rows = rows.defer("asset__geometry", "asset__geometry_3857", "asset__outline_3857")
    return {
        row.pk: ScopeTerm(
            row.asset, row.task, row.start_m, row.end_m, row.keeper_name, row.keeper_phone
        )
        for row in rows.order_by("asset__code", "start_m")
    }


def chosen_terms(scope: Scope, data: QueryDict) -> list[ScopeTerm]:
    """Return the assets that were ticked as terms; raises `PickingError` with every bad chainage.

    A road's stretch that is left empty means the whole section.
    """
    keys = [UUID(text) for text in data.getlist("asset") if _is_key(text)][:OFFERED]
    assets = Asset.objects.visible_to(scope).select_related("road_section").in_bulk(keys)
    terms, wrong = [], []
    for key in keys:
        asset = assets.get(key)
        if asset is None:
            continue
        try:
            stretch = _given(asset, data.get(f"from_{key}", ""), data.get(f"to_{key}", ""))
        except ChainageError as error:
            wrong.append(f"{asset.label}: {error.reason}")
            continue
        terms.append(
            ScopeTerm(
                asset=asset,
                task=data.get("task", UpkeepTask.ROUTINE),
                start_m=stretch.start_m if stretch else None,
                end_m=stretch.end_m if stretch else None,
                keeper_name=data.get("keeper_name", "").strip()[:60],
                keeper_phone=data.get("keeper_phone", "").strip()[:30],
            )
        )
    if wrong:
        raise PickingError(wrong)
    return terms


def _given(asset: Any, start: str, end: str) -> ChainageRange | None:
    """Return the stretch that was written; None for all of a section and for other assets."""
    if asset.kind != Kind.ROAD or not (start.strip() or end.strip()):
        return None
    stretch = ChainageRange.between(Chainage.parse(start), Chainage.parse(end))
    section = asset.road_section
    return None if (stretch.start_m, stretch.end_m) == (section.start_m, section.end_m) else stretch


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
