"""Which pages of strategies are looked at: the part of `visits` that is about them."""

from collections.abc import Callable

from tests.journeys.things import Things
from tests.journeys.town import Town
from tests.security.things_of_strategy import LINE, PLAN, REPORT_YEAR, SECTION

Address = Callable[[Town, Things], str]


def _planned(more: str = "") -> Address:
    return lambda town, things: f"/arbeid/strategi/{more.format(**things.kept)}"


def _reported(more: str = "") -> Address:
    return lambda town, things: f"/arbeid/strategi/{things.kept['strategy_id']}/arsstatus/{more}"


# Route → an address of it in the town.
EXAMPLES: dict[str, Address] = {
    "strategy:guideline_line": _planned(f"veileder/linjer/{LINE}/"),
    "strategy:assess_line": _planned(f"veileder/linjer/{LINE}/home_care/"),
    "strategy:gap_measure": _planned(f"veileder/linjer/{LINE}/home_care/tiltak/"),
    "strategy:self_assessment_chapter": _planned("veileder/egenvurdering/home_care/2/"),
    "strategy:evaluation_word": _planned("veileder/grunnlag/{strategy_id}/word/"),
    "strategy:indicator": _planned("indikatorer/nearest-recorded/"),
    "strategy:imported": _planned("les-inn/{plan_import_id}/"),
    "strategy:strategy": _planned("{strategy_id}/"),
    "strategy:change": _planned("{strategy_id}/rediger/"),
    "strategy:new_area": _planned("{strategy_id}/rediger/omrade/"),
    "strategy:change_area": _planned("{strategy_id}/rediger/omrade/{area_id}/"),
    "strategy:new_goal": _planned("{strategy_id}/rediger/omrade/{area_id}/mal/"),
    "strategy:new_approach": _planned("{strategy_id}/rediger/omrade/{area_id}/grep/"),
    "strategy:new_measure": _planned("{strategy_id}/rediger/omrade/{area_id}/tiltak/"),
    "strategy:change_goal": _planned("{strategy_id}/rediger/mal/{goal_id}/"),
    "strategy:change_approach": _planned("{strategy_id}/rediger/grep/{approach_id}/"),
    "strategy:adopt": _planned("{strategy_id}/vedta/"),
    "strategy:roll_over": _planned("{strategy_id}/rullering/"),
    "strategy:ask_for_status": _planned("{strategy_id}/be-om-status/"),
    "strategy:log": _planned("{strategy_id}/logg/"),
    "strategy:log_event": _planned("{strategy_id}/logg/ny/"),
    "strategy:board": _planned("{strategy_id}/tavle/"),
    "strategy:timeline": _planned("{strategy_id}/tidslinje/"),
    "strategy:coverage": _planned("{strategy_id}/dekning/"),
    "strategy:measure": _planned("tiltak/{measure_id}/"),
    "strategy:change_measure": _planned("tiltak/{measure_id}/endre/"),
    "strategy:move_measure": _planned("tiltak/{measure_id}/flytt/"),
    "strategy:stop_measure": _planned("tiltak/{measure_id}/stopp/"),
    "strategy:report_status": _planned("tiltak/{measure_id}/status/"),
    "strategy:links": _planned("tiltak/{measure_id}/lenker/"),
    "strategy:new_indicator": _planned("tiltak/{measure_id}/indikator/"),
    "strategy:change_indicator": _planned("tiltak/{measure_id}/indikator/{measure_indicator_id}/"),
    "strategy:new_value": _planned("tiltak/{measure_id}/indikator/{measure_indicator_id}/verdi/"),
    "plan:plan": lambda town, things: f"/plan/{PLAN}/",
    **{
        f"strategy:yearly_report{what}": _reported(path)
        for what, path in {
            "s": "",
            "": f"{REPORT_YEAR}/",
            "_text": f"{REPORT_YEAR}/tekst/{SECTION}/",
            "_print": f"{REPORT_YEAR}/utskrift/",
            "_pdf": f"{REPORT_YEAR}/pdf/",
            "_word": f"{REPORT_YEAR}/word/",
        }.items()
    },
}
# Route → why nobody looks at it.
NO_PAGE = {
    "strategy:board_csv": "a file",
    "strategy:coverage_csv": "a file",
    "strategy:coverage_lines_csv": "a file",
    "strategy:figures_csv": "a file",
    "strategy:follow_up_csv": "a file",
    "strategy:guideline_csv": "a file",
    "strategy:guideline_lines_csv": "a file",
    "strategy:home_csv": "a file",
    "strategy:indicators_csv": "a file",
    "strategy:one_export": "is only for whoever pressed the button; its own tests look at it",
    "strategy:export_file": "a file",
    "strategy:evaluation_word_file": "a file",
    "strategy:yearly_report_pdf_file": "a file",
    "strategy:yearly_report_word_file": "a file",
}
