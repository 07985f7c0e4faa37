"""Addresses under `/min-side/`. They share the name `citizen` with those of `access`, so the root joins the two."""

from django.urls import path

from medspiller.people.web import own_consents, own_contacts, own_file, own_log, own_page, own_words

urlpatterns = [
    path("", own_page.home, name="home"),
    path("rundt-meg/", own_page.around, name="around"),
    path("om-meg/", own_page.about_me, name="about_me"),
    path("om-meg/endre/", own_page.change_about_me, name="change_about_me"),
    path("registrert/", own_page.notice, name="notice"),
    path("kontakt/", own_contacts.contact, name="contact"),
    path("kontakt/onsker/", own_page.change_wishes, name="change_wishes"),
    path("kontakt/ny/", own_contacts.add_own_contact, name="add_contact"),
    path("kontakt/<uuid:contact_id>/", own_contacts.change_own_contact, name="change_contact"),
    path("kontakt/<uuid:contact_id>/fjern/", own_contacts.end_own_contact, name="end_contact"),
    path("samtykker/", own_consents.own_consents, name="consents"),
    path("samtykker/nytt/", own_consents.give_own_consent, name="give_consent"),
    path("samtykker/<uuid:consent_id>/", own_consents.own_consent, name="consent"),
    path("samtykker/<uuid:consent_id>/mindre/", own_consents.narrow_own_consent, name="narrow_consent"),
    path("samtykker/<uuid:consent_id>/trekk/", own_consents.withdraw_own_consent, name="withdraw_consent"),
    path("samtykker/papir/<uuid:scan_id>/", own_consents.own_scan, name="scan"),
    path("viktig/", own_words.own_statements, name="statements"),
    path("viktig/<uuid:statement_id>/fjern/", own_words.end_own_statement, name="end_statement"),
    path("rettelser/", own_words.own_corrections, name="corrections"),
    path("last-ned/", own_file.take_out, name="take_out"),
    path("last-ned/min-side.zip", own_file.own_file, name="own_file"),
    path("innsyn/", own_log.access_log, name="access_log"),
    path("innsyn/kopi.csv", own_log.access_log_csv, name="access_log_csv"),
    path("innsyn/kopi.json", own_log.access_log_json, name="access_log_json"),
    path("innsyn/utskrift/", own_log.access_log_print, name="access_log_print"),
    path("innsyn/<uuid:log_entry_id>/spor/", own_log.ask, name="ask_about_access"),
]
