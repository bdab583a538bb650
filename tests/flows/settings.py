"""The site as it is, with one app more that spoils its bells where the environment asks for it."""

from community.settings import *  # noqa: F403
from community.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.flows.chaos"]
