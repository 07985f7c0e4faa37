"""
Every setting, each with what it is for. What an installation may change comes from the
environment and is listed in `docs/settings.md`, which a test holds against this file.
"""

import os
from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from medspiller.config import languages, mail, secrets
from medspiller.config.secrets import key_from

BASE_DIR = secrets.ROOT

# --- What this process is -----------------------------------------------------------------

# Never on where people's data are: error pages would show it.
DEBUG = os.environ.get("MEDSPILLER_DEBUG") == "1"
# One of the two locks of the demo sign-in; the other is the mark in the database.
DEMO = os.environ.get("MEDSPILLER_DEMO") == "1"
# Signs sessions and forms. Keep it secret; changing it signs everybody out.
SECRET_KEY = secrets.secret_key()
# Encrypt columns; the first is written with, the others still open what they sealed.
ENCRYPTION_KEYS = {key_id: key_from(key) for key_id, key in secrets.encryption_keys().items()}
# Finds encrypted values again. It cannot be changed without computing every hash anew.
LOOKUP_KEY = key_from(secrets.lookup_key())
# Names under which the site may be asked for.
ALLOWED_HOSTS = os.environ.get("MEDSPILLER_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")
# Whether made-up person numbers are accepted, as ID-porten's test environment has them. Never where people's data are.
TEST_PERSON_NUMBERS = os.environ.get("MEDSPILLER_TEST_PERSON_NUMBERS", "1" if DEMO else "0") == "1"
# The municipality whose front page is shown where a host name names none.
DEFAULT_MUNICIPALITY = os.environ.get("MEDSPILLER_MUNICIPALITY", "3201")
# Whether browsers reach us over https, directly or through a proxy that ends it.
HTTPS = os.environ.get("MEDSPILLER_HTTPS", "0" if DEMO or DEBUG else "1") == "1"

# --- Apps, lowest first -------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "template_partials",
    "csp",
    "pgtrigger",
    "pghistory",
    "medspiller.core",
    "medspiller.ui",
    "medspiller.audit",
    "medspiller.organisations",
    "medspiller.access",
    "medspiller.content",
    "medspiller.people",
    "medspiller.messages",
    "medspiller.worklist",
    "medspiller.questionnaires",
    "medspiller.catalogue",
    "medspiller.pathways",
    "medspiller.signups",
    "medspiller.enquiries",
    "medspiller.rights",
    "medspiller.followup",
    "medspiller.statistics",
    "medspiller.strategy",
    "medspiller.workbench",
    "medspiller.portal",
    "medspiller.demo",
    "medspiller.config",
    # After ours, whose words and templates come before theirs.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    # After ours, whose tasks it looks for.
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "medspiller.access.middleware.SafeHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "medspiller.ui.middleware.Language",
    "medspiller.ui.middleware.NotTooMuch",
    "medspiller.access.middleware.UnitOfWork",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "medspiller.access.middleware.DeclaredMethods",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    # allauth will not start without it. It asks neither session nor database.
    "allauth.account.middleware.AccountMiddleware",
    "medspiller.access.middleware.WhoActs",
    "medspiller.access.middleware.ClosedByDefault",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "medspiller.config.urls"
WSGI_APPLICATION = "medspiller.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = [
    # Passwords of local accounts, those of the host's tenant only.
    "medspiller.access.web.backends.LocalAccounts",
    # Finds the account of a session that was opened; it knows no password, as no account has a user name of its kind.
    "django.contrib.auth.backends.ModelBackend",
]
# Length and what is easily guessed count; which characters there are does not (ASVS 5.0 V6.2).
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "subject", "email")},
    },
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "medspiller.ui.context.page",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
                "medspiller.ui.templatetags.ui",
            ],
        },
    }
]

# --- Database -----------------------------------------------------------------------------


def _database(address: secrets.DatabaseAddress, **extra: object) -> dict[str, object]:
    options = {"connect_timeout": 3, **address.options, **extra.get("OPTIONS", {})}  # type: ignore[dict-item]
    # Where it is not set, each row of history raises an error and catches it, and that goes through all that the
    # transaction has yet to check: ten thousand rows in one then take many times as long.
    settings = ["pgtrigger.ignore={}"]
    # Else a search that looks at some of many finds others each time, wherever another scan of the table just is.
    settings.append("synchronize_seqscans=off")
    # With a hundred thousand persons a page's statements look dear enough to be compiled first, which takes seconds
    # where running them takes a tenth of one.
    settings.append("jit=off")
    options["options"] = " ".join((str(options.get("options", "")), *(f"-c {each}" for each in settings))).strip()
    return {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": address.host,
        "PORT": address.port,
        "NAME": address.name,
        "USER": address.user,
        "PASSWORD": address.password,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,
        **extra,
        "OPTIONS": options,
    }


DATABASES = {
    # Requests and jobs: the web role, which owns no table.
    "default": _database(
        # Commands that maintain the installation itself (content, tenants) run as the owner.
        secrets.owner_database() if os.environ.get("MEDSPILLER_AS_OWNER") == "1" else secrets.web_database(),
        OPTIONS={"pool": {"min_size": 1, "max_size": 8, "timeout": 5, "max_lifetime": 1800}},
    ),
    # Migrations only. A migration that would wait for a lock fails instead of stopping the service.
    "owner": _database(
        # Web and worker of a server are not told who the owner is, and need not know.
        secrets.owner_database() if secrets.has_owner() else secrets.web_database(),
        OPTIONS={"options": "-c lock_timeout=5s"},
    ),
}
DATABASE_ROUTERS = ["medspiller.config.routers.OwnerMigrates"]

# --- Jobs ---------------------------------------------------------------------------------

