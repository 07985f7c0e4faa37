from django.urls import include, path

from medspiller.workbench.web import showing, unit_list, views

app_name = "workbench"

urlpatterns = [
    path("", views.home, name="home"),
    path("enhet/<uuid:unit_id>/", views.unit, name="unit"),
    path("enhet/<uuid:unit_id>/endre/", views.edit_unit, name="edit_unit"),
    path("enheter/", unit_list.units, name="units"),
    path("enheter/liste.csv", unit_list.units_csv, name="units_csv"),
    path("hjelp/", showing.help_page, name="help"),
    path("hjelp/omvisning/", showing.put_tour_away, name="put_tour_away"),
    path("hjelp/hurtigtaster/", showing.keys, name="keys"),
    path("styring/", include("medspiller.workbench.web.administration_urls")),
    path("", include("medspiller.workbench.web.component_urls")),
]
