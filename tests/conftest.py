"""Fixtures that every test may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests.factories import build_world

# Playwright's own loop would make Django refuse database work in the same thread.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# A busy machine is no reason to fail: nothing here is a test of speed.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

ROOT = Path(__file__).resolve().parent.parent


def pytest_addoption(parser):
    """How often a promise is tried: little in the suite, in full by `script/proofs`."""
    parser.addoption("--schedules", type=int, default=25, help="offline schedules of three phones")
    parser.addoption("--kills", type=int, default=3, help="browsers killed around the tap")


@pytest.fixture
def world(db):
    """A small district with own, sibling, foreign and public sites and a user of each role."""
    return build_world()


def pilot_folder():
    """Return the folder of the pilot district's real data; skip where it is absent."""
    folder = ROOT.parent / "shared" / "data" / "pilot"
    if not folder.is_dir():
        pytest.skip("the pilot data (../shared/data/pilot) is not here")
    return folder


@pytest.fixture(scope="session")
def pilot():
    """The folder of the pilot district's real data."""
    return pilot_folder()
