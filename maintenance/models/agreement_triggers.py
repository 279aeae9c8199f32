"""What the database does by itself when agreements and their terms change."""

from __future__ import annotations

import pgtrigger

BIND_SCOPE_SQL = """
SELECT agreement.starts_on, COALESCE(agreement.ended_on, agreement.ends_on),
       agreement.state IN ('signed', 'renewed', 'terminated')
       AND COALESCE(agreement.ended_on, agreement.ends_on) >= agreement.starts_on
INTO NEW.valid_from, NEW.valid_to, NEW.is_binding
FROM maintenance_agreement agreement WHERE agreement.id = NEW.agreement_id;
RETURN NEW;
"""
BIND_SCOPES_SQL = """
UPDATE maintenance_agreementscope SET agreement_id = agreement_id WHERE agreement_id = NEW.id;
RETURN NULL;
"""
SHARES_SQL = """
IF NEW.state IN ('signed', 'renewed', 'terminated') AND (
    SELECT COALESCE(sum(percent), 0) FROM maintenance_fundingshare WHERE agreement_id = NEW.id
) <> 100 THEN
    RAISE EXCEPTION 'the shares of agreement % do not sum to 100', NEW.number
        USING ERRCODE = 'check_violation', CONSTRAINT = 'agreement_shares_sum_to_100';
END IF;
RETURN NULL;
"""
FIXED_ONCE_SIGNED_SQL = """
IF EXISTS (
    SELECT 1 FROM maintenance_agreement
    WHERE id = COALESCE(NEW.agreement_id, OLD.agreement_id)
      AND state IN ('signed', 'renewed', 'terminated')
) THEN
    RAISE EXCEPTION 'a signed agreement is fixed'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'agreement_fixed_once_signed';
END IF;
RETURN COALESCE(NEW, OLD);
"""


def fixed_once_signed(*columns: str) -> pgtrigger.Trigger:
    """Return the trigger that refuses to change terms of a signed agreement.

    `columns` are those that are terms; without any, every column is one.
    """
    change = pgtrigger.UpdateOf(*columns) if columns else pgtrigger.Update
    return pgtrigger.Trigger(
        name="fixed_once_signed",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | change | pgtrigger.Delete,
        func=FIXED_ONCE_SIGNED_SQL,
    )
