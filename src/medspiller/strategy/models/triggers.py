"""What the database itself holds about measures, however a row was written."""

import pgtrigger

TARGET_IS_NATIONAL = pgtrigger.Trigger(
    name="target_is_national",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Update,
    condition=pgtrigger.Q(new__target_measure__isnull=False),
    func="""
IF NOT EXISTS (
    SELECT 1 FROM strategy_measure m JOIN strategy_strategy s ON s.id = m.strategy_id
    WHERE m.id = NEW.target_measure_id AND s.level = 'national'
) THEN
    RAISE EXCEPTION 'measure % is of no national strategy', NEW.target_measure_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'strategy_link_target_national';
END IF;
RETURN NULL;
""",
)

GOAL_OF_THE_SAME_STRATEGY = pgtrigger.Trigger(
    name="goal_of_the_same_strategy",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Update,
    func="""
IF NOT EXISTS (
    SELECT 1 FROM strategy_measure m
    JOIN strategy_goal g ON g.id = NEW.goal_id
    JOIN strategy_focusarea a ON a.id = g.area_id AND a.strategy_id = m.strategy_id
    WHERE m.id = NEW.measure_id
) THEN
    RAISE EXCEPTION 'goal % is of another strategy', NEW.goal_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'strategy_measuregoal_same_strategy';
END IF;
RETURN NULL;
""",
)
