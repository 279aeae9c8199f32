"""The header offers each viewer pages that exist and that they may open."""

import pytest
from django.urls import resolve

from config.navigation import NAVIGATION, Group, navigation
from sites.access import Grant, Scope
from sites.kinds import Role

PAGES = [p for part in NAVIGATION for p in (part.pages if isinstance(part, Group) else (part,))]


def shown(scope, path="/"):
    entries = navigation(scope, path)
    return [e.path for entry in entries for e in (entry.entries or (entry,))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
def test_every_page_of_the_header_has_an_address(page):
    assert resolve(page.path)


def test_a_company_is_not_offered_the_pages_of_the_office():
    company = Scope(grants=(Grant(Role.COMPANY_MEMBER),), roles=frozenset({Role.COMPANY_MEMBER}))
    assert not {"/dashboard/", "/targets/", "/reports/", "/imports/"} & set(shown(company))
    assert {"/", "/sites/", "/assets/", "/maintenance/"} <= set(shown(company))


def test_who_has_not_signed_in_is_offered_nothing():
    assert shown(Scope.public()) == []


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/", ["/"]),
        ("/sites/0190/", ["/sites/"]),
        ("/funding/ledger/", ["/funding/"]),
        ("/accounts/password/", []),
    ],
)
def test_the_page_that_one_is_on_is_marked(path, current):
    entries = navigation(Scope.internal(), path)
    pages = [e for entry in entries for e in (entry.entries or (entry,))]
    assert [page.path for page in pages if page.is_current] == current


def test_a_group_is_marked_with_its_page():
    group = next(e for e in navigation(Scope.internal(), "/targets/") if e.entries and e.is_current)
    assert "/targets/" in [page.path for page in group.entries]
