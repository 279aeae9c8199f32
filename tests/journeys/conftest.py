"""What journeys share: the browser of the tests of pages, and the valley of journey J6."""

import pytest

from tests.browser.conftest import chromium, visits
from tests.journeys.valley import build_valley

__all__ = ["chromium", "visits"]


@pytest.fixture
def valley(transactional_db, settings, tmp_path):
    """The valley before the day, with photos kept in a folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return build_valley()
