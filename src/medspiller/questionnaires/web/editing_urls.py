"""Addresses of editors, of the toolbox and of totals, below `/arbeid/`."""

from django.urls import path

from medspiller.questionnaires.web import editing, toolbox, totals

urlpatterns = [
    path("skjema/forvaltning/", editing.form_list, name="forms_to_edit"),
    path("skjema/forvaltning/importer/", editing.import_form, name="import_form"),
    path("skjema/forvaltning/<uuid:definition_id>/", editing.one_form, name="form_to_edit"),
    path("skjema/forvaltning/<uuid:definition_id>/vis/", editing.preview, name="preview_form"),
    path("skjema/forvaltning/<uuid:definition_id>/publiser/", editing.publish, name="publish_form"),
    path("skjema/forvaltning/<uuid:definition_id>/trekk/", editing.retire, name="retire_form"),
    path("skjema/forvaltning/<uuid:definition_id>/skjema.json", editing.form_file, name="form_file"),
    path("personer/<uuid:person_id>/maaling/", totals.totals, name="totals"),
    path("personer/<uuid:person_id>/maaling/<uuid:total_id>/feil/", totals.wrong, name="wrong_total"),
    path("verktoy/", toolbox.tools, name="tools"),
    path("verktoy/<slug:tool_name>/", toolbox.tool, name="tool"),
]
