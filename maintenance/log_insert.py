"""A field entry goes into the register: one statement that measures, numbers and inserts it.

Inserting comes first and looking comes after: of two senders at once, and of two tries of one,
the database alone says who was first. The statement is prepared, as it is the one that phones
wait for; no history is kept of entries, for they never change.
"""

from __future__ import annotations

from typing import Final

from django.core.exceptions import ValidationError
from django.db import IntegrityError

from maintenance.models import MaintenanceLog
from sites.prepared import prepared_rows
from sites.services.errors import RefusedByRegister

REFERENCES: Final = frozenset({"order", "agreement", "asset", "worker", "organisation", "corrects"})
"""Rows that were just read; the database's own foreign keys speak for the rest."""
INSERT_SQL: Final = """
INSERT INTO maintenance_maintenancelog (
    id, order_id, agreement_id, asset_id, task, device_time, clock_skew_s, position, accuracy_m,
    distance_m, chainage_m, quantity, unit, labour_days, material, note, worker_id,
    organisation_id, device_id, corrects_id, content_hash)
SELECT %(id)s, %(order_id)s::uuid, %(agreement_id)s, asset.id, %(task)s, %(device_time)s,
    %(clock_skew_s)s::float8, place.position, %(accuracy_m)s::float8,
    round(ST_Distance(asset.geometry::geography, place.position::geography)::numeric, 1),
    coalesce(%(chainage_m)s::numeric, round(assets_chainage_at(
        asset.geometry, section.start_m, section.end_m, place.position)::numeric, 1)),
    %(quantity)s::numeric, %(unit)s, %(labour_days)s::numeric, %(material)s, %(note)s,
    %(worker_id)s::integer, %(organisation_id)s, %(device_id)s, %(corrects_id)s::uuid,
    %(content_hash)s
FROM assets_asset asset
LEFT JOIN assets_roadsection section ON section.asset_id = asset.id,
    (SELECT %(position)s::geometry AS position) place
WHERE asset.id = %(asset_id)s
ON CONFLICT (id) DO NOTHING
RETURNING server_seq, received_at, xid, area_code, township_code, distance_m, chainage_m
"""
"""How far from its asset an entry was made, in metres on the ellipsoid, and where it gives no
chainage, that of the section's point nearest to the position; none off the roads."""
RETURNED: Final = INSERT_SQL.rpartition("RETURNING ")[2].strip().split(", ")
PASSED: Final = tuple(
    field.attname
    for field in MaintenanceLog._meta.concrete_fields
    if f"%({field.attname})s" in INSERT_SQL
)


def log_inserted(log: MaintenanceLog) -> bool:
    """Insert an entry, or do nothing when its identifier is taken; waits for a twin in progress.

    The values that the database gave are set on `log`. Raises `RefusedByRegister`.
    """
    values = {name: getattr(log, name) for name in PASSED}
    values["position"] = log.position.hexewkb.decode() if log.position else None
    try:
        log.clean_fields(exclude=REFERENCES)
        rows = prepared_rows(INSERT_SQL, values)
    except ValidationError as error:
        raise RefusedByRegister.from_validation(error) from error
    except IntegrityError as error:
        raise RefusedByRegister.from_integrity(error, MaintenanceLog) from error
    for name, value in zip(RETURNED, rows[0] if rows else (), strict=False):
        setattr(log, name, value)
    return bool(rows)
