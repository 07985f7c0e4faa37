"""Addresses of the yearly reports."""

from django.urls import path

from medspiller.strategy.web import report_files, reports

urlpatterns = [
    path("<uuid:strategy_id>/arsstatus/", reports.reports, name="yearly_reports"),
    path("<uuid:strategy_id>/arsstatus/nytt/", reports.draft, name="draft_yearly_report"),
    path("<uuid:strategy_id>/arsstatus/<int:report_year>/", reports.report, name="yearly_report"),
    path(
        "<uuid:strategy_id>/arsstatus/<int:report_year>/tekst/<slug:section_key>/",
        reports.section,
        name="yearly_report_text",
    ),
    path("<uuid:strategy_id>/arsstatus/<int:report_year>/tall/", reports.count_anew, name="count_yearly_report"),
    path("<uuid:strategy_id>/arsstatus/<int:report_year>/ferdig/", reports.finish, name="finish_yearly_report"),
    path("<uuid:strategy_id>/arsstatus/<int:report_year>/gjenapne/", reports.reopen, name="reopen_yearly_report"),
    path("<uuid:strategy_id>/arsstatus/<int:report_year>/utskrift/", reports.on_paper, name="yearly_report_print"),
    path("<uuid:strategy_id>/arsstatus/<int:report_year>/pdf/", report_files.pdf, name="yearly_report_pdf"),
    path(
        "<uuid:strategy_id>/arsstatus/<int:report_year>/pdf/fil/", report_files.pdf_file, name="yearly_report_pdf_file"
    ),
    path("<uuid:strategy_id>/arsstatus/<int:report_year>/word/", report_files.word, name="yearly_report_word"),
    path(
        "<uuid:strategy_id>/arsstatus/<int:report_year>/word/fil/",
        report_files.word_file,
        name="yearly_report_word_file",
    ),
]
