"""The small district of the rounds: a road under agreement and people who may record work on it."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_CODE = """
import json
from django.utils import timezone
from sites.api.authentication import issue_token
from sites.kinds import Role
from tests.factories import build_world
from tests.factories.maintenance import signed_agreement
from tests.factories.records import member
world = build_world()
signed_agreement(world, assets=[world.own_asset])
people = [
    member(Role.COMPANY_MEMBER, organisations=[world.companies[0]], username=f"phone-{number}")
    for number in range(%(phones)d)
]
asset = world.own_asset
def token(person):
    return issue_token(person, now=timezone.now()).token
print(json.dumps({
    "asset": str(asset.pk),
    "position": list(asset.geometry.coords[0][:2]),
    "tokens": [token(person) for person in people],
    "office": token(world.users["township_officer"]),
}))
"""


@dataclass(frozen=True, slots=True)
class District:
    """The asset to record work on, where it lies in degrees; a token a phone, the office's."""

    asset: str
    position: tuple[float, float]
    tokens: tuple[str, ...]
    office: str


def build(phones: int) -> District:
    """Fill the empty database with the district; ends the program when that fails."""
    command = [sys.executable, "manage.py", "shell", "--verbosity=0", "--command"]
    done = subprocess.run(
        [*command, _CODE % {"phones": phones}],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(done.stderr)
    facts = json.loads(done.stdout)
    west, south = facts["position"]
    return District(facts["asset"], (west, south), tuple(facts["tokens"]), facts["office"])
