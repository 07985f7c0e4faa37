"""
Local accounts, under `/arbeid/konto/`. These are all there are.

allauth keeps second factors and nothing more: its own addresses, among them those for
signing up, for e-mail addresses and for other sites' accounts, do not exist here.
"""

from django.urls import path

from medspiller.access.declare import public, requires
from medspiller.access.web import account, local_invitations, local_sign_in
from medspiller.access.web import second_factors as factors

_BOTH = ("GET", "POST")
_halfway = public("whoever has shown a password, or an invitation, is not signed in yet", methods=_BOTH)
_asks = public("the browser asks before anybody is signed in; tells of no account", methods=("POST",))
_own = "access.manage_own_account"
_changes = requires(_own, methods=_BOTH, recent_sign_in=True)

urlpatterns = [
    path("", requires(_own)(account.overview), name="account"),
    path(
        "logg-inn/",
        public("one must be able to sign in", methods=_BOTH)(local_sign_in.sign_in),
        name="local_sign_in",
    ),
    path("logg-inn/trinn-2/", _halfway(local_sign_in.second_step), name="second_step"),
    path("logg-inn/nokkel/", _asks(local_sign_in.passkey_sign_in), name="passkey_sign_in"),
    path("logg-inn/nokkel/sporsmal/", _asks(local_sign_in.passkey_question), name="passkey_question"),
    path(
        "bekreft/",
        requires("access.confirm_identity", methods=_BOTH)(local_sign_in.confirm),
        name="local_step_up",
    ),
    path(
        "invitasjon/<str:token>/",
        public("the link is the proof; shows nothing until a button is pressed", methods=_BOTH)(
            local_invitations.invitation
        ),
        name="invitation",
    ),
    path("passord/velg/", _halfway(local_invitations.choose_password), name="choose_password"),
    path("oppsett/", _halfway(factors.on_the_way(factors.choose)), name="set_up"),
    path("oppsett/app/", _halfway(factors.on_the_way(factors.totp)), name="set_up_totp"),
    path("oppsett/nokkel/", _halfway(factors.on_the_way(factors.passkey)), name="set_up_passkey"),
    path(
        "oppsett/nokkel/sporsmal/",
        public("as the page it belongs to", methods=("POST",))(factors.on_the_way(factors.new_passkey_question)),
        name="set_up_passkey_question",
    ),
    path("oppsett/reservekoder/", _halfway(factors.on_the_way(factors.recovery_codes)), name="recovery_codes"),
    path("passord/", _changes(account.change_password), name="change_password"),
    path("app/", _changes(factors.signed_in(factors.totp)), name="add_totp"),
    path("nokkel/", _changes(factors.signed_in(factors.passkey)), name="add_passkey"),
    path(
        "nokkel/sporsmal/",
        requires(_own, methods=("POST",), recent_sign_in=True)(factors.signed_in(factors.new_passkey_question)),
        name="add_passkey_question",
    ),
    path("reservekoder/", _changes(factors.signed_in(factors.recovery_codes)), name="renew_recovery_codes"),
    path("fjern/<int:factor_id>/", _changes(account.remove_factor), name="remove_factor"),
]
