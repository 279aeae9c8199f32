"""The WSGI door that the web server opens."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.development")
# A page that asks the database for longer than this is a fault; jobs and commands may.
os.environ.setdefault("STATEMENT_TIMEOUT_MS", "5000")
django_application = get_wsgi_application()

from maps.tile_door import TileDoor  # noqa: E402  (needs Django set up)

application = TileDoor(django_application)
