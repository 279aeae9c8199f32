"""What the database does when money is booked.

Both triggers look at a whole statement, so that a bulk insert costs one update an account.
Accounts are taken in the order of their keys: two postings never wait for each other in a ring.
"""

from __future__ import annotations

ACCOUNTS_SQL = """
FOR account IN
    SELECT programme_id, source_id,
           sum(amount) FILTER (WHERE stage = 'budget') AS budget,
           sum(amount) FILTER (WHERE stage = 'allocated') AS allocated,
           sum(amount) FILTER (WHERE stage = 'released') AS released,
           sum(amount) FILTER (WHERE stage = 'paid') AS paid,
           bool_or(override_reason = '') AS is_bound
    FROM booked GROUP BY programme_id, source_id ORDER BY programme_id, source_id
LOOP
    INSERT INTO funding_fundaccount (id, programme_id, source_id)
    VALUES (gen_random_uuid(), account.programme_id, account.source_id)
    ON CONFLICT (programme_id, source_id) DO NOTHING;
    SELECT * INTO before FROM funding_fundaccount
    WHERE programme_id = account.programme_id AND source_id = account.source_id FOR UPDATE;
    UPDATE funding_fundaccount SET
        budget = budget + COALESCE(account.budget, 0),
        allocated = allocated + COALESCE(account.allocated, 0),
        released = released + COALESCE(account.released, 0),
        paid = paid + COALESCE(account.paid, 0)
    WHERE id = before.id RETURNING * INTO after;
    IF account.is_bound AND (
        after.paid - after.released > GREATEST(before.paid - before.released, 0)
        OR after.released - after.allocated > GREATEST(before.released - before.allocated, 0)
    ) THEN
        RAISE EXCEPTION 'more paid than released, or more released than allocated'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_within_account';
    END IF;
END LOOP;
RETURN NULL;
"""

FALLBACK_SQL = """
FOR commitment IN
    SELECT id, state, amount FROM funding_fallbackcommitment
    WHERE id IN (SELECT fallback_id FROM booked WHERE fallback_id IS NOT NULL)
    ORDER BY id FOR UPDATE
LOOP
    IF commitment.state <> 'approved' AND EXISTS (
        SELECT 1 FROM booked WHERE fallback_id = commitment.id AND amount > 0
    ) THEN
        RAISE EXCEPTION 'a fallback is used before its approval'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'fallback_is_approved';
    END IF;
    IF EXISTS (
        SELECT 1 FROM funding_ledgerentry WHERE fallback_id = commitment.id
        GROUP BY stage HAVING sum(amount) > commitment.amount
    ) THEN
        RAISE EXCEPTION 'more booked on a fallback than it covers'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'fallback_not_exceeded';
    END IF;
END LOOP;
RETURN NULL;
"""

RESERVE_SQL = """
PERFORM 1 FROM funding_reserve WHERE id = NEW.reserve_id FOR UPDATE;
IF (SELECT sum(amount) FROM funding_reservedraw WHERE reserve_id = NEW.reserve_id)
   > (SELECT amount FROM funding_reserve WHERE id = NEW.reserve_id) THEN
    RAISE EXCEPTION 'more drawn from a reserve than it holds'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'reserve_not_exceeded';
END IF;
RETURN NULL;
"""
