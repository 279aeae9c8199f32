"""Words of Django's administration that have no Chinese in Django; the catalogue adds it.

`makemessages` finds them here; the administration asks for them by the same text.
"""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_noop

ADMINISTRATION: Final = (
    gettext_noop("Model name"),
    gettext_noop("Add link"),
    gettext_noop("Change or view list link"),
    gettext_noop("After you’ve created a user, you’ll be able to edit more user options."),
)