# Tasks are found as `<app>.tasks`; these have no such place of their own.
PROCRASTINATE_IMPORT_PATHS: list[str] = []

# --- History ------------------------------------------------------------------------------

# Who changed a row is a column of its history table, filled in by the database.
PGHISTORY_BASE_MODEL = "medspiller.core.history.HistoryRow"

# --- Languages and time -------------------------------------------------------------------

LANGUAGE_CODE = "nb"
LANGUAGES = [
    ("nb", _("Norwegian Bokmål")),
    ("nn", _("Norwegian Nynorsk")),
    ("en", _("English")),
    ("se", _("Northern Sámi")),
]
languages.teach_django_northern_sami()
LANGUAGE_COOKIE_NAME = "medspiller_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "Europe/Oslo"
USE_TZ = True

# --- Static files -------------------------------------------------------------------------

STATIC_URL = "/static/"
# Where set-up collects them to.
STATIC_ROOT = Path(os.environ.get("MEDSPILLER_STATIC") or secrets.DATA / "static")
# What npm brought: taken from there into static files, never committed, never from a CDN.
NPM_DIR = BASE_DIR / "node_modules"
# Static name → file of a package; only what pages use.
NPM_STATIC_FILES = {
    "designsystemet/base.css": "@digdir/designsystemet-css/dist/src/index.css",
    "designsystemet/theme.css": "@digdir/designsystemet-theme/brand/digdir.css",
    "designsystemet/web.js": "@digdir/designsystemet-web/dist/umd/index.js",
    "htmx/htmx.min.js": "htmx.org/dist/htmx.min.js",
    "inter/latin.woff2": "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
    "inter/latin-ext.woff2": "@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2",
}
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "medspiller.ui.finders.NpmFiles",
]
# Icons are put into pages as SVG, not served.
ICONS_DIR = NPM_DIR / "@navikt/aksel-icons/dist/svg"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "medspiller.ui.storage.StaticFiles"},
}
WHITENOISE_MAX_AGE = 31536000

# --- Safety -------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
# Browsers take a cookie of this name from this host only, over https, for the whole site.
_HOST_ONLY = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{_HOST_ONLY}medspiller_session"
CSRF_COOKIE_NAME = f"{_HOST_ONLY}medspiller_form"
# By which a browser is known again when somebody signs in from it.
DEVICE_COOKIE_NAME = f"{_HOST_ONLY}medspiller_device"
# The limits that count are in access.domain.sessions; this only bounds what lies in the database.
SESSION_ENGINE = "medspiller.access.session_store"
SESSION_COOKIE_AGE = 10 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "medspiller.access.refusals.csrf_failure"
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if os.environ.get("MEDSPILLER_BEHIND_PROXY") == "1":
    # A proxy ends TLS before us and overwrites this header; without such a proxy anybody could set it.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
LOGOUT_REDIRECT_URL = "portal:front"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# Django's own checks that do not fit: we run no mail server and no admin.
SILENCED_SYSTEM_CHECKS = ["security.W008"]

# --- Notices out: without these nothing leaves the machine ---------------------------------

# The host name in notices to those whose tenant has none of its own.
PUBLIC_HOST = os.environ.get("MEDSPILLER_PUBLIC_HOST", "") or ALLOWED_HOSTS[0]
# Where text messages are handed over, and the key that says who we are.
SMS_URL = os.environ.get("MEDSPILLER_SMS_URL", "")
SMS_TOKEN = os.environ.get("MEDSPILLER_SMS_TOKEN", "")
# The mail server, and the address that mail comes from.
SMTP_URL = os.environ.get("MEDSPILLER_SMTP_URL", "")
EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, EMAIL_USE_TLS, EMAIL_USE_SSL = mail.parse(SMTP_URL)
EMAIL_TIMEOUT = 10
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if SMTP_URL else 'dummy'}.EmailBackend"
DEFAULT_FROM_EMAIL = os.environ.get("MEDSPILLER_MAIL_FROM", f"ikke-svar@{PUBLIC_HOST}")

# What looks for harm in files before they are kept: the path of a class as `people.domain.scans.Scanner` says. None by
# default, and pages that take files say so.
UPLOAD_SCANNER = os.environ.get("MEDSPILLER_UPLOAD_SCANNER", "")

# Whether jobs may ask the open internet if the addresses in the catalogue of support work.
LOOK_AT_ADDRESSES = os.environ.get("MEDSPILLER_LOOK_AT_ADDRESSES") == "1"

# Whether instruments that are free for non-commercial use only may be asked here; only the municipality can say so.
NON_COMMERCIAL_USE = os.environ.get("MEDSPILLER_NON_COMMERCIAL_USE") == "1"

# The smallest count that figures show, for all municipalities or for one: `10`, `3201:10`. Never below 5.
SMALLEST_COUNT = os.environ.get("MEDSPILLER_SMALLEST_COUNT", "")

# --- Local accounts: allauth keeps the second factors; its own pages and addresses are not there ---

ACCOUNT_ADAPTER = "medspiller.access.web.adapters.AccountAdapter"
# Seals the secrets of second factors.
MFA_ADAPTER = "medspiller.access.web.adapters.SealedFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
# Accounts are made by administrators and known by issuer and subject; there are no user names, and no mail is sent.
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
# Tries are counted by `access.services.throttling`, for all processes together.
ACCOUNT_RATE_LIMITS = False

# --- Logs: event names and ids, no names, numbers or free text about people ---------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"without_secrets": {"()": "medspiller.config.logs.WithoutSecrets"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["without_secrets"]}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("MEDSPILLER_LOG_LEVEL", "WARNING")},
}
