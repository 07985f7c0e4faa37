from django.urls import path

from medspiller.people.web import emergency, persons, questions, snooping

app_name = "people"

urlpatterns = [
    path("person/<uuid:person_id>/", persons.person, name="person"),
    path("blalys/", emergency.emergency, name="emergency"),
    path("blalys/<uuid:emergency_access_id>/avslutt/", persons.end_emergency, name="end_emergency"),
    path("blalys/gjennomgang/", emergency.to_review, name="emergency_list"),
    path("blalys/gjennomgang/<uuid:emergency_access_id>/", emergency.review, name="emergency_review"),
    path("innsynslogg/", snooping.report, name="snooping"),
    path("innsynslogg/liste.csv", snooping.report_csv, name="snooping_csv"),
    path("innsynslogg/utskrift/", snooping.report_print, name="snooping_print"),
    path("sporsmal-om-innsyn/", questions.questions, name="question_list"),
    path("sporsmal-om-innsyn/<uuid:question_id>/", questions.question, name="question"),
]
