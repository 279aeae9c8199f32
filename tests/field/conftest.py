"""A phone in a real browser beside the other fixtures of the field's tests."""

from __future__ import annotations

import pytest

from tests.bad_link import BadLink
from tests.browser.conftest import CHROMIUM, chromium
from tests.factories import build_world
from tests.factories.field import proposals
from tests.factories.maintenance import signed_agreement
from tests.field.phone import Phone
from tests.sites.api.conftest import Caller

__all__ = ["chromium"]


@pytest.fixture
def agreement(world):
    """The company looks after the own road; the standards are proposed."""
    proposals()
    return signed_agreement(world, assets=[world.own_asset])


@pytest.fixture
def worker(world, agreement):
    """The company member, over HTTP as a phone asks."""
    return Caller(world.users["company_member"])


@pytest.fixture
def valley(transactional_db, settings, tmp_path):
    """The test district with an agreement on the own road, for phones."""
    settings.MEDIA_ROOT = tmp_path / "media"
    world = build_world()
    signed_agreement(world, assets=[world.own_asset])
    return world


@pytest.fixture
def link(live_server):
    """The server's address, whose port can be closed and opened."""
    with BadLink(live_server.thread.port, seed=5) as link:
        yield link


@pytest.fixture
def phone(valley, chromium, link, tmp_path):
    """The company member's phone, on the page; it asks no other host for anything."""
    phone = Phone(chromium.browser_type, CHROMIUM, tmp_path / "profile", link)
    phone.start(path="/field/")
    phone.sign_in(valley.users["company_member"])
    phone.open()
    yield phone
    phone.context.close()
    assert phone.strangers == []
