"""
What the database itself holds about trees and periods, however a row was written.

One tenant's places change one at a time: two moves at the same moment could otherwise
each be right and together make a circle.
"""

import pgtrigger

from medspiller.organisations.domain.tree import MAX_LEVELS

TREE_LOCK = "organisations.tree"

_LOCK = f"PERFORM pg_advisory_xact_lock(hashtextextended('{TREE_LOCK} ' || NEW.tenant_id, 0));"

# Stops walking one level past the limit, so that even a circle that is already there ends.
_KEEP_TREE = f"""
{_LOCK}
IF NEW.parent_id IS NOT NULL THEN
    WITH RECURSIVE up(id, parent_id, level) AS (
        SELECT u.id, u.parent_id, 1 FROM organisations_unit u WHERE u.id = NEW.parent_id
        UNION ALL
        SELECT u.id, u.parent_id, up.level + 1 FROM organisations_unit u JOIN up ON u.id = up.parent_id
        WHERE up.level <= {MAX_LEVELS} AND up.id <> NEW.id
    )
    SELECT max(up.level), bool_or(up.id = NEW.id) INTO above, circular FROM up;
    IF NEW.parent_id = NEW.id OR circular THEN
        RAISE EXCEPTION 'unit % cannot be under itself', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'organisations_unit_no_circle';
    END IF;
    IF above IS NULL THEN
        RAISE EXCEPTION 'unit % has no such parent', NEW.id
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'organisations_unit_parent_exists';
    END IF;
    WITH RECURSIVE down(id, level) AS (
        SELECT NEW.id, 1
        UNION ALL
        SELECT u.id, down.level + 1 FROM organisations_unit u JOIN down ON u.parent_id = down.id
        WHERE down.level <= {MAX_LEVELS}
    )
    SELECT max(down.level) INTO below FROM down;
    IF above + below > {MAX_LEVELS} THEN
        RAISE EXCEPTION 'unit % would lie too deep', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'organisations_unit_not_too_deep';
    END IF;
    IF EXISTS (
        SELECT FROM organisations_unit u WHERE u.id = NEW.parent_id
        AND u.closed_from < coalesce(NEW.closed_from, 'infinity')
    ) THEN
        RAISE EXCEPTION 'unit % would outlive the unit it is part of', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'organisations_unit_within_parent';
    END IF;
END IF;
IF NEW.closed_from IS NOT NULL AND (
    EXISTS (
        SELECT FROM organisations_unit u WHERE u.parent_id = NEW.id
        AND coalesce(u.closed_from, 'infinity') > NEW.closed_from
    ) OR EXISTS (
        SELECT FROM organisations_post p WHERE p.unit_id = NEW.id
        AND coalesce(p.closed_from, 'infinity') > NEW.closed_from
    )
) THEN
    RAISE EXCEPTION 'unit % still has something open in it', NEW.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'organisations_unit_closed_when_empty';
END IF;
RETURN NEW;
"""  # noqa: S608 - a constant, no input

_KEEP_WITHIN_UNIT = f"""
{_LOCK}
IF NOT EXISTS (
    SELECT FROM organisations_unit u WHERE u.id = NEW.unit_id AND u.opened_on <= NEW.opened_on
    AND coalesce(u.closed_from, 'infinity') >= coalesce(NEW.closed_from, 'infinity')
) THEN
    RAISE EXCEPTION 'post % would lie outside the time of its unit', NEW.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'organisations_post_within_unit';
END IF;
RETURN NEW;
"""

KEEP_TREE = pgtrigger.Trigger(
    name="keep_tree",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("parent_id", "closed_from"),
    declare=[("above", "integer"), ("below", "integer"), ("circular", "boolean")],
    func=_KEEP_TREE,
)

KEEP_WITHIN_UNIT = pgtrigger.Trigger(
    name="keep_within_unit",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("unit_id", "opened_on", "closed_from"),
    func=_KEEP_WITHIN_UNIT,
)
