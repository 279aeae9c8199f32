"""Values of the catalogue's fields as expressions on `Asset`."""

from __future__ import annotations

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import CharField, F, Func, OuterRef, Subquery, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from assets.models import AssetSource
from sites.access import Scope
from sites.functions import Repeated
from sites.kinds import AreaLevel
from sites.models import Area, ProjectSite
from sites.site_field import SiteField


class ChainageText(Repeated):
    """A chainage in metres as `K12+345.6`, the way `assets.chainage` writes it."""

    output_field = TextField()
    pattern = (
        "('K' || trunc(({0}) / 1000) || '+' || rtrim(to_char(mod(({0}), 1000), 'FM000.9'), '.'))"
    )


class FromTo(Func):
    """Two texts with a dash between them."""

    arg_joiner = " || '–' || "
    template = "(%(expressions)s)"
    output_field = TextField()


def value_of(entry: SiteField, scope: Scope) -> Combinable:
    """Return the expression of a field's value, as the scope may see it.

    Project sites are the codes of those source sites that the scope sees, joined by commas.
    """
    if entry.name == "sites":
        return _site_codes(scope)
    if entry.name == "chainage":
        ends = (ChainageText(f"road_section__{name}") for name in ("start_m", "end_m"))
        return FromTo(*ends)
    if entry.name == "township_name":
        return _township_name()
    return F(entry.path)


def _site_codes(scope: Scope) -> Combinable:
    seen = ProjectSite.objects.visible_to(scope)
    codes = (
        AssetSource.objects.filter(asset=OuterRef("pk"), site__in=seen)
        .order_by()
        .values("asset")
        .annotate(codes=StringAgg("site__code", ",", order_by="site__code"))
        .values("codes")
    )
    return Coalesce(Subquery(codes, output_field=CharField()), Value(""))


def _township_name() -> Combinable:
    townships = Area.objects.filter(level=AreaLevel.TOWNSHIP, code=OuterRef("township_code"))
    return Coalesce(Subquery(townships.order_by("-valid_from").values("name")[:1]), Value(""))
