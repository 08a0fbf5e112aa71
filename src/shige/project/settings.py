"""Settings of the program, read from the environment; the defaults serve one machine on loopback."""

import os
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONE, SELF

from shige.project.logs import LOGGING as LOGGING

PACKAGE = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("SHIGE_DATA", "var")).resolve()


def flag(name: str, default: bool = False) -> bool:
    """Read a yes/no setting of the environment."""
    return os.environ.get(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str = "") -> list[str]:
    """Read a comma-separated setting of the environment."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def database(url: str) -> dict[str, object]:
    """Turn a ``postgresql://`` address into Django's form; a ``host`` query names a socket folder."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or query.get("host", "")),
        "PORT": str(parts.port or query.get("port", "")),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
        # What people wrote travels beside a statement, never in it: no log can quote it with one (P6).
        # Nor does whoever owns the database put a function of theirs before the server's own (P7).
        "OPTIONS": {
            "server_side_binding": True,
            "options": os.environ.get("PGOPTIONS", "-c search_path=public"),
        },
    }


DATABASES = {"default": database(os.environ.get("DATABASE_URL", "postgresql:///shige"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

DEBUG = False
SECRET_KEY_FILE = DATA / "secret.key"
SECRET_KEY = os.environ.get("SHIGE_SECRET_KEY") or (
    SECRET_KEY_FILE.read_text().strip() if SECRET_KEY_FILE.exists() else ""
)
ALLOWED_HOSTS = words("SHIGE_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_FAILURE_VIEW = "shige.project.faults.unproven"
CSRF_TRUSTED_ORIGINS = words("SHIGE_ORIGINS")
HTTPS = flag("SHIGE_HTTPS")

INSTALLED_APPS = [
    "shige.project",
    "shige.trust",
    "shige.files",
    "shige.territory",
    "shige.matters",
    "shige.assets",
    "shige.disputes",
    "shige.warnings",
    "shige.opinions",
    "shige.redline",
    "shige.members",
    "shige.service_points",
    "shige.channels",
    "shige.insight",
    "shige.oversight",
    "shige.adoptions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "django_vite",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "shige.project.compression.TextCompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "shige.project.readable.ReadableMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "shige.project.unstored.UnstoredMiddleware",
    "shige.channels.middleware.PublicRateMiddleware",
    "shige.channels.middleware.LeftQuicklyMiddleware",
    "shige.trust.middleware.ViewerMiddleware",
    "shige.trust.middleware.KnownDeviceMiddleware",
    "shige.trust.middleware.SecondFactorMiddleware",
    "shige.matters.middleware.ReadingMiddleware",
]

ROOT_URLCONF = "shige.project.urls"
WSGI_APPLICATION = "shige.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "shige.project.context.frame",
            ],
        },
    }
]

# People and sign-in -----------------------------------------------------------------------------
AUTH_USER_MODEL = "trust.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "shige.trust.password_words.KnownWordsValidator"},
]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "shige.trust.adapter.StaffAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Shige"
MFA_FORMS = {
    "authenticate": "shige.trust.second_factor.WaitingAuthenticateForm",
    "reauthenticate": "shige.trust.second_factor.WaitingReauthenticateForm",
    "activate_totp": "shige.trust.second_factor.ActivateOnceForm",
}
# Wrong passwords wait by address and account together, and by address where the device is strange to the
# account (trust.adapter): allauth's own limits would let anybody behind an address lock its people out.
ACCOUNT_RATE_LIMITS = {"login": "", "login_failed": "", "reauthenticate": "10/m/user"}
# In PostgreSQL, so that a limit, and a one-time code that was used, hold for every process.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "trust_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # what is culled early would let a used code work again
    },
    "own": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/start/"
LOGOUT_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
# Behind a front that ends TLS the program itself sees plain HTTP.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SESSION_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if HTTPS else 0

SHIGE_TILE_URL = os.environ.get("SHIGE_TILE_URL", "")
TILE_HOST = ["{0.scheme}://{0.netloc}".format(urlsplit(SHIGE_TILE_URL))] if SHIGE_TILE_URL else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:", *TILE_HOST],
        "worker-src": [SELF],
        "connect-src": [SELF, *TILE_HOST],
        "object-src": [NONE],
        "base-uri": [SELF],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

# Words ------------------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "tables" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = os.environ.get("SHIGE_TIME_ZONE", "Asia/Shanghai")

# Jobs: each app keeps its own in jobs.py ----------------------------------------------------------
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

# Files ------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "static"] if (PACKAGE / "static").is_dir() else []
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
# Built files carry the hash of their content in their name: a browser never asks for one twice.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^.+/assets/.+-[\w-]{8}\.\w+$"
DJANGO_VITE = {
    "default": {"dev_mode": False, "manifest_path": PACKAGE / "static" / ".vite" / "manifest.json"}
}
MEDIA_ROOT = DATA / "media"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024


# Ours -------------------------------------------------------------------------------------------
SHIGE_PROFILE = os.environ.get("SHIGE_PROFILE", "chengdu")
SHIGE_HOLIDAYS = os.environ.get("SHIGE_HOLIDAYS", "")
SHIGE_VAULT_KEY_FILE = Path(os.environ.get("SHIGE_VAULT_KEY_FILE", DATA / "vault.key"))
SHIGE_MEMBERS_KEY_FILE = Path(os.environ.get("SHIGE_MEMBERS_KEY_FILE", DATA / "members.key"))
SHIGE_CHECKPOINT_KEY_FILE = Path(os.environ.get("SHIGE_CHECKPOINT_KEY_FILE", DATA / "checkpoint.key"))
SHIGE_CHECKPOINTS = Path(os.environ.get("SHIGE_CHECKPOINTS", DATA / "checkpoints"))
SHIGE_ERASURES = Path(os.environ.get("SHIGE_ERASURES", DATA / "erasures.jsonl"))
SHIGE_CHECKPOINT_URL = os.environ.get("SHIGE_CHECKPOINT_URL", "")
SHIGE_EMBEDDING = os.environ.get("SHIGE_EMBEDDING", "")
SHIGE_CATEGORY_MODEL = DATA / "category.npz"
SHIGE_SAMPLE_FILE = DATA / "sample.json"
SHIGE_PUBLIC_RATE = int(os.environ.get("SHIGE_PUBLIC_RATE", "30"))
SHIGE_PROXIES = words("SHIGE_PROXIES")
SHIGE_PUBLIC_ADDRESS = os.environ.get("SHIGE_PUBLIC_ADDRESS", "")
SHIGE_DELIVERY_URL = os.environ.get("SHIGE_DELIVERY_URL", "")
SHIGE_ATTACHMENT_LIMIT = int(os.environ.get("SHIGE_ATTACHMENT_MB", "10")) * 1024 * 1024
SHIGE_UPLOAD_SPACE = int(os.environ.get("SHIGE_UPLOAD_GB", "4")) * 1024 * 1024 * 1024
SHIGE_CLAMD = os.environ.get("SHIGE_CLAMD", "")
SHIGE_TEXT_LIMIT = 5000
