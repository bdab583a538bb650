"""Settings, from the environment only. The table in README.md is held to this file by a test.

`DEMONSTRATION=1` is the shape that `make run` starts: one process, SQLite, mail into files, a
secret of its own kept in `DATA_DIR`. Without it this is production, and it refuses to start half set up.
"""

from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from environs import Env, validate

from community.checks import (
    MAIL_SCHEMES,
    demonstration_secret,
    insist,
    insist_on_address,
    insist_on_one_video_server,
    origin_of,
    providers_from,
)
from i18n.languages import LANGUAGES as HOUSE_LANGUAGES

env = Env()
BASE_DIR = Path(__file__).resolve().parent.parent

# --- What this process is ---
DEMONSTRATION = env.bool("DEMONSTRATION", default=False)
DEBUG = env.bool("DEBUG", default=False)
PORT = env.int("PORT", default=8000)
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / ".data"))).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)
SECRET_KEY = env.str("SECRET_KEY", default="") or (demonstration_secret(DATA_DIR) if DEMONSTRATION else "")

# --- Where it is found ---
PUBLIC_ORIGIN = env.str("PUBLIC_ORIGIN", default=f"http://localhost:{PORT}" if DEMONSTRATION else "").rstrip("/")
insist(demonstration=DEMONSTRATION, debug=DEBUG, secret=SECRET_KEY, origin=PUBLIC_ORIGIN)
SITE_NAME = "Frontline"
_origin = urlsplit(PUBLIC_ORIGIN)
_https = _origin.scheme == "https"
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=_https)
ALLOWED_HOSTS = [_origin.hostname or "", "127.0.0.1"]  # by which this machine asks each process how it is
ALLOWED_ORIGINS = [PUBLIC_ORIGIN, *([f"http://127.0.0.1:{PORT}"] if DEMONSTRATION else [])]
CSRF_TRUSTED_ORIGINS = [PUBLIC_ORIGIN]
CSRF_FAILURE_VIEW = "community.pages.failures.csrf_failure"
ROOT_URLCONF = "community.urls"
ASGI_APPLICATION = "community.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Rooms ---
INSTALLED_APPS = [
    "daphne",
    "modeltranslation",
    "community.administration.HouseAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "channels",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "taggit",
    "i18n",
    "community",
    "community.personal",
    "community.facts",
    "community.live",
    "community.mail",
    "community.topics",
    "community.members",
    "community.files",
    "community.privacy",
    "community.programmes",
    "community.moderation",
    "community.coalition",
    "community.notifications",
    "community.following",
    "community.search",
    "community.polls",
    "community.pages",
    "forums",
    "webinars",
]
MIDDLEWARE = [
    "community.middleware.Traces",
    "django.middleware.security.SecurityMiddleware",
    "community.middleware.GzipsPages",  # with random padding, so that a length tells nothing
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "i18n.middleware.AddressLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "i18n.middleware.ReadersZone",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "community.members.middleware.SecondFactorFirst",
    "community.members.middleware.GathersUse",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "community.pages.context.page",
            ],
            "builtins": ["i18n.templatetags.languages"],
        },
    }
]
FORM_RENDERER = "community.text.renderer.DirectRenderer"

# --- Data ---
DATABASE_URL = env.str("DATABASE_URL", default="")
if DATABASE_URL:
    DATABASES = {"default": env.dj_db_url("DATABASE_URL")}
    if DATABASES["default"]["ENGINE"].endswith("postgresql"):
        DATABASES["default"]["OPTIONS"] = {"pool": {"min_size": 2, "max_size": 16}}
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA_DIR / "frontline.sqlite3",
            "CONN_MAX_AGE": None,
            "TEST": {"NAME": DATA_DIR / "test.sqlite3"},  # in memory its threads would lock whole tables
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
            },
        }
    }
