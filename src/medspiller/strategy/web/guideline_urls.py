"""Addresses of the guideline's lines, of indicators and of reference figures."""

from django.urls import path

from medspiller.strategy.web import assessing, evaluation, figures, guideline

urlpatterns = [
    path("veileder/", guideline.overview, name="guideline"),
    path("veileder/liste.csv", guideline.overview_csv, name="guideline_csv"),
    path("veileder/linjer/", guideline.lines, name="guideline_lines"),
    path("veileder/linjer/liste.csv", guideline.lines_csv, name="guideline_lines_csv"),
    path("veileder/linjer/<str:guideline_line>/", guideline.line, name="guideline_line"),
    path("veileder/linjer/<str:guideline_line>/<slug:service>/", assessing.assess, name="assess_line"),
    path("veileder/linjer/<str:guideline_line>/<slug:service>/tiltak/", assessing.gap_measure, name="gap_measure"),
    path("veileder/egenvurdering/", assessing.services_to_assess, name="self_assessment"),
    path("veileder/egenvurdering/<slug:service>/<int:chapter>/", assessing.chapter, name="self_assessment_chapter"),
    path("veileder/oppfolging/", guideline.follow_up, name="follow_up"),
    path("veileder/oppfolging/liste.csv", guideline.follow_up_csv, name="follow_up_csv"),
    path("veileder/grunnlag/", evaluation.basis, name="evaluation"),
    path("veileder/grunnlag/<uuid:strategy_id>/word/", evaluation.word, name="evaluation_word"),
    path("veileder/grunnlag/<uuid:strategy_id>/word/fil/", evaluation.word_file, name="evaluation_word_file"),
    path("nasjonale-anslag/", figures.reference_figures, name="figures"),
    path("nasjonale-anslag/liste.csv", figures.reference_figures_csv, name="figures_csv"),
    path("indikatorer/", figures.indicators, name="indicators"),
    path("indikatorer/liste.csv", figures.indicators_csv, name="indicators_csv"),
    path("indikatorer/<slug:indicator_slug>/", figures.indicator, name="indicator"),
]
