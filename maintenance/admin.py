"""Upkeep in the administration: to read. Services alone write it, so that no check is skipped."""

from __future__ import annotations

from django.contrib import admin

from maintenance.models import Agreement, AgreementChange, AgreementScope, UpkeepPost
from sites.admin import ReadOnlyAdmin


@admin.register(Agreement)
class AgreementAdmin(ReadOnlyAdmin):
    """Upkeep agreements."""

    list_display = ("number", "name", "model", "state", "starts_on", "ends_on")
    list_filter = ("state", "model")
    list_select_related = ("area",)
    search_fields = ("number", "name")


@admin.register(AgreementChange)
class AgreementChangeAdmin(ReadOnlyAdmin):
    """Moves of agreements between states."""

    list_display = ("agreement", "from_state", "to_state", "actor", "at")
    list_filter = ("to_state",)
    list_select_related = ("agreement", "actor")


@admin.register(AgreementScope)
class AgreementScopeAdmin(ReadOnlyAdmin):
    """What agreements cover."""

    list_display = ("agreement", "asset", "task", "start_m", "end_m", "keeper_name")
    list_filter = ("task",)
    list_select_related = ("agreement", "asset")


@admin.register(UpkeepPost)
class UpkeepPostAdmin(ReadOnlyAdmin):
    """Public-benefit posts, without the names of those who hold them."""

    list_display = ("agreement", "organisation", "asset", "from_date", "until_date")
    list_select_related = ("agreement", "organisation", "asset")
    exclude = ("person_name",)
