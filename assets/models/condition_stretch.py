"""What is known of each metre today: the newest survey that covers it, kept by a trigger."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q

from assets.kinds import ConditionGrade
from assets.models.asset import Asset
from assets.models.condition import ConditionSurvey
from assets.models.road import MetreRange, chainage, chainage_in_order
from assets.models.triggers import note_upkeep_change
from assets.querysets import AssetPartQuerySet


class ConditionStretch(models.Model):
    """The condition of a stretch as its newest survey found it; nobody writes these rows by hand.

    A survey without chainage covers its whole asset: K0+000 to K1000+000, which readers cut to
    the section. An empty grade means surveyed and not rated. `is_stated` marks a grade that a
    testing body states, beside those that we compute.
    """

    id = models.BigAutoField(primary_key=True)
    asset = models.ForeignKey(Asset, related_name="condition", on_delete=models.CASCADE)
    survey = models.ForeignKey(ConditionSurvey, related_name="stretches", on_delete=models.CASCADE)
    start_m = chainage("from chainage (m)")
    end_m = chainage("to chainage (m)")
    grade = models.CharField(max_length=10, choices=ConditionGrade, blank=True, db_default="")
    is_stated = models.BooleanField(default=False, db_default=False)

    objects = AssetPartQuerySet.as_manager()

    class Meta:
        verbose_name = "condition of a stretch"
        verbose_name_plural = "condition of stretches"
        ordering = ["asset", "start_m"]
        indexes = [models.Index(fields=["grade", "asset"], name="condition_stretch_grade")]
        constraints = [
            chainage_in_order("condition_stretch"),
            models.CheckConstraint(
                name="condition_stretch_grade_known",
                condition=Q(grade__in=["", *ConditionGrade.values]),
            ),
            ExclusionConstraint(
                name="condition_stretch_no_overlap",
                expressions=[
                    ("asset", RangeOperators.EQUAL),
                    (MetreRange("start_m", "end_m"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        triggers = [note_upkeep_change()]

    def __str__(self) -> str:
        return f"{self.asset_id} {self.start_m}–{self.end_m} {self.grade}"
