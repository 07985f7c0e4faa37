"""Addresses of the open pages of plans."""

from django.urls import path

from medspiller.strategy.web import public

app_name = "plan"

urlpatterns = [
    path("", public.plans, name="plans"),
    path("<slug:plan_name>/", public.plan, name="plan"),
]
