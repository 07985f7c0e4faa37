from django.urls import path

from medspiller.worklist.web import item, lists

app_name = "worklist"

urlpatterns = [
    path("oppgaver/", lists.items, name="item_list"),
    path("oppgaver/liste.csv", lists.items_csv, name="items_csv"),
    path("oppgaver/utskrift/", lists.items_print, name="items_print"),
    path("oppgaver/<uuid:item_id>/", item.item, name="item"),
    path("oppgaver/<uuid:item_id>/ta/", item.take, name="take"),
    path("oppgaver/<uuid:item_id>/gi-tilbake/", item.give_back, name="give_back"),
    path("oppgaver/<uuid:item_id>/gi-videre/", item.hand_over, name="hand_over"),
    path("oppgaver/<uuid:item_id>/utsett/", item.snooze, name="snooze"),
    path("oppgaver/<uuid:item_id>/vekk/", item.wake, name="wake"),
    path("oppgaver/<uuid:item_id>/ferdig/", item.finish, name="finish"),
    path("oppgaver/<uuid:item_id>/angre/", item.undo, name="undo"),
]
