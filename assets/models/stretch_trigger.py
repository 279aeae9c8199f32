"""The trigger that finds what each metre is once a survey was recorded."""

from __future__ import annotations

import pgtrigger

KEEP_STRETCHES_SQL = """
-- Two officers who survey one asset at once come one after the other, and the second reads what
-- the first one wrote.
PERFORM FROM assets_asset
WHERE id IN (SELECT asset_id FROM new_rows) ORDER BY id FOR NO KEY UPDATE;
DELETE FROM assets_conditionstretch WHERE asset_id IN (SELECT asset_id FROM new_rows);
INSERT INTO assets_conditionstretch (asset_id, survey_id, start_m, end_m, grade, is_stated)
SELECT
    shown.asset_id, shown.id, lower(part), upper(part),
    CASE WHEN shown.computed_grade <> '' THEN shown.computed_grade ELSE shown.stated_grade END,
    shown.computed_grade = '' AND shown.stated_grade <> ''
FROM (
    SELECT valid.*, nummultirange(valid.extent) - COALESCE(
        range_agg(valid.extent) OVER newer, '{}'::nummultirange) AS parts
    FROM (
        SELECT survey.*, numrange(
            COALESCE(survey.start_m, 0), COALESCE(survey.end_m, 1000000)) AS extent
        FROM assets_conditionsurvey AS survey
        WHERE survey.asset_id IN (SELECT asset_id FROM new_rows)
        AND NOT EXISTS (
            SELECT FROM assets_conditionsurvey AS correction
            WHERE correction.supersedes_id = survey.id)
    ) AS valid
    WINDOW newer AS (
        PARTITION BY valid.asset_id
        ORDER BY valid.surveyed_on DESC, valid.recorded_at DESC, valid.id DESC
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
) AS shown, unnest(shown.parts) AS part;
RETURN NULL;
"""


def keep_stretches() -> pgtrigger.Trigger:
    """Return the trigger on surveys that finds anew what each metre of their assets is."""
    return pgtrigger.Trigger(
        name="keep_stretches",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        referencing=pgtrigger.Referencing(new="new_rows"),
        func=KEEP_STRETCHES_SQL,
    )
