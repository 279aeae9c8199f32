"""Values that phones send, in words: units, words for codes, names in place of identifiers.

Names are looked up in what the reader may see, so that an entry that names somebody else's record
tells its sender nothing about it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final
from uuid import UUID

from django.contrib.gis.geos import GEOSGeometry
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from assets.chainage import Chainage, ChainageError
from assets.kinds import PhotoStage
from assets.models import Asset
from field.body_fields import (
    METRES,
    PHOTOS,
    PLACES,
    RECORDS,
    TIMES,
    codes_of,
    geometry_of,
)
from maintenance.kinds import QuantityUnit
from maintenance.models import (
    Agreement,
    ChecklistItem,
    Inspection,
    MaintenanceLog,
    Patrol,
    PatrolPlan,
    UpkeepStandard,
    WorkOrder,
)
from sites.access import Scope
from sites.formatting import NOTHING, moment, plain
from sites.models import Organisation

LONGEST: Final = 400
"""Characters of a value that a page shows; the download has all of it."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A value in words, with a link where it names a record, and what of it can be drawn."""

    text: str
    address: str = ""
    geometry: GEOSGeometry | None = None


def _linked(page: str, words: Callable[[Any], str]) -> Callable[[Any], Shown]:
    """Return what shows a record by its words, with a link to its page."""
    return lambda row: Shown(words(row), reverse(f"maintenance:{page}", args=[row.pk]))


_asset = _linked("asset-detail", lambda row: f"{row.label} ({row.code})")
_order = _linked("order-detail", lambda row: f"#{row.number} {row.title}")
_agreement = _linked("agreement-detail", lambda row: f"{row.number} {row.name}")
_log = _linked("log-detail", lambda row: f"{row.get_task_display()} · {moment(row.device_time)}")
_inspection = _linked(
    "inspection-detail", lambda row: f"{row.get_kind_display()} · {moment(row.inspected_at)}"
)
_NAMED: Final[Mapping[str, tuple[Any, tuple[str, ...], Callable[[Any], Shown]]]] = {
    "asset": (Asset, ("code", "name", "name_en"), _asset),
    "order": (WorkOrder, ("number", "title"), _order),
    "agreement": (Agreement, ("number", "name"), _agreement),
    "standard": (UpkeepStandard, ("name", "name_en"), lambda row: Shown(row.label)),
    "plan": (PatrolPlan, ("name",), lambda row: Shown(row.name)),
    "patrol": (
        Patrol,
        ("kind", "started_at"),
        lambda row: Shown(f"{row.get_kind_display()} · {moment(row.started_at)}"),
    ),
    "organisation": (Organisation, ("name", "name_en"), lambda row: Shown(row.label)),
    "log": (MaintenanceLog, ("task", "device_time"), _log),
    "inspection": (Inspection, ("kind", "inspected_at"), _inspection),
}
"""For each field that names a record: the model, the columns of its name, and the name."""


class Names:
    """Names of the records that some bodies mention, each model asked once."""

    def __init__(self, entity: str, bodies: Iterable[Mapping[str, Any]], scope: Scope) -> None:
        self.entity = entity
        wanted: dict[str, set[UUID]] = {}
        items: set[UUID] = set()
        for body in bodies:
            for field in RECORDS & body.keys():
                if key := _key(body[field]):
                    wanted.setdefault(self._source(field), set()).add(key)
            items |= {k for answer in _answers(body) if (k := _key(answer.get("item")))}
        self.found = {source: _named(source, keys, scope) for source, keys in wanted.items()}
        self.items = _questions(items)

    def name(self, field: str, value: Any) -> Shown:
        """Return the name of the record that a field mentions."""
        key = _key(value)
        named = self.found.get(self._source(field), {}).get(key) if key else None
        return named or Shown(
            _("A record that is not known here: %(key)s") % {"key": _short(value)}
        )

    def _source(self, field: str) -> str:
        return self.entity if field == "corrects" and self.entity in _NAMED else field


