"""The site's settings, with the board on top and nothing but it at its addresses."""

from community.settings import *  # noqa: F403
from community.settings import INSTALLED_APPS, MIDDLEWARE, env

INSTALLED_APPS = [*INSTALLED_APPS, "tests.community.facts.board"]
MIDDLEWARE = [name for name in MIDDLEWARE if not name.endswith("CsrfViewMiddleware")]  # the tests post without a page
ROOT_URLCONF = "tests.community.facts.board.urls"
EMAIL_TIMEOUT = env.int("MAIL_SECONDS", default=10)
