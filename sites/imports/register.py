"""The drafts of one run against the register: compared, planned and written, set by set.

Each function is one step over temporary tables; the statements stand in `sites/imports/sql`.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.backends.utils import CursorWrapper
from django.utils import translation
from psycopg import sql

from sites.access import Scope
from sites.imports.columns import KEPT_WHEN_EMPTY, LOOKUPS, Column, plain_columns
from sites.imports.staging import query, value_column
from sites.kinds import OFFICE_ROLES, STATES_FINISHED, Kind, Role, State
from sites.models import HouseholdRecord
from sites.services import gates
from sites.services.site_records import DETAIL_MODELS
from sites.transitions import TRANSITIONS

REACH_M: Final = 2_000
"""How far a site may reach beyond the district's outline: roads cross borders."""
WIDE_REACH_M: Final = 10_000
"""How far a line may reach that begins or ends in the district; a slip of a digit goes further."""
TOLERANCE_M: Final = 500
"""How far a site may lie from the township or village that its row names."""
SAME_PLACE_M: Final = 1_000
TELLING_CODE: Final = 6
"""A code of so many characters names the same site in two files; a running number doesn't."""
GATE_BATCH: Final = 1_000
"""So many sites are asked about at once."""
_BUILT: Final = (*STATES_FINISHED, State.RECTIFYING)
_ORGANISATIONS: Final = {
    "owner": "owner_organisation_id",
    "contractor": "contractor_id",
    "supervisor": "supervisor_id",
    "category": "category_id",
}


@dataclass(frozen=True, slots=True)
class Run:
    """What one run needs to know of its surroundings."""

    fields: tuple[str, ...]
    kind: str | None
    programme_id: UUID | None
    scope: Scope
    actor_id: int | None
    today: datetime.date
    reason: str

    def draft(self, name: str) -> sql.Composable:
        """Return the draft's column of a field; null where the mapping has none."""
        if name in self.fields:
            return value_column(name)
        kind = "text" if name in LOOKUPS else plain_columns(None)[name].type
        return sql.SQL("NULL::" + kind)

    def columns(self, part: str) -> list[Column]:
        """Return the mapped plain fields of a part of the site, without the special ones."""
        plain = plain_columns(self.kind)
        return [plain[name] for name in self.fields if name in plain and plain[name].part == part]

    def parts(self) -> list[str]:
        """Return the detail parts that the mapping touches."""
        plain = plain_columns(self.kind)
        found = (plain[name].part for name in self.fields if name in plain)
        return sorted({part for part in found if part})


def compare(cursor: CursorWrapper, run: Run) -> None:
    """Find area, site and linked records of each draft, and what is wrong with it."""
    cursor.execute("ALTER TABLE import_draft ADD PRIMARY KEY (row_number)")
    cursor.execute("ANALYZE import_draft")
    places = {"area": run.draft("area"), "township": run.draft("township")}
    values: dict[str, Any] = {
        "today": run.today,
        "reach_m": REACH_M,
        "wide_reach_m": WIDE_REACH_M,
        "tolerance_m": TOLERANCE_M,
        "same_place_m": SAME_PLACE_M,
        "telling": TELLING_CODE,
        "everything": run.scope.everything,
        "scope": list(run.scope.area_codes(OFFICE_ROLES)),
        "programme": run.programme_id,
    }
    cursor.execute(query("outlines"), values)
    cursor.execute(query("named", **places), values)
    cursor.execute(query("placed", **places), values)
    cursor.execute(query("matched"), values)
    for table in ("import_placed", "import_matched"):
        cursor.execute(f'ANALYZE "{table}"')
    cursor.execute(query("problems", **places), values)
    links = {name: run.draft(name) for name in ("programme", *_ORGANISATIONS)}
    cursor.execute(query("linked", **links), values)


