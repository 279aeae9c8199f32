"""Codes of the dashboard, with words."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Rank(TextChoices):
    """By what townships are ranked."""

    FINISHED = "finished", _("Finished share")
    KILOMETRES = "km", _("Finished roads (km)")
    LATE = "late", _("Sites behind plan")
    PAID = "paid", _("Money paid")
    PAID_SHARE = "paid_share", _("Paid share of the allocated money")


class ChangeKind(TextChoices):
    """What happened to a site between two dates."""

    STARTED = "started", pgettext_lazy("change of a site", "Work begun")
    FINISHED = "finished", pgettext_lazy("change of a site", "Newly finished")
    ACCEPTED = "accepted", pgettext_lazy("change of a site", "Accepted or further")
    SUSPENDED = "suspended", pgettext_lazy("change of a site", "Suspended")
    CANCELLED = "cancelled", pgettext_lazy("change of a site", "Cancelled")
    STATE = "state", pgettext_lazy("change of a site", "Other change of state")
    MOVED = "moved", pgettext_lazy("change of a site", "Drawn elsewhere")
