from django.urls import path

from medspiller.messages.web import notices

app_name = "messages"

urlpatterns = [
    path("varsler/", notices.sent, name="notices"),
    path("varsler/liste.csv", notices.sent_csv, name="notices_csv"),
    path("varsler/<uuid:notice_id>/prov-igjen/", notices.try_again, name="try_again"),
    path("varsler/<uuid:notice_id>/stopp/", notices.stop, name="stop"),
]
