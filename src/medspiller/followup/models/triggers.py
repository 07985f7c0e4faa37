"""What the database itself holds about holders, however a row was written."""

import pgtrigger

# Runs at the end of the transaction, when one holder has gone and the next has come. The plan's row is locked, so
# that of two transactions the second sees what the first has done.
_ONE_HOLDER = """
FOREACH about IN ARRAY ARRAY[{plans}] LOOP
    SELECT p.opened_at, p.closed_at INTO plan FROM followup_plan p WHERE p.id = about FOR NO KEY UPDATE;
    CONTINUE WHEN NOT FOUND;
    SELECT count(*) = 0 OR bool_or(
        (held.nr = 1 AND held.starts_at <> plan.opened_at)
        OR (held.nr > 1 AND held.ended_before IS DISTINCT FROM held.starts_at)
        OR (held.nr = held.of AND held.ends_at IS DISTINCT FROM plan.closed_at)
    ) INTO wrong
    FROM (
        SELECT h.starts_at, h.ends_at, lag(h.ends_at) OVER following AS ended_before,
            row_number() OVER following AS nr, count(*) OVER () AS of
        FROM followup_holding h WHERE h.plan_id = about
        WINDOW following AS (ORDER BY h.starts_at, h.ends_at NULLS LAST, h.id)
    ) AS held;
    IF wrong THEN
        RAISE EXCEPTION 'plan % would not have one holder at every instant', about
            USING ERRCODE = 'check_violation', CONSTRAINT = 'followup_plan_one_holder';
    END IF;
END LOOP;
RETURN NULL;
"""
_VARIABLES = [("about", "uuid"), ("plan", "record"), ("wrong", "boolean")]

PLAN_HAS_A_HOLDER = pgtrigger.Trigger(
    name="one_holder",
    when=pgtrigger.After,
    timing=pgtrigger.Deferred,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("opened_at", "closed_at"),
    declare=_VARIABLES,
    func=_ONE_HOLDER.format(plans="NEW.id"),
)

HOLDING_LEAVES_NO_GAP = pgtrigger.Trigger(
    name="no_gap",
    when=pgtrigger.After,
    timing=pgtrigger.Deferred,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    declare=_VARIABLES,
    func=_ONE_HOLDER.format(plans="NEW.plan_id, OLD.plan_id"),
)
