"""The orders of the list in words: the heading, the natural direction, and the other one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ORDER_WORDS: Final[Mapping[str, tuple[Promise, Promise, Promise]]] = {
    "code": (_("Code"), _("Code, ascending"), _("Code, descending")),
    "name": (_("Name"), _("Name, A to Z by pinyin"), _("Name, Z to A by pinyin")),
    "updated": (_("Changed"), _("Most recently changed first"), _("Least recently changed first")),
    "progress": (_("Progress"), _("Most progress first"), _("Least progress first")),
    "delay": (_("Delay"), _("Furthest behind plan first"), _("Least late first")),
}
