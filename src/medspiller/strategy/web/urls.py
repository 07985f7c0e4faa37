"""Addresses of strategies under the staff's own pages, part by part."""

from django.urls import include, path

app_name = "strategy"

urlpatterns = [
    # Before the plans, whose addresses begin with an id.
    path("", include("medspiller.strategy.web.guideline_urls")),
    path("", include("medspiller.strategy.web.report_urls")),
    path("", include("medspiller.strategy.web.staff_urls")),
]
