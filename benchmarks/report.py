"""The yearly report over 1,000,000 finished sites, against the time that it may take.

    python -m benchmarks.report [--sites 1000000] [--fresh]

The database's role must be a superuser: the data is loaded with triggers off. Measured are making
the report (every figure with its sites, townships and programmes), its page, the list of a
figure's sites, and the comparison of one figure with today.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import psycopg

from benchmarks import scratch

SPARE = 25
"""This register is changed after it was made, so it is not the one that other measurements use."""
SECONDS_A_REPORT = 30.0
SECONDS_A_PAGE = 1.0
MEASURE_CODE = """
import datetime, json, time
from django.test import Client
from django.test.utils import override_settings
from django.contrib.auth import get_user_model
from reports.drift import drift_of
from reports.models import ReportTemplate
from reports.periods import Period
from reports.services import report_make, report_remove
from sites.access import Scope
from sites.models import Area
override_settings(STORAGES={
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}).enable()
client, found = Client(SERVER_NAME="localhost"), {}
client.force_login(get_user_model().objects.get(username="benchmark"))
def timed(name, work):
    start = time.perf_counter()
    done = work()
    found[name] = time.perf_counter() - start
    return done
def fetch(address):
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
fetch("/reports/")
report = timed("make", lambda: report_make(
    template=ReportTemplate.objects.get(code="annual-work-report"),
    area=Area.objects.get(code="3499"), period=Period.of_year(2025),
    as_of=datetime.date(2026, 3, 31), actor=None, scope=Scope.internal()))
figure = report.figures.defer("identifiers", "amounts").get(key="sites_finished")
found["sites"] = figure.site_count
timed("page", lambda: fetch(f"/reports/{report.pk}/"))
timed("list", lambda: fetch(f"/sites/?figure={figure.pk}"))
timed("drift", lambda: drift_of(figure, scope=Scope.internal(), today=datetime.date.today()))
report_remove(report=report, actor=None, scope=Scope.internal(), expected_version=report.version)
print(json.dumps(found))
"""


def load(made: scratch.Scratch) -> None:
    """Finish every site and pay for it, when the scratch database has no money yet."""
    with psycopg.connect(made.url, autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM funding_ledgerentry LIMIT 1").fetchone()
        if known:
            return
        print("finishing and paying every site …", flush=True)
        script = Path(__file__).with_name("report.sql").read_text(encoding="utf-8")
        connection.execute(script.encode())
        connection.execute("VACUUM ANALYZE")


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=1_000_000)
    parser.add_argument("--fresh", action="store_true")
    given = parser.parse_args()
    made = scratch.prepare(given.sites + SPARE, fresh=given.fresh)
    load(made)
    found = json.loads(scratch.manage(made, MEASURE_CODE).strip().splitlines()[-1])
    print(f"{found['sites']:,} sites{'':<38}{'limit':>10}{'ours':>10}")
    for what, name, limit in (
        ("report made, all figures with their sites", "make", SECONDS_A_REPORT),
        ("comparison of one figure with today", "drift", SECONDS_A_REPORT),
        ("page of the report", "page", SECONDS_A_PAGE),
        ("list of a figure's sites", "list", SECONDS_A_PAGE),
    ):
        scratch.row(what, limit, found[name], "s", 1.0)


if __name__ == "__main__":
    main()
