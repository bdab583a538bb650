"""The roof: HTTP and, later, sockets joined."""

import os

from django.core.asgi import get_asgi_application

from community.checks import refuse_demonstration_accounts

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")
application = get_asgi_application()
refuse_demonstration_accounts()