def shown(names: Names, field: str, value: Any) -> Shown:
    """Return a value of a field in words; whatever it is, something is shown."""
    if value in (None, "", [], {}):
        return Shown(NOTHING)
    if field in RECORDS:
        return names.name(field, value)
    codes = codes_of(names.entity, field)
    if codes is not None and isinstance(value, str) and value in codes.values:
        return Shown(str(codes(value).label))
    if field in PLACES:
        return _place(value)
    if field in PHOTOS and isinstance(value, list):
        return Shown(_photos(value))
    if field == "done" and isinstance(value, list):
        return Shown(_done(value))
    if field == "answers" and isinstance(value, list):
        return Shown(_answers_in_words(names, value))
    return Shown(_written(field, value))


def _written(field: str, value: Any) -> str:
    if field in TIMES and isinstance(value, str):
        return _moment(value)
    if field == "chainage_m":
        return _chainage(value)
    if field in METRES and _is_number(value):
        return _("%(number)s m") % {"number": plain(round(Decimal(str(value)), 1))}
    if _is_number(value):
        return plain(Decimal(str(value)))
    return _short(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _moment(text: str) -> str:
    try:
        time = parse_datetime(text)
    except ValueError:
        time = None
    if time is None or time.tzinfo is None or not 1900 < time.year < 9000:
        return _short(text)
    # To the second: two entries of one minute must not look alike.
    return f"{moment(time)}:{time:%S}"


def _chainage(value: Any) -> str:
    try:
        return str(Chainage(Decimal(str(value))))
    except (ChainageError, InvalidOperation):
        return _short(value)


def _place(value: Any) -> Shown:
    geometry: Any = geometry_of(value)
    if geometry is None:
        return Shown(_short(value))
    if geometry.geom_type == "Point":
        return Shown(f"{geometry.x:.6f}, {geometry.y:.6f}", geometry=geometry)
    number = len(geometry)
    words = ngettext("a line of %(number)s point", "a line of %(number)s points", number)
    return Shown(words % {"number": number}, geometry=geometry)


def _photos(value: list[Any]) -> str:
    """Return how many photos there are, and of which stage of the work."""
    number = ngettext("%(number)s photo", "%(number)s photos", len(value)) % {"number": len(value)}
    given = [p.get("stage") for p in value if isinstance(p, dict)]
    stages = [
        f"{PhotoStage(stage).label} {given.count(stage)}"
        for stage in PhotoStage.values
        if stage in given
    ]
    return f"{number} ({', '.join(stages)})" if stages else number


def _done(value: list[Any]) -> str:
    """Return each quantity in a line: its number, its item where it is told, and the amount."""
    lines = []
    for entry in value[:200]:
        given = entry if isinstance(entry, dict) else {}
        unit = given.get("unit")
        words = [
            f"{_short(given.get('position', ''))}.",
            _short(given.get("item") or ""),
            NOTHING if given.get("done") is None else _written("done", given["done"]),
            str(QuantityUnit(unit).label) if unit in QuantityUnit.values else "",
        ]
        lines.append(" ".join(word for word in words if word))
    return "\n".join(lines)


def _answers(body: Mapping[str, Any]) -> list[dict[str, Any]]:
    answers = body.get("answers")
    return [a for a in answers if isinstance(a, dict)] if isinstance(answers, list) else []


def _answers_in_words(names: Names, value: list[Any]) -> str:
    lines = []
    for answer in value[:200]:
        given = answer if isinstance(answer, dict) else {}
        key = _key(given.get("item"))
        question = names.items.get(key) if key else None
        result = shown(names, "result", given.get("result")).text
        note = f" · {_short(given['note'])}" if given.get("note") else ""
        lines.append(f"{question or _('A question that is not known here')}: {result}{note}")
    return "\n".join(lines)


def _named(source: str, keys: set[UUID], scope: Scope) -> dict[UUID, Shown]:
    if source not in _NAMED:
        return {}
    model, columns, words = _NAMED[source]
    rows = model.objects.visible_to(scope).filter(pk__in=keys).only("pk", *columns)
    return {row.pk: words(row) for row in rows}


def _questions(keys: set[UUID]) -> dict[UUID, str]:
    if not keys:
        return {}
    english = get_language() == "en"
    rows = ChecklistItem.objects.filter(pk__in=keys)
    return {row.pk: (row.text_en if english else "") or row.text for row in rows}


def _key(value: Any) -> UUID | None:
    try:
        return UUID(value) if isinstance(value, str) and len(value) <= 45 else None
    except ValueError:
        return None


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} …"