def plan(cursor: CursorWrapper, run: Run) -> None:
    """Decide what is to happen with each good draft."""
    cursor.execute("ANALYZE import_problem")
    cursor.execute("ANALYZE import_linked")
    cursor.execute(
        query(
            "plan",
            state=run.draft("state"),
            differences=sql.SQL("").join(_differences(run)),
            details=sql.SQL("\n").join(_detail_join(part) for part in run.parts()),
        ),
        {"built": [state.value for state in _BUILT]},
    )
    dates = ("planned_start", "planned_finish", "actual_start", "actual_finish")
    moves = [
        f"{first}>{last}"
        for (first, last), move in TRANSITIONS.items()
        if Role.TOWNSHIP_OFFICER in move.roles
    ]
    cursor.execute(
        query("plan_problems", **{name: run.draft(name) for name in dates}),
        {"moves_any_state": run.scope.manages_register, "moves": moves},
    )
    _refuse_at_gates(cursor, run)
    cursor.execute(
        "DELETE FROM import_plan WHERE row_number IN (SELECT row_number FROM import_problem)"
    )


def _refuse_at_gates(cursor: CursorWrapper, run: Run) -> None:
    """Note what changed sites lack for the states that the file gives them.

    Sites that are new are history taken over from elsewhere and pass; see decision 15.
    """
    for state in gates.gated_states():
        cursor.execute(query("moves_to_state"), {"state": state})
        moves = cursor.fetchall()
        for first in range(0, len(moves), GATE_BATCH):
            batch = moves[first : first + GATE_BATCH]
            subjects = {
                row: gates.GateSubject(site, state_before, has_line, run.today)
                for row, site, state_before, has_line in batch
            }
            missing = gates.missing_for(list(subjects.values()), state)
            cursor.executemany(
                "INSERT INTO import_problem (row_number, code, field, details)"
                " VALUES (%s, 'gate_not_met', 'state', %s)",
                [
                    (row, json.dumps({"to": state, "missing": [m.code for m in lacking]}))
                    for row, subject in subjects.items()
                    if (lacking := missing.get(subject.site_id))
                ],
            )


def write(cursor: CursorWrapper, run: Run) -> None:
    """Write what was planned: sites, states, details, households."""
    cursor.execute("ANALYZE import_plan")
    columns = run.columns("")
    own = [c for c in columns if c.field.name not in ("name", "name_en", "year", "state")]
    with translation.override("zh-hans"):
        labels = {str(kind.value): str(kind.label) for kind in Kind}
    values: dict[str, Any] = {
        "actor": run.actor_id,
        "today": run.today,
        "reason": run.reason,
        "role": Role.DISTRICT_PLANNER if run.scope.manages_register else Role.TOWNSHIP_OFFICER,
        "labels": json.dumps(labels),
    }
    cursor.execute(
        query(
            "insert_sites",
            columns=sql.SQL("").join(sql.SQL(", {}").format(sql.Identifier(c.name)) for c in own),
            values=sql.SQL("").join(sql.SQL(", {}").format(_new_value(c)) for c in own),
            fallback_name=sql.SQL(
                "(%(labels)s::jsonb ->> draft.kind) || ' ' || left(plan.new_code, 80)"
            ),
            **{name: run.draft(name) for name in ("name", "name_en", "year")},
        ),
        values,
    )
    cursor.execute(query("change_states"), values)
    cursor.execute(
        query("update_sites", assignments=sql.SQL("").join(_assignments(run, columns))), values
    )
    for kind in Kind.values if run.kind is None else [run.kind]:
        _write_detail(cursor, run, kind)
    if "household_reference" in run.fields:
        _write_households(cursor)


def _differences(run: Run) -> list[sql.Composable]:
    """Return, for each mapped field, the test whether the draft differs from the register."""
    found: list[sql.Composable] = []
    for part in ("", *run.parts()):
        for column in run.columns(part):
            if column.field.name == "state":
                continue
            now = _stored(column)
            differs = sql.SQL("{} IS DISTINCT FROM {}").format(_incoming(column, now), now)
            found.append(_named_when(column.field.name, differs))
    for name, target in _ORGANISATIONS.items():
        if name in run.fields:
            differs = sql.SQL("linked.{} IS DISTINCT FROM site.{}").format(
                sql.Identifier(f"{name}_id"), sql.Identifier(target)
            )
            found.append(_named_when(name, differs))
    return found


def _named_when(name: str, condition: sql.Composable) -> sql.Composable:
    return sql.SQL(", CASE WHEN site.id IS NOT NULL AND {} THEN {} END").format(
        condition, sql.Literal(name)
    )


