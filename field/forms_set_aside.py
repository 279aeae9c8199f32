"""What an officer posts to decide on an entry set aside."""

from __future__ import annotations

import re
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from sites.services.errors import RefusedByRegister

LONGEST_REASON: Final = 2000
PREFIX: Final = "side-"
LARGEST_VERSION: Final = 2**63 - 1
_UNWRITABLE: Final = re.compile(r"[\x00\ud800-\udfff]")


class ReasonForm:
    """A reason in ordinary characters."""

    def __init__(self, posted: QueryDict) -> None:
        self.posted = posted

    def reason(self) -> str:
        """Return the reason; raises `RefusedByRegister`."""
        text = self.posted.get("reason", "")
        if len(text) > LONGEST_REASON or _UNWRITABLE.search(text):
            sentence = _("The text may have at most %(limit)s ordinary characters.")
            words = sentence % {"limit": LONGEST_REASON}
            raise RefusedByRegister([("reason", "bad_text", words)])
        return text


class ChoicesForm(ReasonForm):
    """For each field of a clash whose value holds, and the version that the officer saw."""

    def values(self) -> dict[str, Any]:
        """Return `choices`, `expected_version` and `reason`; raises `RefusedByRegister`."""
        choices = {
            name.removeprefix(PREFIX): self.posted.get(name, "")
            for name in self.posted
            if name.startswith(PREFIX)
        }
        return {
            "choices": choices,
            "expected_version": self._version(),
            "reason": self.reason(),
        }

    def _version(self) -> int | None:
        text = self.posted.get("version", "")
        is_number = text.isascii() and text.isdecimal() and len(text) <= len(str(LARGEST_VERSION))
        return int(text) if is_number else None
