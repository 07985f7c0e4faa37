"""Addresses of the component pages."""

from django.urls import path

from medspiller.workbench.web import components

urlpatterns = [
    path("ui/", components.component_index, name="component_index"),
    path("ui/<slug:slug>/", components.component, name="component"),
]
