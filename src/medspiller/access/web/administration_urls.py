"""Addresses of administration under `/arbeid/styring/`: accounts, roles, sign-in, who may what, changes."""

from django.urls import path

from medspiller.access.web import administration as accounts
from medspiller.access.web import administration_closing as closing
from medspiller.access.web import administration_providers as providers
from medspiller.access.web import administration_roles as roles
from medspiller.access.web import changes, permissions

_ACCOUNT = "ansatte/<uuid:user_id>/"
_PROVIDER = "innlogging/<uuid:provider_id>/"

urlpatterns = [
    path("ansatte/", accounts.accounts, name="administration_accounts"),
    path("ansatte/liste.csv", accounts.accounts_csv, name="administration_accounts_csv"),
    path("ansatte/ny/", accounts.new_account, name="administration_new_account"),
    path(_ACCOUNT, accounts.account, name="administration_account"),
    path(f"{_ACCOUNT}lenke/", accounts.invite, name="administration_invite"),
    path(f"{_ACCOUNT}lenke/trekk/", accounts.withdraw_invitation, name="administration_withdraw_invitation"),
    path(f"{_ACCOUNT}trinn-2/", accounts.forget_second_factors, name="administration_forget_second_factors"),
    path(f"{_ACCOUNT}stenging/", closing.close_or_reopen, name="administration_account_state"),
    path(f"{_ACCOUNT}stilling/", roles.give_post, name="administration_give_post"),
    path(f"{_ACCOUNT}stilling/<uuid:holding_id>/rolle/", roles.give_role, name="administration_give_role"),
    path(f"{_ACCOUNT}stilling/<uuid:holding_id>/forleng/", roles.extend_post, name="administration_extend_post"),
    path(f"{_ACCOUNT}stilling/<uuid:holding_id>/avslutt/", roles.end_post, name="administration_end_post"),
    path(f"{_ACCOUNT}rolle/<uuid:grant_id>/forleng/", roles.extend_role, name="administration_extend_role"),
    path(f"{_ACCOUNT}rolle/<uuid:grant_id>/avslutt/", roles.end_role, name="administration_end_role"),
    path("innlogging/", providers.providers, name="administration_providers"),
    path("innlogging/ny/", providers.new_provider, name="administration_new_provider"),
    path(_PROVIDER, providers.provider, name="administration_provider"),
    path(f"{_PROVIDER}endre/", providers.change_provider, name="administration_change_provider"),
    path(f"{_PROVIDER}sjekk/", providers.check_provider, name="administration_check_provider"),
    path(f"{_PROVIDER}bruk/", providers.switch_provider, name="administration_switch_provider"),
    path(f"{_PROVIDER}nokkel/ny/", providers.add_key, name="administration_add_key"),
    path(f"{_PROVIDER}nokkel/bytt/", providers.rotate_key, name="administration_rotate_key"),
    path(f"{_PROVIDER}nokkel/<uuid:key_id>/avslutt/", providers.end_key, name="administration_end_key"),
    path("hvem-kan-hva/", permissions.permissions, name="administration_permissions"),
    path("hvem-kan-hva/utskrift/", permissions.permissions_print, name="administration_permissions_print"),
    path("hvem-kan-hva/gjennomgang/", permissions.mark_reviewed, name="administration_mark_reviewed"),
    path("hvem-kan-hva/liste.csv", permissions.permissions_csv, name="administration_permissions_csv"),
    path("historikk/", changes.changes, name="administration_changes"),
    path("historikk/liste.csv", changes.changes_csv, name="administration_changes_csv"),
]
