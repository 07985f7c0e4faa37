from django.urls import include, path

from medspiller.access.web import drafts, oidc, session_views, step_up, views

app_name = "access"

urlpatterns = [
    path("logg-inn/", views.sign_in, name="sign_in"),
    path("logg-inn/retur/", oidc.come_back, name="provider_return"),
    path("logg-inn/igjen/", oidc.step_up, name="provider_step_up"),
    path("logg-inn/jwks/<uuid:provider_id>/", oidc.our_keys, name="provider_keys"),
    path("logg-inn/<uuid:provider_id>/", oidc.begin, name="provider_begin"),
    path("logg-ut/", views.sign_out, name="sign_out"),
    path("okt/", session_views.session, name="session"),
    path("okter/", session_views.sessions, name="sessions"),
    path("okter/avslutt/", session_views.end_session, name="end_session"),
    path("okter/avslutt-andre/", session_views.end_other_sessions, name="end_other_sessions"),
    path("bekreft/", step_up.confirm, name="confirm"),
    path("kladd/<str:form>/", drafts.keep, name="draft"),
    path("konto/", include("medspiller.access.web.local_urls")),
    path("styring/", include("medspiller.access.web.administration_urls")),
]
