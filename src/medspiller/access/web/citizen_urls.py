from django.urls import path

from medspiller.access.web import drafts, oidc, session_views, step_up, views

# Named `citizen` by the root, which adds those of other apps.

urlpatterns = [
    path("logg-inn/", views.citizen_sign_in, name="sign_in"),
    path("logg-inn/videre/", oidc.citizen_begin, name="provider_begin"),
    path("logg-inn/retur/", oidc.come_back, name="provider_return"),
    path("logg-inn/igjen/", oidc.step_up, name="provider_step_up"),
    path("logg-ut/", oidc.citizen_sign_out, name="sign_out"),
    path("logg-ut/frontkanal/", oidc.front_channel_sign_out, name="front_channel_sign_out"),
    path("okt/", session_views.session, name="session"),
    path("okter/", session_views.sessions, name="sessions"),
    path("okter/avslutt/", session_views.end_session, name="end_session"),
    path("okter/avslutt-andre/", session_views.end_other_sessions, name="end_other_sessions"),
    path("bekreft/", step_up.confirm, name="confirm"),
    path("kladd/<str:own_form>/", drafts.keep_own, name="draft"),
]