def _stored(column: Column) -> sql.Composable:
    """Return the register's value; a missing detail row counts as empty."""
    table = f"d_{column.part}" if column.part else "site"
    stored = sql.SQL("{}.{}").format(sql.Identifier(table), sql.Identifier(column.name))
    return sql.SQL("COALESCE({}, '')").format(stored) if column.is_text else stored


def _incoming(column: Column, now: sql.Composable) -> sql.Composable:
    """Return the value to be stored: an empty cell keeps some fields and empties the others."""
    value = value_column(column.field.name)
    if column.field.name in KEPT_WHEN_EMPTY or column.part == "household":
        return sql.SQL("COALESCE({}, {})").format(value, now)
    return sql.SQL("COALESCE({}, '')").format(value) if column.is_text else value


def _new_value(column: Column) -> sql.Composable:
    """Return the value of a new row: an empty cell takes the column's default."""
    value = value_column(column.field.name)
    if column.is_text:
        default = getattr(column.model_field, "default", "")
        text = default if isinstance(default, str) else ""
        return sql.SQL("COALESCE({}, {})").format(value, sql.Literal(text))
    if column.model_field.null:
        return value
    return sql.SQL("COALESCE({}, {})").format(value, sql.Literal(column.model_field.default))


def _detail_join(part: str) -> sql.Composable:
    model = HouseholdRecord if part == "household" else DETAIL_MODELS[Kind(part)]
    return sql.SQL("LEFT JOIN {} {} ON {}.site_id = site.id").format(
        sql.Identifier(model._meta.db_table),
        sql.Identifier(f"d_{part}"),
        sql.Identifier(f"d_{part}"),
    )


def _assignments(run: Run, columns: Sequence[Column]) -> list[sql.Composable]:
    found: list[sql.Composable] = [
        sql.SQL(", {} = {}").format(
            sql.Identifier(column.name),
            _incoming(column, sql.SQL("site.") + sql.Identifier(column.name)),
        )
        for column in columns
        if column.field.name != "state"
    ]
    for name, target in _ORGANISATIONS.items():
        if name in run.fields:
            found.append(
                sql.SQL(", {} = plan.{}").format(
                    sql.Identifier(target), sql.Identifier(f"{name}_id")
                )
            )
    return found


def _write_detail(cursor: CursorWrapper, run: Run, kind: str) -> None:
    """Write the detail table of a kind; unmapped texts of a new row are empty, not null."""
    mapped = {column.field.name for column in run.columns(kind)}
    columns = [column for column in plain_columns(kind).values() if column.part == kind]
    names = [sql.Identifier(column.name) for column in columns]
    values = [
        _new_value(column) if column.field.name in mapped else _default(column)
        for column in columns
    ]
    updates = [
        sql.SQL("{0} = EXCLUDED.{0}").format(sql.Identifier(column.name))
        for column in columns
        if column.field.name in mapped
    ]
    action: sql.Composable = sql.SQL("DO NOTHING")
    if updates:
        action = sql.SQL("DO UPDATE SET ") + sql.SQL(", ").join(updates)
    cursor.execute(
        query(
            "write_detail",
            table=sql.Identifier(DETAIL_MODELS[kind]._meta.db_table),
            columns=sql.SQL("").join(sql.SQL(", {}").format(name) for name in names),
            values=sql.SQL("").join(sql.SQL(", {}").format(value) for value in values),
            condition=sql.SQL(""),
            action=action,
        ),
        {"kind": kind},
    )


def _default(column: Column) -> sql.Composable:
    if column.is_text:
        return sql.Literal("")
    if column.model_field.null:
        return sql.SQL("NULL")
    return sql.Literal(column.model_field.default)


def _write_households(cursor: CursorWrapper) -> None:
    reference = value_column("household_reference")
    cursor.execute(
        query(
            "write_detail",
            table=sql.Identifier(HouseholdRecord._meta.db_table),
            columns=sql.SQL(", reference"),
            values=sql.SQL(", {}").format(reference),
            condition=sql.SQL("AND {} IS NOT NULL").format(reference),
            action=sql.SQL("DO UPDATE SET reference = EXCLUDED.reference"),
        ),
        {"kind": Kind.HOUSING.value},
    )
