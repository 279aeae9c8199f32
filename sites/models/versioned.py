"""What every shared record has: an identifier, a version and the times of its changes."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from sites.identifiers import new_id


class VersionedRecord(models.Model):
    """A record whose `version` the database counts up with each change (see `triggers.touch`)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1, db_default=1, editable=False)
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)
    updated_at = models.DateTimeField(
        _("updated at"), db_default=Now(), editable=False, db_index=True
    )

    class Meta:
        abstract = True
