from django.urls import path

from medspiller.portal.web import views

app_name = "portal"

urlpatterns = [
    path("", views.front, name="front"),
    path("tilbud/", views.offers, name="offers"),
    path("snakk-med-noen/", views.someone_to_talk_to, name="someone_to_talk_to"),
    path("hjelp-na/", views.help_now, name="help_now"),
    path("ung/", views.young, name="young"),
    path("robots.txt", views.robots, name="robots"),
]
