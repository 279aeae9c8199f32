"""Journeys through the pages use the same browser as the tests of pages."""

from tests.browser.conftest import chromium, visits

__all__ = ["chromium", "visits"]
