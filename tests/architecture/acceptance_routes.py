"""Who may do what at the addresses of acceptance and handover; see `route_table`.

An acceptance, its finding, a handover and a document belong to the site of the same name. The
acceptances are preliminary ones that are open; the handovers know no party yet.
"""

from __future__ import annotations

from collections.abc import Mapping

from tests.architecture.route_table import (
    OFFICE,
    PLANNER,
    ROLES,
    Route,
    changing,
    changing_page,
    collection,
    creating,
    page,
    read,
    site_api,
    site_page,
)

BUILDER = frozenset({"company_member"})
INSPECTORS = frozenset({*OFFICE, "association_member"})
COMPLETERS = frozenset({*OFFICE, "company_member"})


def _form(callers: frozenset[str]) -> Route:
    """A form that was sent empty is told what is missing."""
    return Route({"POST": changing_page(422, callers)}, "site", form=True)


OFFICE_FORMS = (
    *("open", "fill", "member", "leave", "conclude", "as-built"),
    *("prepare", "handover", "sign-party", "document", "asset"),
)

ACCEPTANCE_ROUTES: Mapping[str, Route] = {
    "api/v1/acceptances": collection(creating(422, frozenset(OFFICE))),
    "api/v1/acceptances/<uuid:pk>": Route({"GET": site_api, "PATCH": changing(428)}, "acceptance"),
    "api/v1/acceptances/<uuid:pk>/conclude": Route({"POST": changing(422)}, "acceptance"),
    "api/v1/acceptances/<uuid:pk>/sign": Route({"POST": changing(422)}, "acceptance"),
    "api/v1/findings": collection(creating(422, frozenset(ROLES))),
    "api/v1/findings/<uuid:pk>": read(site_api, names="finding"),
    "api/v1/findings/<uuid:pk>/rectify": Route({"POST": changing(422, BUILDER)}, "finding"),
    "api/v1/findings/<uuid:pk>/recheck": Route({"POST": changing(422, COMPLETERS)}, "finding"),
    "api/v1/handovers": collection(creating(422, frozenset(OFFICE))),
    "api/v1/handovers/<uuid:pk>": Route({"GET": site_api, "PATCH": changing(428)}, "handover"),
    "api/v1/handovers/<uuid:pk>/sign": Route({"POST": changing(422)}, "handover"),
    "api/v1/handovers/<uuid:pk>/complete": Route({"POST": changing(409, PLANNER)}, "handover"),
    "api/v1/sites/<uuid:pk>/gate": read(site_api, names="site"),
    "assets/acceptance/": read(page),
    "assets/acceptance/<uuid:pk>/": read(site_page, names="site"),
    **{f"assets/acceptance/<uuid:pk>/{name}/": _form(frozenset(OFFICE)) for name in OFFICE_FORMS},
    "assets/acceptance/<uuid:pk>/sign/": _form(frozenset(OFFICE)),
    "assets/acceptance/<uuid:pk>/raise/": _form(INSPECTORS),
    "assets/acceptance/<uuid:pk>/rectify/": _form(BUILDER),
    "assets/acceptance/<uuid:pk>/recheck/": _form(COMPLETERS),
    "assets/acceptance/<uuid:pk>/work-done/": _form(COMPLETERS),
    **{
        f"assets/acceptance/<uuid:pk>/{name}/": _form(PLANNER)
        for name in ("settle", "hand-over", "close")
    },
    "assets/documents/<uuid:pk>/": read(site_page, names="document"),
}
