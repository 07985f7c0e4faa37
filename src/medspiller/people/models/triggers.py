"""What the database itself holds about families and roles, however a row was written."""

import pgtrigger

_KEEP_ELDER_FIRST = """
IF NEW.kind IN ('parent', 'grandparent', 'child', 'grandchild') AND EXISTS (
    SELECT FROM people_person elder, people_person younger
    WHERE elder.id = CASE WHEN NEW.kind IN ('parent', 'grandparent') THEN NEW.related_id ELSE NEW.person_id END
    AND younger.id = CASE WHEN NEW.kind IN ('parent', 'grandparent') THEN NEW.person_id ELSE NEW.related_id END
    AND elder.birth_date >= younger.birth_date
) THEN
    RAISE EXCEPTION 'relation % would make a child older than its parent', NEW.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'people_relation_elder_first';
END IF;
RETURN NEW;
"""

_KEEP_BIRTH_WITHIN_FAMILY = """
IF NEW.birth_date IS NOT NULL AND EXISTS (
    SELECT FROM people_relation r JOIN people_person other
        ON other.id = CASE WHEN r.person_id = NEW.id THEN r.related_id ELSE r.person_id END
    WHERE (r.person_id = NEW.id OR r.related_id = NEW.id)
    AND r.kind IN ('parent', 'grandparent', 'child', 'grandchild')
    AND CASE WHEN (r.kind IN ('parent', 'grandparent')) = (r.person_id = NEW.id)
        THEN other.birth_date >= NEW.birth_date ELSE NEW.birth_date >= other.birth_date END
) THEN
    RAISE EXCEPTION 'person % would be older than a parent or younger than a child', NEW.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'people_person_elder_first';
END IF;
RETURN NEW;
"""

_KEEP_BETWEEN_THE_TWO = """
IF NOT EXISTS (
    SELECT FROM people_relation r WHERE r.id = NEW.relation_id
    AND ((r.person_id = NEW.patient_id AND r.related_id = NEW.carer_id)
        OR (r.person_id = NEW.carer_id AND r.related_id = NEW.patient_id))
) THEN
    RAISE EXCEPTION 'role % is not between the two of its relation', NEW.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'people_carerrole_between_the_two';
END IF;
RETURN NEW;
"""

KEEP_ELDER_FIRST = pgtrigger.Trigger(
    name="keep_elder_first",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("person_id", "related_id", "kind"),
    func=_KEEP_ELDER_FIRST,
)

KEEP_BIRTH_WITHIN_FAMILY = pgtrigger.Trigger(
    name="keep_birth_within_family",
    when=pgtrigger.Before,
    operation=pgtrigger.UpdateOf("birth_date"),
    func=_KEEP_BIRTH_WITHIN_FAMILY,
)

KEEP_BETWEEN_THE_TWO = pgtrigger.Trigger(
    name="keep_between_the_two",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("relation_id", "patient_id", "carer_id"),
    func=_KEEP_BETWEEN_THE_TWO,
)
