"""Parameters of the filter of sites that concern their progress."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from sites.filter_parameter import chosen, from_day, ticked
from sites.length_gap_condition import LengthGap, gap_condition
from sites.progress_curve import behind_condition
from sites.quiet import quiet_condition

PARAMETERS: Final = (
    from_day(
        "finished_from",
        _("Finished from"),
        "actual_finish__gte",
        description="Sites whose work was finished on this day or later.",
    ),
    from_day(
        "finished_to",
        _("Finished until"),
        "actual_finish__lte",
        description="Sites whose work was finished on this day or earlier.",
    ),
    chosen("length_gap", _("Declared and measured length"), LengthGap, gap_condition),
    ticked("quiet", _("Quiet sites"), quiet_condition),
    ticked("behind", _("Behind the planned curve"), behind_condition),
)
"""Each is closed to the public, who see no progress entries and no plans."""
