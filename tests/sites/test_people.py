"""How people are named on pages."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser, User

from sites.people import person_name
from sites.templatetags.site_marks import person


@pytest.mark.parametrize(
    ("family", "given", "shown"),
    [
        ("王", "伟", "王伟"),
        ("欧阳", "娜", "欧阳娜"),
        ("", "王伟", "王伟"),
        ("Wang", "Wei", "Wei Wang"),
        ("", "", "worker_7"),
    ],
)
def test_a_chinese_name_begins_with_the_family(family, given, shown):
    assert person_name(User(username="worker_7", last_name=family, first_name=given)) == shown


@pytest.mark.parametrize("nobody", [None, "", AnonymousUser()])
def test_nobody_has_no_name(nobody):
    assert person_name(nobody) == ""
    assert person(nobody) == "—"
