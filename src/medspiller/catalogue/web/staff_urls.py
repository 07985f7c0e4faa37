"""Addresses of those who keep the catalogue, under `/arbeid/tilbud/`."""

from django.urls import path

from medspiller.catalogue.web import editing, editors, entries, feedback, importing, meetings, moderating

app_name = "catalogue_staff"

urlpatterns = [
    path("", entries.entry_list, name="entries"),
    path("nytt/", editing.new_entry, name="new"),
    path("venter/", moderating.waiting, name="waiting"),
    path("venter/<uuid:version_id>/", moderating.proposal, name="proposal"),
    path("venter/<uuid:version_id>/godkjenn/", moderating.approve, name="approve"),
    path("venter/<uuid:version_id>/send-tilbake/", moderating.reject, name="reject"),
    path("venter/<uuid:version_id>/trekk/", moderating.withdraw, name="withdraw"),
    path("meldinger/", feedback.reports, name="reports"),
    path("meldinger/<uuid:report_id>/ferdig/", feedback.deal_with, name="deal_with"),
    path("lenker/", feedback.links, name="links"),
    path("importer/", importing.importing, name="import"),
    path("importer/mal.csv", importing.template, name="import_template"),
    path("importer/<uuid:list_id>/", importing.one_import, name="one_import"),
    path("importer/<uuid:list_id>/rapport.csv", importing.import_report, name="import_report"),
    path("importer/<uuid:list_id>/stopp/", importing.stop_import, name="stop_import"),
    path("eksport/<uuid:export_id>/", importing.one_export, name="one_export"),
    path("eksport/<uuid:export_id>/tilbud.xlsx", importing.export_file, name="export_file"),
    path("tilbud.csv", importing.export_csv, name="export_csv"),
    path("tilbud.xlsx", importing.export_xlsx, name="export_xlsx"),
    path("redaktorer/", editors.editors, name="editors"),
    path("redaktorer/<uuid:editor_id>/avslutt/", editors.end_editor, name="end_editor"),
    path("tilbydere/", editors.providers, name="providers"),
    path("tilbydere/ny/", editors.new_provider, name="new_provider"),
    path("tilbydere/<slug:provider_name>/", editors.change_provider, name="provider"),
    path("tilbydere/<slug:provider_name>/fjern/", editors.remove_provider, name="remove_provider"),
    path("<uuid:entry_id>/", entries.one_entry, name="entry"),
    path("<uuid:entry_id>/endre/", editing.edit_entry, name="edit"),
    path("<uuid:entry_id>/sett-over/", entries.review, name="review"),
    path("<uuid:entry_id>/ta-ned/", entries.take_down, name="take_down"),
    path("<uuid:entry_id>/vis-igjen/", entries.put_up_again, name="put_up_again"),
    path("<uuid:entry_id>/flytt/", entries.move, name="move"),
    path("<uuid:entry_id>/steng/", entries.close, name="close"),
    path("<uuid:entry_id>/steng/<uuid:closure_id>/apne/", entries.open_again, name="open_again"),
    path("<uuid:entry_id>/versjon/<uuid:version_id>/", entries.compare, name="version"),
    path("<uuid:entry_id>/moter/", meetings.plan, name="plan"),
    path("moter/<uuid:meeting_id>/", meetings.change, name="change_meeting"),
    path("moter/<uuid:meeting_id>/avlys/", meetings.cancel, name="cancel_meeting"),
]
