"""References of steering's bodies: to records by their identifiers, within the scope."""

from __future__ import annotations

from maintenance.api.field_references import KeyField
from oversight.models import DispatchMeeting
from sites.models import ProjectSite


class SiteKey(KeyField):
    """A site."""

    model = ProjectSite


class MeetingKey(KeyField):
    """A dispatch meeting."""

    model = DispatchMeeting
