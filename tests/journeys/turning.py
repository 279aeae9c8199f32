"""A calendar that a journey turns: the service's clock stands at ten in the morning of a day."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

DISTRICT = ZoneInfo("Asia/Shanghai")


class Calendar:
    """Sets the moment that the service takes for now; the database keeps its own clock."""

    def __init__(self, monkeypatch):
        self.monkeypatch = monkeypatch

    def turn_to(self, year, month, day):
        moment = datetime.datetime(year, month, day, 10, tzinfo=DISTRICT)
        at = moment.astimezone(datetime.UTC)
        self.monkeypatch.setattr(timezone, "now", lambda: at)