REDIS_URL = env.str("REDIS_URL", default="")
insist_on_address("REDIS_URL", REDIS_URL, ("redis", "rediss", "unix"))
# Redis tells all who listen, whatever their database in it: two sites would hear each other's bells, and who is there.
REDIS_PREFIX = env.str("REDIS_PREFIX", default=sha256(PUBLIC_ORIGIN.encode()).hexdigest()[:12])
MEILISEARCH_URL = env.str("MEILISEARCH_URL", default="").rstrip("/")  # without it the engine in the house
MEILISEARCH_API_KEY = env.str("MEILISEARCH_API_KEY", default="")
# Without Redis there is one process: a bell is a call, and no channel layer is needed.
CHANNEL_LAYERS = (
    {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [{"address": REDIS_URL, "socket_timeout": None}], "prefix": REDIS_PREFIX},
        }
    }
    if REDIS_URL
    else {}
)
CACHES = {
    "default": {
        "BACKEND": "community.limits.cache.ForgivingRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": REDIS_PREFIX,
        "OPTIONS": {"socket_timeout": 0.3, "socket_connect_timeout": 0.3},
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}
KEPT_PAGES = env.bool("KEPT_PAGES", default=True)  # guests' pages answered in front of Django

# --- Live (docs/live.md) ---
LIVE_FRAME_BYTES = env.int("LIVE_FRAME_BYTES", default=4096)  # the most a page may say at once
LIVE_MESSAGES = env.int("LIVE_MESSAGES", default=20)  # in 10 seconds
LIVE_STREAMS = env.int("LIVE_STREAMS", default=50)  # a socket
LIVE_SOCKETS_A_MEMBER = env.int("LIVE_SOCKETS_A_MEMBER", default=10)  # in each process
LIVE_SOCKETS_AN_ADDRESS = env.int("LIVE_SOCKETS_AN_ADDRESS", default=100)
LIVE_WAITING_BYTES = env.int("LIVE_WAITING_BYTES", default=1024 * 1024)  # for a socket that does not read
LIVE_HEARTBEAT_SECONDS = env.float("LIVE_HEARTBEAT_SECONDS", default=25)
LIVE_TRANSPORT = env.str("LIVE_TRANSPORT", default="direct")  # or "prepared", or "plain"

# --- Members ---
AUTH_USER_MODEL = "members.Member"
AUTHENTICATION_BACKENDS = ["community.members.backend.AddressBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "community.members.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_SESSION_REMEMBER = True
# allauth's, but for wrong passwords of others: a town hall has one address, and ten a minute would close it to all.
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip,5/300s/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = int(BEHIND_PROXY)  # limits count the reader's address, not the proxy's
PASSWORD_RESET_TIMEOUT = 60 * 60
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
# Who must have a second factor before her roles are hers: "none", "staff" (moderators, administrators) or "all".
SECOND_FACTOR_FOR = env.str(
    "SECOND_FACTOR_FOR",
    default="none" if DEMONSTRATION else "staff",
    validate=validate.OneOf(["none", "staff", "all"]),
)

# --- Signing in with an OpenID Connect provider, where one is named ---
OIDC_NAME = env.str("OIDC_NAME", default="")  # on the button
OIDC_SERVER = env.str("OIDC_SERVER", default="").rstrip("/")  # above its /.well-known/openid-configuration
OIDC_CLIENT = env.str("OIDC_CLIENT", default="")
OIDC_SECRET = env.str("OIDC_SECRET", default="")
SOCIALACCOUNT_ADAPTER = "community.members.providers.ProviderAdapter"
SOCIALACCOUNT_PROVIDERS = providers_from(name=OIDC_NAME, server=OIDC_SERVER, client=OIDC_CLIENT, secret=OIDC_SECRET)

# --- Mail ---
MAIL_FROM = env.str("MAIL_FROM", default="Frontline <frontline@localhost>")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = MAIL_FROM
insist_on_address("EMAIL_URL", env.str("EMAIL_URL", default=""), MAIL_SCHEMES)
if env.str("EMAIL_URL", default=""):
    vars().update({name: value for name, value in env.dj_email_url("EMAIL_URL").items() if name.isupper()})
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_TIMEOUT = 10  # seconds

# --- Languages ---
LANGUAGE_CODE = "en"
LANGUAGES = HOUSE_LANGUAGES
LOCALE_PATHS = [BASE_DIR / "i18n" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
MODELTRANSLATION_FALLBACK_LANGUAGES = ()
TAGGIT_CASE_INSENSITIVE = True

# --- Files ---
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {
        "BACKEND": env.str("FILES_STORAGE", default="django.core.files.storage.FileSystemStorage"),
        "OPTIONS": env.json("FILES_STORAGE_OPTIONS", default={"location": str(DATA_DIR / "files")}),
    },
    "staticfiles": {"BACKEND": "community.storage.HashedModules"},
}
FILES_ACCEL = env.str("FILES_ACCEL", default="")  # where nginx finds the storage's directory
VIRUS_SCAN = env.str("VIRUS_SCAN", default="")
DOCUMENT_BYTES = env.int("DOCUMENT_BYTES", default=50 * 1024 * 1024)
IMAGE_BYTES = env.int("IMAGE_BYTES", default=20 * 1024 * 1024)
IMAGE_PIXELS = env.int("IMAGE_PIXELS", default=50_000_000)
PLAIN_UPLOAD_BYTES = env.int("PLAIN_UPLOAD_BYTES", default=10 * 1024 * 1024)  # at once, by a form of its own
MEMBER_BYTES = env.int("MEMBER_BYTES", default=500 * 1024 * 1024)
FILES_A_POST = env.int("FILES_A_POST", default=10)
# Bytes of a form but for its files, whose parts their view reads. Far more than any field takes: what is too long comes
# back in its form, with its length, and only what nobody has typed is refused unread.
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000  # who came to a session is one each
FILE_UPLOAD_PERMISSIONS = 0o640  # nginx reads them by its group

# --- Safety ---
SECURE_SSL_REDIRECT = _https
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_HSTS_SECONDS = 63072000 if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _https
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _https
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'", *([origin_of(OIDC_SERVER)] if OIDC_SERVER else [])],  # a form's redirect counts
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["frontline"],
    }
}
EMBED_IN: list[str] = env.list("EMBED_IN", default=[])  # origins whose pages may show /webinars/embed/ in a frame
PERMISSIONS_POLICY = "camera=(), microphone=(), geolocation=(), payment=(), usb=()"
# Of a video server in whose rooms sessions can be held on the site: one of the two.
JITSI_URL = env.str("JITSI_URL", default="")
BIGBLUEBUTTON_URL = env.str("BIGBLUEBUTTON_URL", default="")
BIGBLUEBUTTON_SECRET = env.str("BIGBLUEBUTTON_SECRET", default="")
insist_on_one_video_server(jitsi=JITSI_URL, bigbluebutton=BIGBLUEBUTTON_URL, secret=BIGBLUEBUTTON_SECRET)
PERMISSIONS_POLICY_IN_ROOMS = (
    'camera=("%(there)s"), microphone=("%(there)s"), display-capture=("%(there)s"), fullscreen=(self "%(there)s"), '
    "geolocation=(), payment=(), usb=()"
)
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")

# --- Logs ---
LOG_LEVEL = env.str("LOG_LEVEL", default="INFO")
LOGGING_CONFIG = "community.logs.configure"
LOGGING = {"level": LOG_LEVEL, "as_json": not DEMONSTRATION}
