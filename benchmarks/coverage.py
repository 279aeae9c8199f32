"""The Rural Access Index of a district and of many: seconds, growth and memory, in one run.

    python -m benchmarks.coverage [--districts 8] [--fresh]

A district has 6,000 roads of 20 to 200 vertices and 20,000 populated places; a province has 39.
The database's role must be a superuser: the data is loaded with triggers off. Each run reads the
register, computes and keeps its result, as the page does. Growth is told in processor time, which a
busy machine does not stretch: that of so many districts, divided by what n log n allows.
"""

from __future__ import annotations

import argparse
import json
import math
from pathlib import Path

import psycopg

from benchmarks import scratch

SITES = 1_001
"""A scratch database of its own: its name holds this number."""
ROADS, PLACES = 6_000, 20_000
GOAL_DISTRICT_S, GOAL_PROVINCE_S = 5.0, 600.0
PROVINCE = 39
RUN_CODE = """
import json, resource, time, datetime
from maps.coverage.measures import MEASURES, Question
from maps.coverage.outcome import Outcome
from maps.coverage.rules import rule_in_use
from maps.coverage.runs import run_coverage
from maps.models import PopulationSet
from sites.access import Scope
from sites.models import Area
people = PopulationSet.objects.get(area_code="97")
rule = rule_in_use("rural_access")
day = datetime.date(2023, 12, 31)
codes = list(Area.objects.filter(level="district", code__startswith="9701").order_by("code")
             .values_list("code", flat=True))
def measure(some):
    start, work = time.perf_counter(), time.process_time()
    found = Outcome.joined(
        MEASURES["rural_access"](Question(code, day, rule.parameters, people)) for code in some)
    spent = time.perf_counter() - start, time.process_time() - work
    return (*spent, str(found.total.reached), str(found.total.all))
measure(codes[:1])
sizes = [n for n in (1, 2, 4, 8, 16, 39) if n <= len(codes)]
told = {"computed": [(n, *measure(codes[:n])) for n in sizes]}
area = Area.objects.get(code=codes[0])
start = time.perf_counter()
run = run_coverage(indicator="rural_access", area=area, as_of=day, population=people,
                   actor=None, scope=Scope.internal())
told["kept"] = time.perf_counter() - start
again = run_coverage(indicator="rural_access", area=area, as_of=day, population=people,
                     actor=None, scope=Scope.internal())
told["same"] = run.inputs_sha256 == again.inputs_sha256 and run.numerator == again.numerator
told["megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps(told))
"""


def load(made: scratch.Scratch, districts: int) -> None:
    """Fill the scratch database when it holds fewer districts."""
    with psycopg.connect(made.url, autocommit=True) as connection:
        known = connection.execute(
            "SELECT count(*) FROM sites_area WHERE code LIKE '9701%' AND level = 'district'"
        ).fetchone()
        if known and known[0] >= districts:
            return
        if known and known[0]:
            raise SystemExit(f"The scratch database holds {known[0]} districts; use --fresh.")
        print(f"making {districts} districts …", flush=True)
        script = Path(__file__).with_name("coverage.sql").read_text(encoding="utf-8")
        connection.execute(script.replace("{districts}", str(districts)).encode())
        connection.execute("VACUUM ANALYZE")


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--districts", type=int, default=8)
    parser.add_argument("--fresh", action="store_true")
    given = parser.parse_args()
    made = scratch.prepare(SITES, fresh=given.fresh)
    load(made, given.districts)
    told = json.loads(scratch.manage(made, RUN_CODE).strip().splitlines()[-1])
    print(
        f"{'districts':>10}{'roads':>10}{'places':>10}{'seconds':>10}{'of n log n':>12}{'rate':>8}"
    )
    first = told["computed"][0]
    for districts, seconds, work, reached, everybody in told["computed"]:
        allowed = first[2] * _grown(districts * PLACES, PLACES)
        rate = 100 * float(reached) / float(everybody)
        print(
            f"{districts:>10}{districts * ROADS:>10,}{districts * PLACES:>10,}"
            f"{seconds:>10.2f}{work:>10.2f}{work / allowed:>12.2f}{rate:>7.1f}%"
        )
    print(f"a district, with what is kept: {told['kept']:.2f} s (goal {GOAL_DISTRICT_S:g} s)")
    largest = told["computed"][-1]
    province = largest[1] / largest[0] * PROVINCE
    words = "measured" if largest[0] >= PROVINCE else "at the rate of the largest run"
    print(
        f"a province of {PROVINCE} districts, {words}: {province:.0f} s (goal {GOAL_PROVINCE_S:g})"
    )
    print(f"the same inputs gave the same number: {told['same']}")
    print(f"peak memory: {told['megabytes']:.0f} MB")


def _grown(size: int, base: int) -> float:
    return size * math.log(size) / (base * math.log(base))


if __name__ == "__main__":
    main()
