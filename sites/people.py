"""How people are named on pages; the API tells the name of the account."""

from __future__ import annotations

import re
from typing import Any, Final

_HAN: Final = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]|[\U00020000-\U0003ffff]")


def person_name(person: Any) -> str:
    """Return a person's full name, the account's name without one, empty for nobody.

    A name in Chinese characters is written family name first, without a space (王伟).
    """
    if not person or not person.get_username():
        return ""
    full = f"{person.last_name}{person.first_name}".strip()
    if not _HAN.search(full):
        full = person.get_full_name()
    return str(full or person.get_username())
