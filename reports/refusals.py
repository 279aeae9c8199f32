"""What a refused change says on a page."""

from __future__ import annotations

from sites.services.errors import RefusedByRegister, ServiceError


def sentences_of(error: ServiceError) -> list[str]:
    """Return the sentences of a refusal, each thing that was wrong in one."""
    if isinstance(error, RefusedByRegister):
        return [text for _field, _code, text in error.errors]
    return [str(error.message)]
