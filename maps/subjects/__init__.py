"""What each layer holds: whose rows, under which filter, with which fields and geometry."""

from __future__ import annotations

from collections.abc import Mapping

from maps.layers import LayerDefinition, Topic
from maps.subjects.assets import AssetSubject
from maps.subjects.parts import ClosureSubject, StructureSubject
from maps.subjects.places import PlaceSubject, SiteSubject
from maps.subjects.subject import Subject
from maps.subjects.work import DefectSubject, LogSubject, OrderSubject, ScopeSubject

__all__ = ["SUBJECTS", "Subject", "subject_of"]

SUBJECTS: Mapping[Topic, Subject] = {
    Topic.SITES: SiteSubject(),
    Topic.AREAS: PlaceSubject(),
    Topic.ASSETS: AssetSubject(),
    Topic.DEFECTS: DefectSubject(),
    Topic.ORDERS: OrderSubject(),
    Topic.CLOSURES: ClosureSubject(),
    Topic.STRUCTURES: StructureSubject(),
    Topic.SCOPES: ScopeSubject(),
    Topic.LOGS: LogSubject(),
}


def subject_of(layer: LayerDefinition) -> Subject:
    """Return what a layer holds."""
    return SUBJECTS[layer.topic]
