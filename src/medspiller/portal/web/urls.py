from django.urls import path

from medspiller.portal.web import sitemap, views, young

app_name = "portal"

urlpatterns = [
    path("", views.front, name="front"),
    path("snakk-med-noen/", views.someone_to_talk_to, name="someone_to_talk_to"),
    path("hjelp-na/", views.help_now, name="help_now"),
    path("kontakt/", views.contact, name="contact"),
    path("personvern/", views.privacy, name="privacy"),
    path("tilgjengelighet/", views.accessibility, name="accessibility"),
    path("uten-nett/", views.without_net, name="without_net"),
    path("ung/", young.young, name="young"),
    path("ung/8-12/", young.youngest, name="young_8"),
    path("ung/13-15/", young.middle, name="young_13"),
    path("ung/16-18/", young.oldest, name="young_16"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
]
