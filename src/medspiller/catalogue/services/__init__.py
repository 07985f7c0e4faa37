"""What can be done with the catalogue, one module per topic."""

from medspiller.catalogue.services.attention import (
    bring_up_to_date,
    entries_to_look_at,
    move_to_other_list,
    see_to_report,
)
from medspiller.catalogue.services.editors import appoint_editor, end_editor
from medspiller.catalogue.services.entries import (
    close_for_a_time,
    end_closure,
    move_to_unit,
    put_up_again,
    remove_closure,
    review,
    take_down,
)
from medspiller.catalogue.services.links import addresses_to_look_at, keep_looks
from medspiller.catalogue.services.lists import (
    accept_list,
    ask_for_workbook,
    content_to_read,
    exported,
    forget_workbooks,
    import_batch,
    keep_workbook,
    start_import,
    stop_import,
    table_to_write,
)
from medspiller.catalogue.services.providers import remove_provider, save_provider
from medspiller.catalogue.services.publishing import (
    lay_out_all,
    lay_out_everywhere,
    publish_offer,
    publish_provider,
    retire_offer,
    retire_provider,
)
from medspiller.catalogue.services.reports import deal_with_report, forget_old_reports, report_wrong
from medspiller.catalogue.services.seats import change_seats, lock_meetings
from medspiller.catalogue.services.sessions import cancel_session, change_session, plan_session, plan_sessions
from medspiller.catalogue.services.versions import approve, propose, reject, withdraw

__all__ = [
    "accept_list",
    "addresses_to_look_at",
    "appoint_editor",
    "approve",
    "ask_for_workbook",
    "bring_up_to_date",
    "cancel_session",
    "change_seats",
    "change_session",
    "close_for_a_time",
    "content_to_read",
    "deal_with_report",
    "end_closure",
    "end_editor",
    "entries_to_look_at",
    "exported",
    "forget_old_reports",
    "forget_workbooks",
    "import_batch",
    "keep_looks",
    "keep_workbook",
    "lay_out_all",
    "lay_out_everywhere",
    "lock_meetings",
    "move_to_other_list",
    "move_to_unit",
    "plan_session",
    "plan_sessions",
    "propose",
    "publish_offer",
    "publish_provider",
    "put_up_again",
    "reject",
    "remove_closure",
    "remove_provider",
    "report_wrong",
    "retire_offer",
    "retire_provider",
    "review",
    "save_provider",
    "see_to_report",
    "start_import",
    "stop_import",
    "table_to_write",
    "take_down",
    "withdraw",
]
