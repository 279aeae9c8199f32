"""Upkeep coverage as an indicator: the managed assets out of those to keep up."""

from __future__ import annotations

import hashlib
from decimal import Decimal

import shapely
from django.contrib.gis.db.models.functions import AsWKB, PointOnSurface
from django.http import QueryDict

from assets.filters import AssetFilter
from assets.models import Asset
from maintenance.upkeep_coverage import upkeep_coverage
from maintenance.upkeep_gaps import PARTS, to_be_managed
from maps.coverage.measures.question import Question
from maps.coverage.outcome import MOST_GAPS, Gap, Outcome
from sites.access import Scope


def upkeep(question: Question) -> Outcome:
    """Return the managed assets by township, and those that lack something."""
    chosen = _filter(question)
    outcome, hashed = Outcome(), hashlib.sha256()
    for row in upkeep_coverage(Scope.internal(), chosen).by_township():
        managed, every = row.managed.assets, row.every.assets
        outcome.add(row.township_code, Decimal(managed), Decimal(every))
        hashed.update(f"{row.township_code}{managed}/{every}".encode())
        outcome.counts["assets"] += every
        outcome.counts["assets_not_managed"] += every - managed
    outcome.digests.append(hashed.hexdigest())
    outcome.gaps = _gaps(question, chosen)
    return outcome


def _filter(question: Question) -> AssetFilter:
    query = QueryDict(mutable=True)
    query["area"] = question.code
    query["kind"] = ",".join(question.values["kinds"])
    read = AssetFilter.from_query(query)
    return AssetFilter(read.given, question.as_of)


def _gaps(question: Question, chosen: AssetFilter) -> list[Gap]:
    rows = chosen.apply(Asset.objects.visible_to(Scope.internal())).filter(to_be_managed())
    managed = rows
    for part in PARTS.values():
        managed = managed.filter(part(question.as_of))
    lacking = rows.exclude(pk__in=managed.order_by().values("pk"))
    placed = lacking.annotate(wkb=AsWKB(PointOnSurface("geometry"))).order_by("township_code", "pk")
    return [
        Gap(shapely.force_2d(shapely.from_wkb(bytes(wkb))), Decimal(1), name, township)
        for wkb, name, township in placed.values_list("wkb", "name", "township_code")[:MOST_GAPS]
    ]
