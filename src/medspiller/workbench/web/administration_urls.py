"""Addresses of administration that belong to no single app: the index, units and posts."""

from django.urls import path

from medspiller.workbench.web import administration
from medspiller.workbench.web import administration_posts as posts
from medspiller.workbench.web import administration_units as units

_UNIT = "enheter/<uuid:unit_id>/"

urlpatterns = [
    path("", administration.administration, name="administration"),
    path("enheter/", units.units, name="administration_units"),
    path(_UNIT, units.unit, name="administration_unit"),
    path(f"{_UNIT}ny/", units.open_unit, name="administration_open_unit"),
    path(f"{_UNIT}endre/", units.change_unit, name="administration_change_unit"),
    path(f"{_UNIT}flytt/", units.move_unit, name="administration_move_unit"),
    path(f"{_UNIT}lukk/", units.close_unit, name="administration_close_unit"),
    path(f"{_UNIT}stilling/", posts.open_post, name="administration_open_post"),
    path(f"{_UNIT}stilling/<uuid:post_id>/lukk/", posts.close_post, name="administration_close_post"),
]
