"""Names in two languages."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class NamedRecord(models.Model):
    """A record with a Chinese name and, where known, an English one."""

    name = models.CharField(_("name"), max_length=200)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """Return the name in the language in force, else the Chinese one."""
        return self.name_en if get_language() == "en" and self.name_en else self.name
