"""An entry that was set aside beside what the register holds, field by field, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from field.body_fields import UNSAID, field_at, flat, in_order, label_of
from field.body_words import Names, Shown, shown
from field.standing_values import standing_record, values_of, version_of
from maintenance.kinds import FieldEntity, SetAsideCause
from maintenance.set_aside_errors import errors_told
from sites.access import Scope
from sites.drawing import Drawing, Shape, drawing

FOLLOWS: Final[Mapping[str, str]] = {"chainage_m": "geometry", "done": "state"}
"""A field that follows another one's choice: both say where something is, or what was done."""
FILLED_IN: Final = frozenset({"asset", "agreement", "organisation", "chainage_m", "source"})
"""What the register fills in itself, so that a phone that does not say it means no other value."""


@dataclass(frozen=True, slots=True)
class Row:
    """One field: what the register holds now, what the phone sent, and what the phone had seen.

    `office` is None where the register holds nothing of the kind; `is_choice` where an officer
    has to say which of both holds; `follows` names the field whose choice decides this one.
    """

    name: str
    label: str
    office: Shown | None
    phone: Shown
    base: Shown | None
    differs: bool
    is_choice: bool
    follows: str
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The fields of an entry, the record that they concern, and a picture where places differ."""

    rows: tuple[Row, ...]
    record: Any
    version: int | None
    has_office: bool
    has_base: bool
    is_changed_since: bool
    picture: Drawing | None
    general: tuple[str, ...]
    """What was wrong with the whole and with no field of it."""


def side_by_side(entry: Any, scope: Scope) -> SideBySide:
    """Return an entry beside the record, both as far as the viewer may see them."""
    record = standing_record(entry.entity, entry.entity_id, scope)
    office = values_of(entry.entity, record) if record is not None else {}
    phone, base = _phone_and_base(entry)
    names = Names(entry.entity, [phone, office, base], scope)
    wrong = _wrong(entry)
    fields = _fields(entry, phone, office)
    version = version_of(record) if record is not None else None
    rows = tuple(
        _row(entry, field, names, (office if record is not None else None, phone, base), wrong)
        for field in fields
    )
    return SideBySide(
        rows=rows,
        record=record,
        version=version,
        has_office=any(row.office is not None for row in rows),
        has_base=any(row.base is not None for row in rows),
        is_changed_since=None not in (version, entry.current_version)
        and version != entry.current_version,
        picture=_picture(entry, rows),
        general=_general(entry, wrong, fields),
    )


def _general(
    entry: Any, wrong: Mapping[str, tuple[str, ...]], fields: list[str]
) -> tuple[str, ...]:
    """Return what was wrong beyond single fields, where the cause does not say it already."""
    if entry.cause in (SetAsideCause.CLASH, SetAsideCause.OTHER_CONTENT):
        return ()
    return tuple(text for name, texts in wrong.items() if name not in fields for text in texts)


def _phone_and_base(entry: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    if entry.cause == SetAsideCause.MALFORMED and isinstance(entry.body, dict):
        # The whole operation was kept; what somebody wrote is inside it.
        inner = entry.body.get("body")
        return flat(inner if isinstance(inner, dict) else entry.body), {}
    if entry.cause != SetAsideCause.CLASH or not entry.sides:
        sent = flat(entry.body)
        if entry.entity == FieldEntity.LOG and entry.device_time is not None:
            # An operation says once when it was made; the entry takes its time from there.
            sent.setdefault("device_time", entry.device_time.isoformat())
        return sent, {}
    sides = [side for side in entry.sides if isinstance(side, dict) and "field" in side]
    phone = {side["field"]: side.get("phone") for side in sides}
    return phone, {side["field"]: side.get("base") for side in sides}


def _fields(entry: Any, phone: Mapping[str, Any], office: Mapping[str, Any]) -> list[str]:
    names = set(phone)
    if entry.cause == SetAsideCause.OTHER_CONTENT:
        names |= {name for name, value in office.items() if value not in (None, "", [])}
    return in_order(names - UNSAID)


def _row(
    entry: Any,
    name: str,
    names: Names,
    values: tuple[Mapping[str, Any] | None, Mapping[str, Any], Mapping[str, Any]],
    wrong: Mapping[str, tuple[str, ...]],
) -> Row:
    office, phone, base = values
    sent = shown(names, name, phone.get(name))
    held = None
    if office is not None:
        # A move names the state it leads to; beside it stands the state that holds now.
        held = shown(names, name, office.get("state" if name == "to_state" else name))
    differs = held is not None and held.text != sent.text
    if entry.cause == SetAsideCause.OTHER_CONTENT and name not in phone and name in FILLED_IN:
        differs = False
    is_clash = entry.cause == SetAsideCause.CLASH
    follows = FOLLOWS.get(name, "")
    return Row(
        name=name,
        label=label_of(name),
        office=held,
        phone=sent,
        base=shown(names, name, base.get(name)) if is_clash and name in base else None,
        differs=differs,
        is_choice=is_clash and differs and follows not in phone,
        follows=follows if is_clash and differs and follows in phone else "",
        wrong=wrong.get(name, ()),
    )


def _wrong(entry: Any) -> dict[str, tuple[str, ...]]:
    """Return what was wrong, by the field's name without the path to it."""
    found: dict[str, tuple[str, ...]] = {}
    for error in errors_told(entry.errors):
        if error["message"]:
            name = field_at(error["field"])
            found[name] = (*found.get(name, ()), error["message"][:400])
    return found


def _picture(entry: Any, rows: tuple[Row, ...]) -> Drawing | None:
    """Draw both places where they differ, or the phone's alone where there is no other."""
    shapes = list(_shapes(rows))
    if not shapes:
        return None
    focus = [shape.geometry for shape in shapes]
    asset = entry.asset
    if asset is not None:
        shapes.insert(0, Shape(asset.geometry, "actual", asset.label))
    return drawing(shapes, focus=focus, width=400, height=260)


def _shapes(rows: tuple[Row, ...]) -> Iterator[Shape]:
    for row in rows:
        if row.office is not None and row.differs and row.office.geometry is not None:
            yield Shape(row.office.geometry, "near", _("In the register"))
        if row.phone.geometry is not None:
            yield Shape(row.phone.geometry, "here", _("From the phone"))
