"""What tests of upkeep share."""

import pytest

from tests.factories.maintenance import signed_agreement


@pytest.fixture
def agreement(world):
    """The company looks after the own road."""
    return signed_agreement(world, assets=[world.own_asset])
