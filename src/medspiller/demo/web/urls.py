from django.urls import path

from medspiller.demo.web import views

app_name = "demo"

urlpatterns = [
    path("", views.personas, name="personas"),
    path("historien/<slug:stage_id>/", views.walk, name="stage"),
    path("logg-inn/<str:persona_id>/", views.sign_in, name="sign_in"),
]
