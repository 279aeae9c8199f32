"""The codes of the phone's exchange with the register, with words.

The stored values are part of the stable interface; the words are translated.
"""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class OpType(TextChoices):
    """What a phone asks for: a new entry, new values for a record, or its next state."""

    CREATE = "create", pgettext_lazy("field operation", "New entry")
    UPDATE = "update", pgettext_lazy("field operation", "Change of a record")
    MOVE = "move", pgettext_lazy("field operation", "Next state")


class OpStatus(TextChoices):
    """What became of an operation; `conflict` and the two refusals are set aside, never lost."""

    STORED = "stored", pgettext_lazy("field operation", "Received")
    DUPLICATE = "duplicate", pgettext_lazy("field operation", "Received before")
    CONFLICT = "conflict", pgettext_lazy("field operation", "Clashes with the office's values")
    REJECTED = "rejected", pgettext_lazy("field operation", "Not taken")
    UNPERMITTED = "unpermitted", pgettext_lazy("field operation", "Not permitted")
