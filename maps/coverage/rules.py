"""The rules of coverage: read, begun with a migration, and replaced by a new version.

A rule is never edited: what changes is a new number, so that every run can be told again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from maps.coverage.default_rules import load_default_rules
from maps.coverage.parameters import Values, read_parameters
from maps.kinds import Indicator
from maps.models import CoverageRule
from sites.access import Scope
from sites.services import NotPermitted, RefusedByRegister, ServiceError

if TYPE_CHECKING:
    from django.contrib.auth.models import User

_LOCK = 0x0C07E4A6E
"""Key of the lock under which new numbers are given."""


class UnknownRule(ServiceError):
    """There is no rule of that number for the indicator."""

    code = "unknown_rule"
    message = _("There is no rule of this number for the indicator.")


def rules_after_migrate(**_named: Any) -> None:
    """Write version 1 of each indicator without a rule; a way back may have removed the table."""
    if CoverageRule._meta.db_table in connection.introspection.table_names():
        load_default_rules(CoverageRule)


def rule_in_use(indicator: str, number: int | None = None) -> CoverageRule:
    """Return the newest rule of an indicator, or the one of a number; raises `UnknownRule`."""
    rules = CoverageRule.objects.filter(indicator=indicator)
    if number is not None:
        rules = rules.filter(number=number)
    found: CoverageRule | None = rules.order_by("-number").first()
    if found is None:
        raise UnknownRule(field="rule")
    return found


@transaction.atomic
def rule_add(
    *,
    indicator: Indicator,
    parameters: Values,
    name: str,
    method: str,
    name_en: str = "",
    method_en: str = "",
    actor: User | None,
    scope: Scope,
) -> CoverageRule:
    """Store a new version of an indicator's rule.

    Raises `NotPermitted`, `ParameterRefused` naming the parameter, or `RefusedByRegister`.
    """
    if not scope.manages_register:
        raise NotPermitted
    checked = read_parameters(indicator, parameters)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    last = CoverageRule.objects.filter(indicator=indicator).aggregate(last=Max("number"))["last"]
    rule = CoverageRule(
        indicator=indicator,
        number=(last or 0) + 1,
        name=name.strip(),
        name_en=name_en.strip(),
        parameters=checked,
        method=method.strip(),
        method_en=method_en.strip(),
    )
    try:
        rule.full_clean(exclude=["parameters"])
    except ValidationError as error:
        raise RefusedByRegister.from_validation(error) from error
    rule.save(force_insert=True)
    return rule
