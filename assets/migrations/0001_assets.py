import datetime
from pathlib import Path

import django.contrib.gis.db.models.fields
import django.contrib.postgres.constraints
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import django.db.models.functions.text
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import assets.models.asset
import assets.models.road
import sites.functions
import sites.identifiers
from sites.schema import AdditiveMigration

SQL = Path(__file__).resolve().parent.parent / "sql"

LINEAR_REFERENCING = SQL / "linear_referencing.sql"
DROP_LINEAR_REFERENCING = """
DROP FUNCTION assets_part_between(
    geometry, double precision, double precision, double precision, double precision);
DROP FUNCTION assets_point_at(geometry, double precision, double precision, double precision);
DROP FUNCTION assets_feet(geometry, double precision, double precision, geometry);
DROP FUNCTION assets_chainage_at(geometry, double precision, double precision, geometry);
DROP FUNCTION assets_is_near(geometry, geometry);
DROP FUNCTION assets_planar_fraction(geometry, integer, double precision, double precision);
DROP FUNCTION assets_ground_length_to(geometry, integer, double precision);
DROP FUNCTION assets_ground_length(geometry);
DROP FUNCTION assets_plane(geometry)
"""

CLOSING_GATE = SQL / "closing_gate.sql"
DROP_CLOSING_GATE = """
DROP TRIGGER assets_closing_gate ON sites_projectsite;
DROP FUNCTION assets_refuse_early_closing();
"""


class Migration(AdditiveMigration):
    replaces = [
        ("assets", "0001_initial"),
        ("assets", "0002_linear_referencing"),
        ("assets", "0003_closing_gate"),
        ("assets", "0004_condition_stretch"),
        ("assets", "0005_one_correction"),
        ("assets", "0006_survey_order"),
        ("assets", "0007_list_indexes"),
        ("assets", "0008_stretch_has_both_ends"),
    ]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("pghistory", "0007_auto_20250421_0444"),
        ("sites", "0001_register"),
    ]

    operations = [
        migrations.CreateModel(
            name="Acceptance",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=sites.identifiers.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(
                        db_default=1, default=1, editable=False, verbose_name="version"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="created at",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        db_index=True,
                        editable=False,
                        verbose_name="updated at",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acceptances",
                        to="sites.projectsite",
                        verbose_name="site",
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("preliminary", "Preliminary acceptance"),
                            ("final", "Final acceptance"),
                        ],
                        max_length=20,
                        verbose_name="stage",
                    ),
                ),
                (
                    "round_no",
                    models.PositiveSmallIntegerField(db_default=1, default=1, verbose_name="round"),
                ),
                ("held_on", models.DateField(verbose_name="held on")),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("km", "km"),
                            ("m", "m"),
                            ("household", "households"),
                            ("site", "sites"),
                            ("person", "people"),
                            ("m3_per_day", "m³/d"),
                            ("m2", "m²"),
                            ("yuan", "yuan"),
                        ],
                        max_length=20,
                        verbose_name="unit",
                    ),
                ),
                (
                    "claimed_quantity",
                    models.DecimalField(
                        decimal_places=3, max_digits=14, verbose_name="claimed quantity"
                    ),
                ),
                (
                    "measured_quantity",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        max_digits=14,
                        null=True,
                        verbose_name="measured quantity",
                    ),
                ),
                (
                    "discrepancy_reason",
                    models.TextField(
                        blank=True, db_default="", verbose_name="reason for the difference"
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("passed", "Passed"),
                            ("rectify", "To be rectified"),
                            ("failed", "Failed"),
                        ],
                        db_default="",
                        max_length=10,
                        verbose_name="verdict",
                    ),
                ),
                (
                    "concluded_on",
                    models.DateField(blank=True, null=True, verbose_name="concluded on"),
                ),
                (
                    "concluded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="concluded by",
                    ),
                ),
                ("note", models.TextField(blank=True, db_default="", verbose_name="note")),
            ],
            options={
                "verbose_name": "acceptance",
                "verbose_name_plural": "acceptances",
                "ordering": ["held_on", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("site", "stage", "round_no"),
                        name="acceptance_round_once",
                        violation_error_message="This round of the acceptance exists already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("verdict", "")),
                        fields=("site",),
                        name="acceptance_one_open",
                        violation_error_message="The site has an acceptance that is not concluded.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stage__in", ["preliminary", "final"])),
                        name="acceptance_stage_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("verdict__in", ["", "passed", "rectify", "failed"])),
                        name="acceptance_verdict_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("concluded_on__isnull", True), ("verdict", "")),
                            models.Q(
                                models.Q(("verdict", ""), _negated=True),
                                ("concluded_on__isnull", False),
                                ("measured_quantity__isnull", False),
                                ("concluded_on__gte", models.F("held_on")),
                            ),
                            _connector="OR",
                        ),
                        name="acceptance_concluded_is_whole",
                        violation_error_message="A concluded acceptance has a measured quantity and a day after its start.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("claimed_quantity__gte", 0),
                            models.Q(
                                ("measured_quantity__isnull", True),
                                ("measured_quantity__gte", 0),
                                _connector="OR",
                            ),
                        ),
                        name="acceptance_quantities_not_negative",
                        violation_error_message="Quantities must not be negative.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."claimed_quantity" IS DISTINCT FROM (NEW."claimed_quantity") OR OLD."concluded_by_id" IS DISTINCT FROM (NEW."concluded_by_id") OR OLD."concluded_on" IS DISTINCT FROM (NEW."concluded_on") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."discrepancy_reason" IS DISTINCT FROM (NEW."discrepancy_reason") OR OLD."held_on" IS DISTINCT FROM (NEW."held_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."measured_quantity" IS DISTINCT FROM (NEW."measured_quantity") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."round_no" IS DISTINCT FROM (NEW."round_no") OR OLD."site_id" IS DISTINCT FROM (NEW."site_id") OR OLD."stage" IS DISTINCT FROM (NEW."stage") OR OLD."unit" IS DISTINCT FROM (NEW."unit") OR OLD."verdict" IS DISTINCT FROM (NEW."verdict"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="80e136cf76115b4b66730a09e6c1a893a53ee965",
                            operation="UPDATE",
                            pgid="pgtrigger_touch_b244e",
                            table="assets_acceptance",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "assets_acceptanceevent" ("claimed_quantity", "concluded_by_id", "concluded_on", "created_at", "discrepancy_reason", "held_on", "id", "measured_quantity", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_no", "site_id", "stage", "unit", "updated_at", "verdict", "version") VALUES (OLD."claimed_quantity", OLD."concluded_by_id", OLD."concluded_on", OLD."created_at", OLD."discrepancy_reason", OLD."held_on", OLD."id", OLD."measured_quantity", OLD."note", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."round_no", OLD."site_id", OLD."stage", OLD."unit", OLD."updated_at", OLD."verdict", OLD."version"); RETURN NULL;',
                            hash="58f69093dc0c5ff985f581ec8a83a443600d0a3a",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ef76e",
                            table="assets_acceptance",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "assets_acceptanceevent" ("claimed_quantity", "concluded_by_id", "concluded_on", "created_at", "discrepancy_reason", "held_on", "id", "measured_quantity", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_no", "site_id", "stage", "unit", "updated_at", "verdict", "version") VALUES (OLD."claimed_quantity", OLD."concluded_by_id", OLD."concluded_on", OLD."created_at", OLD."discrepancy_reason", OLD."held_on", OLD."id", OLD."measured_quantity", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."round_no", OLD."site_id", OLD."stage", OLD."unit", OLD."updated_at", OLD."verdict", OLD."version"); RETURN NULL;',
                            hash="973aac7d084644efec5850e7b567fef9fc744a32",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_d330f",
                            table="assets_acceptance",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="AcceptanceCheck",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=sites.identifiers.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "acceptance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="checks",
                        to="assets.acceptance",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                ("item", models.CharField(max_length=200, verbose_name="item")),
                (
                    "item_en",
                    models.CharField(
                        blank=True, db_default="", max_length=200, verbose_name="item in English"
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ok", "In order"),
                            ("failed", "Not in order"),
                            ("not_applicable", "Does not apply"),
                        ],
                        db_default="",
                        max_length=20,
                        verbose_name="result",
                    ),
                ),
                ("note", models.TextField(blank=True, db_default="", verbose_name="note")),
            ],
            options={
                "verbose_name": "acceptance check",
                "verbose_name_plural": "acceptance checks",
                "ordering": ["acceptance", "position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("acceptance", "position"), name="acceptance_check_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("result__in", ["", "ok", "failed", "not_applicable"])),
                        name="acceptance_check_result_known",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "assets_acceptancecheckevent" ("acceptance_id", "id", "item", "item_en", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "result") VALUES (OLD."acceptance_id", OLD."id", OLD."item", OLD."item_en", OLD."note", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."position", OLD."result"); RETURN NULL;',
                            hash="af136017ecc46628debc2e9b48835652d5d6dfc3",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a8457",
                            table="assets_acceptancecheck",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "assets_acceptancecheckevent" ("acceptance_id", "id", "item", "item_en", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "result") VALUES (OLD."acceptance_id", OLD."id", OLD."item", OLD."item_en", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."result"); RETURN NULL;',
                            hash="9dfeda32f866f14737537791f77fc4aff88338e2",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_d738d",
                            table="assets_acceptancecheck",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="AcceptanceCheckEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="assets.acceptancecheck",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "id",
                    models.UUIDField(
                        default=sites.identifiers.new_id, editable=False, serialize=False
                    ),
                ),
                (
                    "acceptance",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="assets.acceptance",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                ("item", models.CharField(max_length=200, verbose_name="item")),
                (
                    "item_en",
                    models.CharField(
                        blank=True, db_default="", max_length=200, verbose_name="item in English"
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ok", "In order"),
                            ("failed", "Not in order"),
                            ("not_applicable", "Does not apply"),
                        ],
                        db_default="",
                        max_length=20,
                        verbose_name="result",
                    ),
                ),
                ("note", models.TextField(blank=True, db_default="", verbose_name="note")),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="AcceptanceEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="assets.acceptance",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "id",
                    models.UUIDField(
                        default=sites.identifiers.new_id, editable=False, serialize=False
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(
                        db_default=1, default=1, editable=False, verbose_name="version"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="created at",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="updated at",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sites.projectsite",
                        verbose_name="site",
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("preliminary", "Preliminary acceptance"),
                            ("final", "Final acceptance"),
                        ],
                        max_length=20,
                        verbose_name="stage",
                    ),
                ),
                (
                    "round_no",
                    models.PositiveSmallIntegerField(db_default=1, default=1, verbose_name="round"),
                ),
                ("held_on", models.DateField(verbose_name="held on")),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("km", "km"),
                            ("m", "m"),
                            ("household", "households"),
                            ("site", "sites"),
                            ("person", "people"),
                            ("m3_per_day", "m³/d"),
                            ("m2", "m²"),
                            ("yuan", "yuan"),
                        ],
                        max_length=20,
                        verbose_name="unit",
                    ),
                ),
                (
                    "claimed_quantity",
                    models.DecimalField(
                        decimal_places=3, max_digits=14, verbose_name="claimed quantity"
                    ),
                ),
                (
                    "measured_quantity",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        max_digits=14,
                        null=True,
                        verbose_name="measured quantity",
                    ),
                ),
                (
                    "discrepancy_reason",
                    models.TextField(
                        blank=True, db_default="", verbose_name="reason for the difference"
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("passed", "Passed"),
                            ("rectify", "To be rectified"),
                            ("failed", "Failed"),
                        ],
                        db_default="",
                        max_length=10,
                        verbose_name="verdict",
                    ),
                ),
                (
                    "concluded_on",
                    models.DateField(blank=True, null=True, verbose_name="concluded on"),
                ),
                (
                    "concluded_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="concluded by",
                    ),
                ),
                ("note", models.TextField(blank=True, db_default="", verbose_name="note")),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="AcceptanceMember",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=sites.identifiers.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "acceptance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="assets.acceptance",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("township", "Township government"),
                            ("department", "Lead department"),
                            ("office", "Livelihood projects office"),
                            ("supervision", "Construction supervision"),
                            ("contractor", "Contractor"),
                            ("discipline", "Discipline inspection"),
                            ("audit", "Audit"),
                            ("quality", "Quality inspection"),
                            ("villager", "Villagers' representative"),
                            ("expert", "Expert"),
                        ],
                        max_length=20,
                        verbose_name="on behalf of",
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sites.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "signed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="signed at"),
                ),
            ],
            options={
                "verbose_name": "member of the acceptance team",
                "verbose_name_plural": "members of the acceptance team",
                "ordering": ["role", "name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("acceptance", "role", "name"), name="acceptance_member_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "township",
                                    "department",
                                    "office",
                                    "supervision",
                                    "contractor",
                                    "discipline",
                                    "audit",
                                    "quality",
                                    "villager",
                                    "expert",
                                ],
                            )
                        ),
                        name="acceptance_member_role_known",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "assets_acceptancememberevent" ("acceptance_id", "id", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "signed_at") VALUES (OLD."acceptance_id", OLD."id", OLD."name", OLD."organisation_id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."role", OLD."signed_at"); RETURN NULL;',
                            hash="a7e05dacd64496d8a3be1f95dbceb3cacbc09d8a",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ee803",
                            table="assets_acceptancemember",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "assets_acceptancememberevent" ("acceptance_id", "id", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "signed_at") VALUES (OLD."acceptance_id", OLD."id", OLD."name", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."role", OLD."signed_at"); RETURN NULL;',
                            hash="5e90b10363388ff722068c421b711fe967c3f567",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_cb64c",
                            table="assets_acceptancemember",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="AcceptanceMemberEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="assets.acceptancemember",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "id",
                    models.UUIDField(
                        default=sites.identifiers.new_id, editable=False, serialize=False
                    ),
                ),
                (
                    "acceptance",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="assets.acceptance",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("township", "Township government"),
                            ("department", "Lead department"),
                            ("office", "Livelihood projects office"),
                            ("supervision", "Construction supervision"),
                            ("contractor", "Contractor"),
                            ("discipline", "Discipline inspection"),
                            ("audit", "Audit"),
                            ("quality", "Quality inspection"),
                            ("villager", "Villagers' representative"),
                            ("expert", "Expert"),
                        ],
                        max_length=20,
                        verbose_name="on behalf of",
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sites.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "signed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="signed at"),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Asset",
            fields=[
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "name_en",
                    models.CharField(blank=True, max_length=200, verbose_name="English name"),
                ),
                (
                    "id",
                    models.UUIDField(
                        default=sites.identifiers.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(
                        db_default=1, default=1, editable=False, verbose_name="version"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="created at",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        db_index=True,
                        editable=False,
                        verbose_name="updated at",
                    ),
                ),
                ("code", models.CharField(max_length=60, unique=True, verbose_name="code")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("road", "Rural road"),
                            ("village_centre", "Village centre"),
                            ("water_works", "Water works"),
                            ("housing", "Housing renovation"),
                            ("facility", "Other facility"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assets",
                        to="sites.area",
                        verbose_name="area",
                    ),
                ),
                (
                    "area_code",
                    models.CharField(
                        db_collation="C", db_default="", editable=False, max_length=15
                    ),
                ),
                (
                    "township_code",
                    models.CharField(
                        db_collation="C",
                        db_default="",
                        editable=False,
                        max_length=9,
                        verbose_name="township code",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("building", "Being built"),
                            ("in_service", "In service"),
                            ("restricted", "Restricted use"),
                            ("out_of_service", "Out of service"),
                            ("decommissioned", "Decommissioned"),
                        ],
                        db_default="in_service",
                        default="in_service",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "visibility",
                    models.CharField(
                        choices=[
                            ("public", "Public"),
                            ("office", "Office"),
                            ("restricted", "Restricted"),
                        ],
                        db_default="office",
                        default="office",
                        max_length=10,
                        verbose_name="visibility",
                    ),
                ),
                (
                    "operating_class",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("non_operating", "Non-operating"),
                            ("quasi_operating", "Quasi-operating"),
                            ("operating", "Operating"),
                        ],
                        db_default="",
                        max_length=20,
                        verbose_name="operating class",
                    ),
                ),
                (
                    "geometry",
                    django.contrib.gis.db.models.fields.GeometryField(
                        spatial_index=False, srid=4490, verbose_name="geometry"
                    ),
                ),
                (
                    "declared_length_m",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        max_digits=10,
                        null=True,
                        verbose_name="declared length (m)",
                    ),
                ),
                ("built_on", models.DateField(blank=True, null=True, verbose_name="built on")),
                (
                    "warranty_until",
                    models.DateField(blank=True, null=True, verbose_name="warranty until"),
                ),
                (
                    "cost",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=16,
                        null=True,
                        verbose_name="cost (yuan)",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="owned_assets",
                        to="sites.organisation",
                        verbose_name="owner",
                    ),
                ),
                (
                    "upkeep_party",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assets_kept_up",
                        to="sites.organisation",
                        verbose_name="upkeep party",
                    ),
                ),
                (
                    "contractor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="built_assets",
                        to="sites.organisation",
                        verbose_name="contractor",
                    ),
                ),
                (
                    "plate_code",
                    models.CharField(
                        default=assets.models.asset.new_plate_code,
                        editable=False,
                        max_length=12,
                        unique=True,
                        verbose_name="plate code",
                    ),
                ),
                ("note", models.TextField(blank=True, db_default="", verbose_name="note")),
                (
                    "removed_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="removed at"
                    ),
                ),
                (
                    "removal_reason",
                    models.TextField(
                        blank=True, db_default="", editable=False, verbose_name="reason for removal"
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="created by",
                    ),
                ),
                (
                    "updated_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="updated by",
                    ),
                ),
                (
                    "geometry_3857",
                    models.GeneratedField(
                        db_persist=True,
                        expression=sites.functions.ToMapProjection(models.F("geometry")),
                        output_field=django.contrib.gis.db.models.fields.GeometryField(
                            spatial_index=False, srid=3857
                        ),
                    ),
                ),
                (
                    "outline_3857",
                    models.GeneratedField(
                        db_persist=True,
                        expression=sites.functions.Generalised(models.F("geometry")),
                        output_field=django.contrib.gis.db.models.fields.GeometryField(
                            spatial_index=False, srid=3857
                        ),
                    ),
                ),
                (
                    "cluster_column",
                    models.GeneratedField(
                        db_persist=True,
                        expression=sites.functions.GridColumn(models.F("geometry")),
                        output_field=models.IntegerField(),
                    ),
                ),
                (
                    "cluster_row",
                    models.GeneratedField(
                        db_persist=True,
                        expression=sites.functions.GridRow(models.F("geometry")),
                        output_field=models.IntegerField(),
                    ),
                ),
                (
                    "measured_length_m",
                    models.GeneratedField(
                        db_persist=True,
                        expression=sites.functions.EllipsoidLength(models.F("geometry")),
                        output_field=models.FloatField(),
                        verbose_name="measured length (m)",
                    ),
                ),
                (
                    "measured_area_m2",
                    models.GeneratedField(
                        db_persist=True,
                        expression=sites.functions.EllipsoidArea(models.F("geometry")),
                        output_field=models.FloatField(),
                    ),
                ),
                (
                    "search_text",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Lower(
                            sites.functions.JoinedText(
                                models.F("code"), models.F("name"), models.F("name_en")
                            )
                        ),
                        output_field=models.TextField(),
                    ),
                ),
            ],
            options={
                "verbose_name": "asset",
                "verbose_name_plural": "assets",
                "ordering": ["code"],
                "indexes": [
                    django.contrib.postgres.indexes.GistIndex(
                        fields=["geometry_3857"], name="asset_place"
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass("search_text", "gin_trgm_ops"),
                        name="asset_text",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        sites.functions.CharacterPairs("search_text"), name="asset_pairs"
                    ),
                    models.Index(fields=["area_code", "code"], name="asset_area"),
                    models.Index(fields=["township_code", "kind", "state"], name="asset_township"),
                    models.Index(fields=["updated_at", "id"], name="asset_updated"),
                    models.Index(
                        django.db.models.functions.comparison.Collate(models.F("name"), "zh-x-icu"),
                        models.F("id"),
                        name="asset_pinyin",
                    ),
                    models.Index(fields=["measured_length_m", "id"], name="asset_length"),
                    models.Index(
                        django.db.models.functions.comparison.Coalesce(
                            models.F("warranty_until"),
                            models.Value(datetime.date(9999, 12, 31)),
                            output_field=models.DateField(),
                        ),
                        models.F("id"),
                        name="asset_warranty",
                    ),
                    models.Index(
                        condition=models.Q(("removed_at__isnull", True)),
                        fields=["cluster_column", "cluster_row"],
                        include=("id", "kind", "state", "area_code", "visibility"),
                        name="asset_cells",
                    ),
                    models.Index(
                        models.OrderBy(models.F("measured_length_m"), descending=True),
                        condition=models.Q(("kind", "road"), ("removed_at__isnull", True)),
                        name="asset_longest_roads",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[^\\s,;\\x01-\\x1f]+$")),
                        name="asset_code_form",
                        violation_error_message="An asset code has no spaces, commas or semicolons.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["road", "village_centre", "water_works", "housing", "facility"],
                            )
                        ),
                        name="asset_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "building",
                                    "in_service",
                                    "restricted",
                                    "out_of_service",
                                    "decommissioned",
                                ],
                            )
                        ),
                        name="asset_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("visibility__in", ["public", "office", "restricted"])),
                        name="asset_visibility_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "operating_class__in",
                                ["", "non_operating", "quasi_operating", "operating"],
                            )
                        ),
                        name="asset_operating_class_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind", "housing"), ("visibility", "public"), _negated=True
                        ),
                        name="asset_housing_is_not_public",
                        violation_error_message="A household's house is never public.",
                    ),
                    models.CheckConstraint(
                        condition=sites.functions.GeometryIsSound(models.F("geometry")),
                        name="asset_geometry_is_sound",
                        violation_error_message="The geometry is empty, invalid or out of bounds.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("pk__isnull", True),
                            models.Q(
                                ("kind", "road"),
                                sites.functions.GeometryTypeIn(
                                    models.F("geometry"), ("LineString",)
                                ),
                            ),
                            models.Q(
                                ("kind", "village_centre"),
                                sites.functions.GeometryTypeIn(
                                    models.F("geometry"), ("Polygon", "MultiPolygon", "Point")
                                ),
                            ),
                            models.Q(
                                ("kind", "water_works"),
                                sites.functions.GeometryTypeIn(
                                    models.F("geometry"),
                                    (
                                        "Point",
                                        "MultiPoint",
                                        "LineString",
                                        "MultiLineString",
                                        "Polygon",
                                        "MultiPolygon",
                                    ),
                                ),
                            ),
                            models.Q(
                                ("kind", "housing"),
                                sites.functions.GeometryTypeIn(
                                    models.F("geometry"), ("Point", "Polygon", "MultiPolygon")
                                ),
                            ),
                            models.Q(
                                ("kind", "facility"),
                                sites.functions.GeometryTypeIn(
                                    models.F("geometry"),
                                    (
                                        "Point",
                                        "MultiPoint",
                                        "LineString",
                                        "MultiLineString",
                                        "Polygon",
                                        "MultiPolygon",
                                    ),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="asset_geometry_fits_kind",
                        violation_error_message="This type of geometry does not fit the kind of asset. A road section is one line.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("declared_length_m__isnull", True),
                            models.Q(
                                ("declared_length_m__gte", 0), ("declared_length_m__lte", 10000000)
                            ),
                            _connector="OR",
                        ),
                        name="asset_declared_length_in_range",
                        violation_error_message="The declared length must lie between 0 and 10,000 km.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cost__isnull", True), ("cost__gte", 0), _connector="OR"
                        ),
                        name="asset_cost_not_negative",
                        violation_error_message="The cost must not be negative.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("built_on__isnull", True),
                            models.Q(
                                ("built_on__gte", datetime.date(1949, 10, 1)),
                                ("built_on__lt", datetime.date(2100, 1, 1)),
                            ),
                            _connector="OR",
                        ),
                        name="asset_built_on_in_range",
                        violation_error_message="Dates must lie between 1949-10-01 and 2099-12-31.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("warranty_until__isnull", True),
                            models.Q(
                                ("warranty_until__gte", datetime.date(1949, 10, 1)),
                                ("warranty_until__lt", datetime.date(2100, 1, 1)),
                            ),
                            _connector="OR",
                        ),
                        name="asset_warranty_until_in_range",
                        violation_error_message="Dates must lie between 1949-10-01 and 2099-12-31.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."area_id" IS DISTINCT FROM (NEW."area_id") OR OLD."area_code" IS DISTINCT FROM (NEW."area_code") OR OLD."built_on" IS DISTINCT FROM (NEW."built_on") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."contractor_id" IS DISTINCT FROM (NEW."contractor_id") OR OLD."cost" IS DISTINCT FROM (NEW."cost") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."declared_length_m" IS DISTINCT FROM (NEW."declared_length_m") OR OLD."geometry" IS DISTINCT FROM (NEW."geometry") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."name_en" IS DISTINCT FROM (NEW."name_en") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."operating_class" IS DISTINCT FROM (NEW."operating_class") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."plate_code" IS DISTINCT FROM (NEW."plate_code") OR OLD."removal_reason" IS DISTINCT FROM (NEW."removal_reason") OR OLD."removed_at" IS DISTINCT FROM (NEW."removed_at") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."township_code" IS DISTINCT FROM (NEW."township_code") OR OLD."updated_by_id" IS DISTINCT FROM (NEW."updated_by_id") OR OLD."upkeep_party_id" IS DISTINCT FROM (NEW."upkeep_party_id") OR OLD."visibility" IS DISTINCT FROM (NEW."visibility") OR OLD."warranty_until" IS DISTINCT FROM (NEW."warranty_until"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="0f8d32e7e1c2a269f8d1106b1b240ef5b43f8ebe",
                            operation="UPDATE",
                            pgid="pgtrigger_touch_6a482",
                            table="assets_asset",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="note_upkeep_change",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nINSERT INTO assets_upkeepchange (xid, changed_at)\nVALUES (pg_current_xact_id()::text::bigint, now())\nON CONFLICT (xid) DO NOTHING;\nRETURN NULL;\n",
                            hash="437fa34a562ec423f7a3e49ee5a56b0b249dcc2c",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_note_upkeep_change_1cf30",
                            table="assets_asset",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="place",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nSELECT area.code, COALESCE(\n    (SELECT t.code FROM sites_area t WHERE t.level = 'township' AND t.code = left(area.code, 9)\n     ORDER BY t.valid_to DESC NULLS FIRST LIMIT 1), '')\nINTO NEW.area_code, NEW.township_code\nFROM sites_area area WHERE area.id = NEW.area_id;\nRETURN NEW;\n",
                            hash="c7b18ef3dfacf933e5ced449c930e7bf12eb66b4",
                            operation='INSERT OR UPDATE OF "area_id"',
                            pgid="pgtrigger_place_194d8",
                            table="assets_asset",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."area_id" IS DISTINCT FROM (NEW."area_id") OR OLD."area_code" IS DISTINCT FROM (NEW."area_code") OR OLD."built_on" IS DISTINCT FROM (NEW."built_on") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."contractor_id" IS DISTINCT FROM (NEW."contractor_id") OR OLD."cost" IS DISTINCT FROM (NEW."cost") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."declared_length_m" IS DISTINCT FROM (NEW."declared_length_m") OR OLD."geometry" IS DISTINCT FROM (NEW."geometry") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."name_en" IS DISTINCT FROM (NEW."name_en") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."operating_class" IS DISTINCT FROM (NEW."operating_class") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."plate_code" IS DISTINCT FROM (NEW."plate_code") OR OLD."removal_reason" IS DISTINCT FROM (NEW."removal_reason") OR OLD."removed_at" IS DISTINCT FROM (NEW."removed_at") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."township_code" IS DISTINCT FROM (NEW."township_code") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."updated_by_id" IS DISTINCT FROM (NEW."updated_by_id") OR OLD."upkeep_party_id" IS DISTINCT FROM (NEW."upkeep_party_id") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."visibility" IS DISTINCT FROM (NEW."visibility") OR OLD."warranty_until" IS DISTINCT FROM (NEW."warranty_until"))',
                            func='INSERT INTO "assets_assetevent" ("area_code", "area_id", "built_on", "code", "contractor_id", "cost", "created_at", "created_by_id", "declared_length_m", "geometry", "id", "kind", "name", "name_en", "note", "operating_class", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plate_code", "removal_reason", "removed_at", "state", "township_code", "updated_at", "updated_by_id", "upkeep_party_id", "version", "visibility", "warranty_until") VALUES (OLD."area_code", OLD."area_id", OLD."built_on", OLD."code", OLD."contractor_id", OLD."cost", OLD."created_at", OLD."created_by_id", OLD."declared_length_m", OLD."geometry", OLD."id", OLD."kind", OLD."name", OLD."name_en", OLD."note", OLD."operating_class", OLD."owner_id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."plate_code", OLD."removal_reason", OLD."removed_at", OLD."state", OLD."township_code", OLD."updated_at", OLD."updated_by_id", OLD."upkeep_party_id", OLD."version", OLD."visibility", OLD."warranty_until"); RETURN NULL;',
                            hash="a058cf195cbe05790698cd3459b74aa6a52b2483",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_4a336",
                            table="assets_asset",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "assets_assetevent" ("area_code", "area_id", "built_on", "code", "contractor_id", "cost", "created_at", "created_by_id", "declared_length_m", "geometry", "id", "kind", "name", "name_en", "note", "operating_class", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plate_code", "removal_reason", "removed_at", "state", "township_code", "updated_at", "updated_by_id", "upkeep_party_id", "version", "visibility", "warranty_until") VALUES (OLD."area_code", OLD."area_id", OLD."built_on", OLD."code", OLD."contractor_id", OLD."cost", OLD."created_at", OLD."created_by_id", OLD."declared_length_m", OLD."geometry", OLD."id", OLD."kind", OLD."name", OLD."name_en", OLD."note", OLD."operating_class", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."plate_code", OLD."removal_reason", OLD."removed_at", OLD."state", OLD."township_code", OLD."updated_at", OLD."updated_by_id", OLD."upkeep_party_id", OLD."version", OLD."visibility", OLD."warranty_until"); RETURN NULL;',
                            hash="04c717ac5d751fb8c607f9d6da380847a1ab78ed",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_1b720",
                            table="assets_asset",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AssetEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="assets.asset",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "name_en",
                    models.CharField(blank=True, max_length=200, verbose_name="English name"),
                ),
                (
                    "id",
                    models.UUIDField(
                        default=sites.identifiers.new_id, editable=False, serialize=False
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(
                        db_default=1, default=1, editable=False, verbose_name="version"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="created at",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="updated at",
                    ),
                ),
                ("code", models.CharField(max_length=60, verbose_name="code")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("road", "Rural road"),
                            ("village_centre", "Village centre"),
                            ("water_works", "Water works"),
                            ("housing", "Housing renovation"),
                            ("facility", "Other facility"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sites.area",
                        verbose_name="area",
                    ),
                ),
                (
                    "area_code",
                    models.CharField(
                        db_collation="C", db_default="", editable=False, max_length=15
                    ),
                ),
                (
                    "township_code",
                    models.CharField(
                        db_collation="C",
                        db_default="",
                        editable=False,
                        max_length=9,
                        verbose_name="township code",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("building", "Being built"),
                            ("in_service", "In service"),
                            ("restricted", "Restricted use"),
                            ("out_of_service", "Out of service"),
                            ("decommissioned", "Decommissioned"),
                        ],
                        db_default="in_service",
                        default="in_service",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "visibility",
                    models.CharField(
                        choices=[
                            ("public", "Public"),
                            ("office", "Office"),
                            ("restricted", "Restricted"),
                        ],
                        db_default="office",
                        default="office",
                        max_length=10,
                        verbose_name="visibility",
                    ),
                ),
                (
                    "operating_class",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("non_operating", "Non-operating"),
                            ("quasi_operating", "Quasi-operating"),
                            ("operating", "Operating"),
                        ],
                        db_default="",
                        max_length=20,
                        verbose_name="operating class",
                    ),
                ),
                (
                    "geometry",
                    django.contrib.gis.db.models.fields.GeometryField(
                        spatial_index=False, srid=4490, verbose_name="geometry"
                    ),
                ),
                (
                    "declared_length_m",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        max_digits=10,
                        null=True,
                        verbose_name="declared length (m)",
                    ),
                ),
                ("built_on", models.DateField(blank=True, null=True, verbose_name="built on")),
                (
                    "warranty_until",
                    models.DateField(blank=True, null=True, verbose_name="warranty until"),
                ),
                (
                    "cost",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=16,
                        null=True,
                        verbose_name="cost (yuan)",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sites.organisation",
                        verbose_name="owner",
                    ),
                ),
                (
                    "upkeep_party",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sites.organisation",
                        verbose_name="upkeep party",
                    ),
                ),
                (
                    "contractor",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sites.organisation",
                        verbose_name="contractor",
                    ),
                ),
                (
                    "plate_code",
                    models.CharField(
                        default=assets.models.asset.new_plate_code,
                        editable=False,
                        max_length=12,
                        verbose_name="plate code",
                    ),
                ),
                ("note", models.TextField(blank=True, db_default="", verbose_name="note")),
                (
                    "removed_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="removed at"
                    ),
                ),
                (
                    "removal_reason",
                    models.TextField(
                        blank=True, db_default="", editable=False, verbose_name="reason for removal"
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="created by",
                    ),
                ),
                (
                    "updated_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="updated by",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="AssetSource",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "asset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sources",
                        to="assets.asset",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="asset_sources",
                        to="sites.projectsite",
                    ),
                ),
            ],
            options={
                "verbose_name": "source site of an asset",
                "verbose_name_plural": "source sites of assets",
                "constraints": [
                    models.UniqueConstraint(fields=("asset", "site"), name="asset_source_once")
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Component",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=sites.identifiers.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "asset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="components",
                        to="assets.asset",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("waste", "Household waste collection"),
                            ("water", "Drinking water"),
                            ("toilets", "Sanitary toilets"),
                            ("house_surroundings", "House surroundings"),
                            ("access_road", "Widening of the access road"),
                            ("village_road", "Hardening of village roads"),
                            ("sewage", "Sewage treatment"),
                            ("ditches", "Dredging of ditches and ponds"),
                            ("greening", "Greening"),
                            ("lights", "Street lights"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "quantity",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="quantity",
                    ),
                ),
                (
                    "unit",
                    models.CharField(blank=True, db_default="", max_length=20, verbose_name="unit"),
                ),
                (
                    "weight",
                    models.DecimalField(
                        db_default=1,
                        decimal_places=2,
                        default=1,
                        max_digits=5,
                        verbose_name="weight",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("under_way", "Under way"),
                            ("done", "Done"),
                            ("out_of_order", "Out of order"),
                        ],
                        db_default="planned",
                        default="planned",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
            ],
            options={
                "verbose_name": "component",
                "verbose_name_plural": "components",
                "ordering": ["asset", "kind"],
                "constraints": [
                    models.UniqueConstraint(fields=("asset", "kind"), name="component_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "waste",
                                    "water",
                                    "toilets",
                                    "house_surroundings",
                                    "access_road",
                                    "village_road",
                                    "sewage",
                                    "ditches",
                                    "greening",
                                    "lights",
                                ],
                            )
                        ),
                        name="component_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["planned", "under_way", "done", "out_of_order"])
                        ),
                        name="component_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("quantity__isnull", True), ("quantity__gte", 0), _connector="OR"
                            ),
                            ("weight__gt", 0),
                        ),
                        name="component_amounts_not_negative",
                        violation_error_message="Amounts must not be negative.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "assets_componentevent" ("asset_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "state", "unit", "weight") VALUES (OLD."asset_id", OLD."id", OLD."kind", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."quantity", OLD."state", OLD."unit", OLD."weight"); RETURN NULL;',
                            hash="0b3373701a75fd236f754b9ba4f231064f4f0448",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_bf9bb",
                            table="assets_component",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "assets_componentevent" ("asset_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "state", "unit", "weight") VALUES (OLD."asset_id", OLD."id", OLD."kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."quantity", OLD."state", OLD."unit", OLD."weight"); RETURN NULL;',
                            hash="a3479cf639d7fe76e14b3154b827efd6298b6203",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_9440a",
                            table="assets_component",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ComponentEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="assets.component",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "id",
                    models.UUIDField(
                        default=sites.identifiers.new_id, editable=False, serialize=False
                    ),
                ),
                (
                    "asset",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="assets.asset",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("waste", "Household waste collection"),
                            ("water", "Drinking water"),
                            ("toilets", "Sanitary toilets"),
                            ("house_surroundings", "House surroundings"),
                            ("access_road", "Widening of the access road"),
                            ("village_road", "Hardening of village roads"),
                            ("sewage", "Sewage treatment"),
                            ("ditches", "Dredging of ditches and ponds"),
                            ("greening", "Greening"),
                            ("lights", "Street lights"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "quantity",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="quantity",
                    ),
                ),
                (
                    "unit",
                    models.CharField(blank=True, db_default="", max_length=20, verbose_name="unit"),
                ),
                (
                    "weight",
                    models.DecimalField(
                        db_default=1,
                        decimal_places=2,
                        default=1,
                        max_digits=5,
                        verbose_name="weight",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("under_way", "Under way"),
                            ("done", "Done"),
                            ("out_of_order", "Out of order"),
                        ],
                        db_default="planned",
                        default="planned",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Facility",
            fields=[
                (
                    "asset",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="facility",
                        serialize=False,
                        to="assets.asset",
                        verbose_name="asset",
                    ),
                ),
                (
                    "facility_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("town_centre", "Town centre improvement"),
                            ("school", "School repair"),
                            ("old_estate", "Old residential estate"),
                            ("shantytown", "Shantytown"),
                            ("service_point", "Service point"),
                            ("other", "Other"),
                        ],
                        db_default="",
                        max_length=20,
                        verbose_name="facility kind",
                    ),
                ),
            ],
            options={
                "verbose_name": "facility",
                "verbose_name_plural": "facilities",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "facility_kind__in",
                                [
                                    "",
                                    "town_centre",
                                    "school",
                                    "old_estate",
                                    "shantytown",
                                    "service_point",
                                    "other",
                                ],
                            )
                        ),
                        name="asset_facility_facility_kind_known",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "assets_facilityevent" ("asset_id", "facility_kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."asset_id", OLD."facility_kind", _pgh_attach_context(), NOW(), \'update\', OLD."asset_id"); RETURN NULL;',
                            hash="f28fc65efa951b4f5daaacf8dd45b1fdc0151552",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a3f91",
                            table="assets_facility",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "assets_facilityevent" ("asset_id", "facility_kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."asset_id", OLD."facility_kind", _pgh_attach_context(), NOW(), \'delete\', OLD."asset_id"); RETURN NULL;',
                            hash="0ad1166e110eee24e0a6e7da607cf4d012c62817",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e8284",
                            table="assets_facility",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="FacilityEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="assets.facility",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "asset",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        serialize=False,
                        to="assets.asset",
                        verbose_name="asset",
                    ),
                ),
                (
                    "facility_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("town_centre", "Town centre improvement"),
                            ("school", "School repair"),
                            ("old_estate", "Old residential estate"),
                            ("shantytown", "Shantytown"),
                            ("service_point", "Service point"),
                            ("other", "Other"),
                        ],
                        db_default="",
                        max_length=20,
                        verbose_name="facility kind",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Handover",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=sites.identifiers.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(
                        db_default=1, default=1, editable=False, verbose_name="version"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="created at",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        db_index=True,
                        editable=False,
                        verbose_name="updated at",
                    ),
                ),
                (
                    "site",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handover",
                        to="sites.projectsite",
                        verbose_name="site",
                    ),
                ),
                (
                    "from_organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sites.organisation",
                        verbose_name="handed over by",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handovers_owned",
                        to="sites.organisation",
                        verbose_name="owner",
                    ),
                ),
                (
                    "upkeep_party",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handovers_kept_up",
                        to="sites.organisation",
                        verbose_name="upkeep party",
                    ),
                ),
                (
                    "warranty_until",
                    models.DateField(blank=True, null=True, verbose_name="warranty until"),
                ),
                (
                    "from_name",
                    models.CharField(
                        blank=True, max_length=60, verbose_name="signed for the builder by"
                    ),
                ),
                (
                    "from_signed_on",
                    models.DateField(blank=True, null=True, verbose_name="builder signed on"),
                ),
                (
                    "owner_name",
                    models.CharField(
                        blank=True, max_length=60, verbose_name="signed for the owner by"
                    ),
                ),
                (
                    "owner_signed_on",
                    models.DateField(blank=True, null=True, verbose_name="owner signed on"),
                ),
                (
                    "upkeep_name",
                    models.CharField(
                        blank=True, max_length=60, verbose_name="signed for the upkeep party by"
                    ),
                ),
                (
                    "upkeep_signed_on",
                    models.DateField(blank=True, null=True, verbose_name="upkeep party signed on"),
                ),
                (
                    "completed_on",
                    models.DateField(
                        blank=True, editable=False, null=True, verbose_name="handed over on"
                    ),
                ),
                (
                    "completed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("note", models.TextField(blank=True, db_default="", verbose_name="note")),
                (
                    "assets",
                    models.ManyToManyField(
                        blank=True,
                        related_name="handovers",
                        to="assets.asset",
                        verbose_name="assets",
                    ),
                ),
            ],
            options={
                "verbose_name": "handover",
                "verbose_name_plural": "handovers",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("completed_on__isnull", True),
                            models.Q(
                                ("from_organisation__isnull", False),
                                ("from_signed_on__isnull", False),
                                ("owner__isnull", False),
                                ("owner_signed_on__isnull", False),
                                ("upkeep_party__isnull", False),
                                ("upkeep_signed_on__isnull", False),
                                ("warranty_until__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="handover_completed_is_whole",
                        violation_error_message="A handover needs its three parties, their signatures and the warranty's end.",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."completed_by_id" IS DISTINCT FROM (NEW."completed_by_id") OR OLD."completed_on" IS DISTINCT FROM (NEW."completed_on") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."from_name" IS DISTINCT FROM (NEW."from_name") OR OLD."from_organisation_id" IS DISTINCT FROM (NEW."from_organisation_id") OR OLD."from_signed_on" IS DISTINCT FROM (NEW."from_signed_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."owner_name" IS DISTINCT FROM (NEW."owner_name") OR OLD."owner_signed_on" IS DISTINCT FROM (NEW."owner_signed_on") OR OLD."site_id" IS DISTINCT FROM (NEW."site_id") OR OLD."upkeep_name" IS DISTINCT FROM (NEW."upkeep_name") OR OLD."upkeep_party_id" IS DISTINCT FROM (NEW."upkeep_party_id") OR OLD."upkeep_signed_on" IS DISTINCT FROM (NEW."upkeep_signed_on") OR OLD."warranty_until" IS DISTINCT FROM (NEW."warranty_until"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="82561b27b95c9c84cc30c5cff59a03b411d0a655",
                            operation="UPDATE",
                            pgid="pgtrigger_touch_3c73c",
                            table="assets_handover",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "assets_handoverevent" ("completed_by_id", "completed_on", "created_at", "from_name", "from_organisation_id", "from_signed_on", "id", "note", "owner_id", "owner_name", "owner_signed_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id", "updated_at", "upkeep_name", "upkeep_party_id", "upkeep_signed_on", "version", "warranty_until") VALUES (OLD."completed_by_id", OLD."completed_on", OLD."created_at", OLD."from_name", OLD."from_organisation_id", OLD."from_signed_on", OLD."id", OLD."note", OLD."owner_id", OLD."owner_name", OLD."owner_signed_on", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."site_id", OLD."updated_at", OLD."upkeep_name", OLD."upkeep_party_id", OLD."upkeep_signed_on", OLD."version", OLD."warranty_until"); RETURN NULL;',
                            hash="641cd77b85538be9852e5e9ced3fb192f4b24eaa",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_6bc6f",
                            table="assets_handover",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "assets_handoverevent" ("completed_by_id", "completed_on", "created_at", "from_name", "from_organisation_id", "from_signed_on", "id", "note", "owner_id", "owner_name", "owner_signed_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id", "updated_at", "upkeep_name", "upkeep_party_id", "upkeep_signed_on", "version", "warranty_until") VALUES (OLD."completed_by_id", OLD."completed_on", OLD."created_at", OLD."from_name", OLD."from_organisation_id", OLD."from_signed_on", OLD."id", OLD."note", OLD."owner_id", OLD."owner_name", OLD."owner_signed_on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."site_id", OLD."updated_at", OLD."upkeep_name", OLD."upkeep_party_id", OLD."upkeep_signed_on", OLD."version", OLD."warranty_until"); RETURN NULL;',
                            hash="31acfff58334af6265032c67e00b1cd70fc30d4e",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_0ac38",
                            table="assets_handover",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=sites.identifiers.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "handover",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="assets.handover",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("as_built_drawing", "As-built drawing"),
                            ("acceptance_record", "Acceptance record"),
                            ("settlement", "Settlement"),
                            ("warranty", "Warranty certificate"),
                            ("operating_manual", "Operating manual"),
                            ("property_certificate", "Property certificate"),
                            ("other", "Other document"),
                        ],
                        max_length=24,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "number",
                    models.CharField(
                        blank=True, db_default="", max_length=80, verbose_name="document number"
                    ),
                ),
                ("issued_on", models.DateField(blank=True, null=True, verbose_name="issued on")),
                (
                    "file_name",
                    models.CharField(blank=True, db_default="", editable=False, max_length=200),
                ),
                (
                    "content_type",
                    models.CharField(blank=True, db_default="", editable=False, max_length=80),
                ),
                (
                    "size_bytes",
                    models.PositiveBigIntegerField(blank=True, editable=False, null=True),
                ),
                (
                    "sha256",
                    models.CharField(blank=True, db_default="", editable=False, max_length=64),
                ),
                (
                    "added_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "document",
                "verbose_name_plural": "documents",
                "ordering": ["kind", "title"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "as_built_drawing",
                                    "acceptance_record",
                                    "settlement",
                                    "warranty",
                                    "operating_manual",
                                    "property_certificate",
                                    "other",
                                ],
                            )
                        ),
                        name="document_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sha256", ""), ("sha256__regex", "^[0-9a-f]{64}$"), _connector="OR"
                        ),
                        name="document_hash_form",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="HandoverEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="assets.handover",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "id",
                    models.UUIDField(
                        default=sites.identifiers.new_id, editable=False, serialize=False
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(
                        db_default=1, default=1, editable=False, verbose_name="version"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="created at",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="updated at",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sites.projectsite",
                        verbose_name="site",
                    ),
                ),
                (
                    "from_organisation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sites.organisation",
                        verbose_name="handed over by",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sites.organisation",
                        verbose_name="owner",
                    ),
                ),
                (
                    "upkeep_party",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sites.organisation",
                        verbose_name="upkeep party",
                    ),
                ),
                (
                    "warranty_until",
                    models.DateField(blank=True, null=True, verbose_name="warranty until"),
                ),
                (
                    "from_name",
                    models.CharField(
                        blank=True, max_length=60, verbose_name="signed for the builder by"
                    ),
                ),
                (
                    "from_signed_on",
                    models.DateField(blank=True, null=True, verbose_name="builder signed on"),
                ),
                (
                    "owner_name",
                    models.CharField(
                        blank=True, max_length=60, verbose_name="signed for the owner by"
                    ),
                ),
                (
                    "owner_signed_on",
                    models.DateField(blank=True, null=True, verbose_name="owner signed on"),
                ),
                (
                    "upkeep_name",
                    models.CharField(
                        blank=True, max_length=60, verbose_name="signed for the upkeep party by"
                    ),
                ),
                (
                    "upkeep_signed_on",
                    models.DateField(blank=True, null=True, verbose_name="upkeep party signed on"),
                ),
                (
                    "completed_on",
                    models.DateField(
                        blank=True, editable=False, null=True, verbose_name="handed over on"
                    ),
                ),
                (
                    "completed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("note", models.TextField(blank=True, db_default="", verbose_name="note")),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="House",
            fields=[
                (
                    "asset",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="house",
                        serialize=False,
                        to="assets.asset",
                        verbose_name="asset",
                    ),
                ),
                (
                    "danger_grade",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("C", "Grade C (partly dangerous)"),
                            ("D", "Grade D (wholly dangerous)"),
                        ],
                        db_default="",
                        max_length=20,
                        verbose_name="danger grade",
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("reinforce", "Repair and reinforcement"),
                            ("rebuild", "Rebuilding on the same plot"),
                            ("relocate", "New site or collective housing"),
                            ("rent", "Collective rental"),
                        ],
                        db_default="",
                        max_length=20,
                        verbose_name="method",
                    ),
                ),
                (
                    "floor_area_m2",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=8,
                        null=True,
                        verbose_name="floor area (m²)",
                    ),
                ),
                (
                    "households",
                    models.PositiveIntegerField(db_default=1, default=1, verbose_name="households"),
                ),
            ],
            options={
                "verbose_name": "house",
                "verbose_name_plural": "houses",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("danger_grade__in", ["", "C", "D"])),
                        name="house_danger_grade_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("method__in", ["", "reinforce", "rebuild", "relocate", "rent"])
                        ),
                        name="house_method_known",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "assets_houseevent" ("asset_id", "danger_grade", "floor_area_m2", "households", "method", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."asset_id", OLD."danger_grade", OLD."floor_area_m2", OLD."households", OLD."method", _pgh_attach_context(), NOW(), \'update\', OLD."asset_id"); RETURN NULL;',
                            hash="fd81084ac42a1d9a48906fbb22390a78a5a71373",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_2e466",
                            table="assets_house",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "assets_houseevent" ("asset_id", "danger_grade", "floor_area_m2", "households", "method", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."asset_id", OLD."danger_grade", OLD."floor_area_m2", OLD."households", OLD."method", _pgh_attach_context(), NOW(), \'delete\', OLD."asset_id"); RETURN NULL;',
                            hash="06cb56855b4af612afcb897346e9913fec56c4a7",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b3940",
                            table="assets_house",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="HouseEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="assets.house",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "asset",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        serialize=False,
                        to="assets.asset",
                        verbose_name="asset",
                    ),
                ),
                (
                    "danger_grade",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("C", "Grade C (partly dangerous)"),
                            ("D", "Grade D (wholly dangerous)"),
                        ],
                        db_default="",
                        max_length=20,
                        verbose_name="danger grade",
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("reinforce", "Repair and reinforcement"),
                            ("rebuild", "Rebuilding on the same plot"),
                            ("relocate", "New site or collective housing"),
                            ("rent", "Collective rental"),
                        ],
                        db_default="",
                        max_length=20,
                        verbose_name="method",
                    ),
                ),
                (
                    "floor_area_m2",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=8,
                        null=True,
                        verbose_name="floor area (m²)",
                    ),
                ),
                (
                    "households",
                    models.PositiveIntegerField(db_default=1, default=1, verbose_name="households"),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Photo",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("sha256", models.CharField(db_index=True, max_length=64, verbose_name="SHA-256")),
                (
                    "content_type",
                    models.CharField(
                        choices=[
                            ("image/jpeg", "JPEG"),
                            ("image/png", "PNG"),
                            ("image/webp", "WebP"),
                        ],
                        max_length=20,
                        verbose_name="type",
                    ),
                ),
                ("size_bytes", models.BigIntegerField(verbose_name="size (bytes)")),
                ("width", models.PositiveIntegerField(verbose_name="width (pixels)")),
                ("height", models.PositiveIntegerField(verbose_name="height (pixels)")),
                ("taken_at", models.DateTimeField(blank=True, null=True, verbose_name="taken at")),
                (
                    "position",
                    django.contrib.gis.db.models.fields.PointField(
                        blank=True, null=True, srid=4490, verbose_name="position"
                    ),
                ),
                (
                    "accuracy_m",
                    models.FloatField(blank=True, null=True, verbose_name="accuracy (m)"),
                ),
                (
                    "original_name",
                    models.CharField(blank=True, max_length=255, verbose_name="file name"),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="uploaded by",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sites.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "received_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="received at",
                    ),
                ),
            ],
            options={
                "verbose_name": "photo",
                "verbose_name_plural": "photos",
                "ordering": ["received_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")),
                        name="photo_sha256_form",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("content_type__in", ["image/jpeg", "image/png", "image/webp"])
                        ),
                        name="photo_type_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("height__gt", 0), ("size_bytes__gt", 0), ("width__gt", 0)
                        ),
                        name="photo_has_a_size",
                    ),
                    models.CheckConstraint(
                        condition=sites.functions.GeometryIsSound(models.F("position")),
                        name="photo_position_is_sound",
                        violation_error_message="The position of the photo is outside the map.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("accuracy_m__isnull", True),
                            models.Q(("accuracy_m__gte", 0), ("accuracy_m__lte", 100000)),
                            _connector="OR",
                        ),
                        name="photo_accuracy_in_range",
                        violation_error_message="The accuracy must lie between 0 and 100 km.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="e317becdf8e26d4d15d184de737069c92e306e1a",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_38643",
                            table="assets_photo",
                            when="BEFORE",
                        ),
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=sites.identifiers.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(
                        db_default=1, default=1, editable=False, verbose_name="version"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="created at",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        db_index=True,
                        editable=False,
                        verbose_name="updated at",
                    ),
                ),
                (
                    "acceptance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="assets.acceptance",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("text", models.TextField(verbose_name="what was found")),
                (
                    "severity",
                    models.CharField(
                        choices=[
                            ("minor", "Minor"),
                            ("moderate", "Moderate"),
                            ("serious", "Serious"),
                        ],
                        default="moderate",
                        max_length=10,
                        verbose_name="severity",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="due")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("rectified", "Rectified, to be rechecked"),
                            ("closed", "Closed"),
                        ],
                        db_default="open",
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "photos",
                    models.ManyToManyField(
                        blank=True,
                        related_name="findings",
                        through="assets.FindingPhoto",
                        to="assets.photo",
                    ),
                ),
            ],
            options={
                "verbose_name": "finding",
                "verbose_name_plural": "findings",
                "ordering": ["acceptance", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("acceptance", "number"), name="finding_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "rectified", "closed"])),
                        name="finding_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("severity__in", ["minor", "moderate", "serious"])),
                        name="finding_severity_known",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."acceptance_id" IS DISTINCT FROM (NEW."acceptance_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."due_on" IS DISTINCT FROM (NEW."due_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."severity" IS DISTINCT FROM (NEW."severity") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."text" IS DISTINCT FROM (NEW."text"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="678a9e1bc09ee32512464af974bfe5dc2189cff7",
                            operation="UPDATE",
                            pgid="pgtrigger_touch_c7472",
                            table="assets_finding",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "assets_findingevent" ("acceptance_id", "created_at", "due_on", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "severity", "state", "text", "updated_at", "version") VALUES (OLD."acceptance_id", OLD."created_at", OLD."due_on", OLD."id", OLD."number", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."severity", OLD."state", OLD."text", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="c6a17e67d98d787d0255b7253c15492ee43e39d7",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_84fc2",
                            table="assets_finding",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "assets_findingevent" ("acceptance_id", "created_at", "due_on", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "severity", "state", "text", "updated_at", "version") VALUES (OLD."acceptance_id", OLD."created_at", OLD."due_on", OLD."id", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."severity", OLD."state", OLD."text", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="a0e0d8ac14d8315feb9f9a4ac53be7eed812aaf9",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_22410",
                            table="assets_finding",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="FindingChange",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=sites.identifiers.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "finding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="assets.finding",
                    ),
                ),
                (
                    "from_state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("rectified", "Rectified, to be rechecked"),
                            ("closed", "Closed"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "to_state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("rectified", "Rectified, to be rechecked"),
                            ("closed", "Closed"),
                        ],
                        max_length=10,
                    ),
                ),
                ("note", models.TextField(blank=True, db_default="", verbose_name="note")),
                ("effective_on", models.DateField(verbose_name="effective on")),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "step of a finding",
                "verbose_name_plural": "steps of findings",
                "ordering": ["at", "id"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="75e7e591ce53b2caad9df237f64f78f9d3197eb9",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_9d732",
                            table="assets_findingchange",
                            when="BEFORE",
                        ),
                    )
                ],
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="FindingEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="assets.finding",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "id",
                    models.UUIDField(
                        default=sites.identifiers.new_id, editable=False, serialize=False
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(
                        db_default=1, default=1, editable=False, verbose_name="version"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="created at",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="updated at",
                    ),
                ),
                (
                    "acceptance",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="assets.acceptance",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("text", models.TextField(verbose_name="what was found")),
                (
                    "severity",
                    models.CharField(
                        choices=[
                            ("minor", "Minor"),
                            ("moderate", "Moderate"),
                            ("serious", "Serious"),
                        ],
                        default="moderate",
                        max_length=10,
                        verbose_name="severity",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="due")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("rectified", "Rectified, to be rechecked"),
                            ("closed", "Closed"),
                        ],
                        db_default="open",
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="FindingPhoto",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "finding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="assets.finding"
                    ),
                ),
                (
                    "photo",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="assets.photo"
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[("before", "Before"), ("during", "During"), ("after", "After")],
                        max_length=10,
                        verbose_name="stage",
                    ),
                ),
            ],
            options={
                "verbose_name": "photo of a finding",
                "verbose_name_plural": "photos of findings",
                "constraints": [
                    models.UniqueConstraint(fields=("finding", "photo"), name="finding_photo_once")
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="RatingRuleset",
            fields=[
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "name_en",
                    models.CharField(blank=True, max_length=200, verbose_name="English name"),
                ),
                (
                    "id",
                    models.UUIDField(
                        default=sites.identifiers.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(
                        db_default=1, default=1, editable=False, verbose_name="version"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="created at",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        db_index=True,
                        editable=False,
                        verbose_name="updated at",
                    ),
                ),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="code")),
                ("standard", models.CharField(max_length=60, verbose_name="standard")),
                ("edition", models.CharField(max_length=40, verbose_name="edition")),
                (
                    "applies_to",
                    models.CharField(
                        blank=True, db_default="", max_length=200, verbose_name="applies to"
                    ),
                ),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="valid from")),
            ],
            options={
                "verbose_name": "rating rule set",
                "verbose_name_plural": "rating rule sets",
                "ordering": ["code"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."applies_to" IS DISTINCT FROM (NEW."applies_to") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."edition" IS DISTINCT FROM (NEW."edition") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."name_en" IS DISTINCT FROM (NEW."name_en") OR OLD."standard" IS DISTINCT FROM (NEW."standard") OR OLD."valid_from" IS DISTINCT FROM (NEW."valid_from"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="e95aa3316b58bc4bc7da57c928f8365154e88ed1",
                            operation="UPDATE",
                            pgid="pgtrigger_touch_7c334",
                            table="assets_ratingruleset",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "assets_ratingrulesetevent" ("applies_to", "code", "created_at", "edition", "id", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "standard", "updated_at", "valid_from", "version") VALUES (OLD."applies_to", OLD."code", OLD."created_at", OLD."edition", OLD."id", OLD."name", OLD."name_en", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."standard", OLD."updated_at", OLD."valid_from", OLD."version"); RETURN NULL;',
                            hash="db1738fe9c25ee9677bfe25658277b456e91d229",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_1ab7a",
                            table="assets_ratingruleset",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "assets_ratingrulesetevent" ("applies_to", "code", "created_at", "edition", "id", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "standard", "updated_at", "valid_from", "version") VALUES (OLD."applies_to", OLD."code", OLD."created_at", OLD."edition", OLD."id", OLD."name", OLD."name_en", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."standard", OLD."updated_at", OLD."valid_from", OLD."version"); RETURN NULL;',
                            hash="155029d25d6368be317e24e88b4ee5333870f905",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_26c61",
                            table="assets_ratingruleset",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="ConditionSurvey",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=sites.identifiers.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "asset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="condition_surveys",
                        to="assets.asset",
                    ),
                ),
                (
                    "start_m",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        max_digits=9,
                        null=True,
                        verbose_name="from chainage (m)",
                    ),
                ),
                (
                    "end_m",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        max_digits=9,
                        null=True,
                        verbose_name="to chainage (m)",
                    ),
                ),
                ("surveyed_on", models.DateField(verbose_name="surveyed on")),
                (
                    "method",
                    models.CharField(
                        choices=[("automated", "Automated survey"), ("manual", "Manual survey")],
                        max_length=12,
                        verbose_name="method",
                    ),
                ),
                (
                    "ruleset",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="surveys",
                        to="assets.ratingruleset",
                        verbose_name="rule set",
                    ),
                ),
                (
                    "damage_percent",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        max_digits=6,
                        null=True,
                        verbose_name="damage ratio DR (%)",
                    ),
                ),
                (
                    "iri_m_per_km",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        max_digits=6,
                        null=True,
                        verbose_name="roughness IRI (m/km)",
                    ),
                ),
                (
                    "sci",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=5, null=True, verbose_name="SCI"
                    ),
                ),
                (
                    "bci",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=5, null=True, verbose_name="BCI"
                    ),
                ),
                (
                    "tci",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=5, null=True, verbose_name="TCI"
                    ),
                ),
                (
                    "pci",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        editable=False,
                        max_digits=5,
                        null=True,
                        verbose_name="PCI",
                    ),
                ),
                (
                    "rqi",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        editable=False,
                        max_digits=5,
                        null=True,
                        verbose_name="RQI",
                    ),
                ),
                (
                    "pqi",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        editable=False,
                        max_digits=5,
                        null=True,
                        verbose_name="PQI",
                    ),
                ),
                (
                    "mqi",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        editable=False,
                        max_digits=5,
                        null=True,
                        verbose_name="MQI",
                    ),
                ),
                (
                    "computed_grade",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("excellent", "Excellent"),
                            ("good", "Good"),
                            ("fair", "Fair"),
                            ("poor", "Poor"),
                            ("bad", "Bad"),
                        ],
                        db_default="",
                        editable=False,
                        max_length=10,
                    ),
                ),
                (
                    "stated_grade",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("excellent", "Excellent"),
                            ("good", "Good"),
                            ("fair", "Fair"),
                            ("poor", "Poor"),
                            ("bad", "Bad"),
                        ],
                        db_default="",
                        max_length=10,
                        verbose_name="grade stated by the testing body",
                    ),
                ),
                (
                    "testing_body",
                    models.CharField(
                        blank=True, db_default="", max_length=120, verbose_name="testing body"
                    ),
                ),
                (
                    "report_no",
                    models.CharField(
                        blank=True, db_default="", max_length=80, verbose_name="report number"
                    ),
                ),
                ("note", models.TextField(blank=True, db_default="", verbose_name="note")),
                (
                    "supersedes",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="assets.conditionsurvey",
                        verbose_name="corrects",
                    ),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "condition survey",
                "verbose_name_plural": "condition surveys",
                "ordering": ["-surveyed_on", "-id"],
                "indexes": [
                    models.Index(fields=["asset", "-surveyed_on"], name="condition_survey_latest"),
                    models.Index(fields=["recorded_at", "id"], name="condition_survey_recorded"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("end_m__gt", models.F("start_m")),
                                ("end_m__lte", 1000000),
                                ("start_m__gte", 0),
                                ("end_m__isnull", False),
                                ("start_m__isnull", False),
                            ),
                            models.Q(("end_m__isnull", True), ("start_m__isnull", True)),
                            _connector="OR",
                        ),
                        name="condition_survey_chainage_in_order",
                        violation_error_message="A stretch must end after it begins, and begin at K0 or later.",
                    ),
                    models.UniqueConstraint(
                        fields=("supersedes",),
                        name="condition_survey_corrected_once",
                        violation_error_message="This survey was corrected before.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("method__in", ["automated", "manual"])),
                        name="condition_survey_method_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "computed_grade__in",
                                ["", "excellent", "good", "fair", "poor", "bad"],
                            ),
                            ("stated_grade__in", ["", "excellent", "good", "fair", "poor", "bad"]),
                        ),
                        name="condition_survey_grades_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("damage_percent__isnull", True),
                            models.Q(("damage_percent__gte", 0), ("damage_percent__lte", 100)),
                            _connector="OR",
                        ),
                        name="condition_survey_damage_in_range",
                        violation_error_message="A percentage lies between 0 and 100.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("iri_m_per_km__isnull", True),
                            models.Q(("iri_m_per_km__gte", 0), ("iri_m_per_km__lte", 50)),
                            _connector="OR",
                        ),
                        name="condition_survey_roughness_in_range",
                        violation_error_message="The roughness lies between 0 and 50 m/km.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stated_grade", ""),
                            models.Q(("testing_body", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="condition_survey_stated_grade_has_body",
                        violation_error_message="A stated grade names the testing body.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sci__isnull", True),
                            models.Q(("sci__gte", 0), ("sci__lte", 100)),
                            _connector="OR",
                        ),
                        name="condition_survey_sci_in_range",
                        violation_error_message="An index lies between 0 and 100.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("bci__isnull", True),
                            models.Q(("bci__gte", 0), ("bci__lte", 100)),
                            _connector="OR",
                        ),
                        name="condition_survey_bci_in_range",
                        violation_error_message="An index lies between 0 and 100.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("tci__isnull", True),
                            models.Q(("tci__gte", 0), ("tci__lte", 100)),
                            _connector="OR",
                        ),
                        name="condition_survey_tci_in_range",
                        violation_error_message="An index lies between 0 and 100.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("pci__isnull", True),
                            models.Q(("pci__gte", 0), ("pci__lte", 100)),
                            _connector="OR",
                        ),
                        name="condition_survey_pci_in_range",
                        violation_error_message="An index lies between 0 and 100.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rqi__isnull", True),
                            models.Q(("rqi__gte", 0), ("rqi__lte", 100)),
                            _connector="OR",
                        ),
                        name="condition_survey_rqi_in_range",
                        violation_error_message="An index lies between 0 and 100.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("pqi__isnull", True),
                            models.Q(("pqi__gte", 0), ("pqi__lte", 100)),
                            _connector="OR",
                        ),
                        name="condition_survey_pqi_in_range",
                        violation_error_message="An index lies between 0 and 100.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("mqi__isnull", True),
                            models.Q(("mqi__gte", 0), ("mqi__lte", 100)),
                            _connector="OR",
                        ),
                        name="condition_survey_mqi_in_range",
                        violation_error_message="An index lies between 0 and 100.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="4df4bbc95859c22fdc5f55b768d857a0fe809073",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_c8550",
                            table="assets_conditionsurvey",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="keep_stretches",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n-- Two officers who survey one asset at once come one after the other, and the second reads what\n-- the first one wrote.\nPERFORM FROM assets_asset\nWHERE id IN (SELECT asset_id FROM new_rows) ORDER BY id FOR NO KEY UPDATE;\nDELETE FROM assets_conditionstretch WHERE asset_id IN (SELECT asset_id FROM new_rows);\nINSERT INTO assets_conditionstretch (asset_id, survey_id, start_m, end_m, grade, is_stated)\nSELECT\n    shown.asset_id, shown.id, lower(part), upper(part),\n    CASE WHEN shown.computed_grade <> '' THEN shown.computed_grade ELSE shown.stated_grade END,\n    shown.computed_grade = '' AND shown.stated_grade <> ''\nFROM (\n    SELECT valid.*, nummultirange(valid.extent) - COALESCE(\n        range_agg(valid.extent) OVER newer, '{}'::nummultirange) AS parts\n    FROM (\n        SELECT survey.*, numrange(\n            COALESCE(survey.start_m, 0), COALESCE(survey.end_m, 1000000)) AS extent\n        FROM assets_conditionsurvey AS survey\n        WHERE survey.asset_id IN (SELECT asset_id FROM new_rows)\n        AND NOT EXISTS (\n            SELECT FROM assets_conditionsurvey AS correction\n            WHERE correction.supersedes_id = survey.id)\n    ) AS valid\n    WINDOW newer AS (\n        PARTITION BY valid.asset_id\n        ORDER BY valid.surveyed_on DESC, valid.recorded_at DESC, valid.id DESC\n        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)\n) AS shown, unnest(shown.parts) AS part;\nRETURN NULL;\n",
                            hash="41a2db87bc021d8239aa1ffca0dfcb9023209c7d",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_keep_stretches_92821",
                            referencing="REFERENCING NEW TABLE AS new_rows ",
                            table="assets_conditionsurvey",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConditionStretch",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "asset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="condition",
                        to="assets.asset",
                    ),
                ),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stretches",
                        to="assets.conditionsurvey",
                    ),
                ),
                (
                    "start_m",
                    models.DecimalField(
                        decimal_places=1, max_digits=9, verbose_name="from chainage (m)"
                    ),
                ),
                (
                    "end_m",
                    models.DecimalField(
                        decimal_places=1, max_digits=9, verbose_name="to chainage (m)"
                    ),
                ),
                (
                    "grade",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("excellent", "Excellent"),
                            ("good", "Good"),
                            ("fair", "Fair"),
                            ("poor", "Poor"),
                            ("bad", "Bad"),
                        ],
                        db_default="",
                        max_length=10,
                    ),
                ),
                ("is_stated", models.BooleanField(db_default=False, default=False)),
            ],
            options={
                "verbose_name": "condition of a stretch",
                "verbose_name_plural": "condition of stretches",
                "ordering": ["asset", "start_m"],
                "indexes": [
                    models.Index(fields=["grade", "asset"], name="condition_stretch_grade")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("end_m__gt", models.F("start_m")),
                            ("end_m__lte", 1000000),
                            ("start_m__gte", 0),
                        ),
                        name="condition_stretch_chainage_in_order",
                        violation_error_message="A stretch must end after it begins, and begin at K0 or later.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("grade__in", ["", "excellent", "good", "fair", "poor", "bad"])
                        ),
                        name="condition_stretch_grade_known",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("asset", "="),
                            (assets.models.road.MetreRange("start_m", "end_m"), "&&"),
                        ],
                        name="condition_stretch_no_overlap",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="note_upkeep_change",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nINSERT INTO assets_upkeepchange (xid, changed_at)\nVALUES (pg_current_xact_id()::text::bigint, now())\nON CONFLICT (xid) DO NOTHING;\nRETURN NULL;\n",
                            hash="5aaf65b6a393015e709998d3e3752d2dc93f32d6",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_note_upkeep_change_5cca5",
                            table="assets_conditionstretch",
                            when="AFTER",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RatingCoefficient",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=sites.identifiers.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(
                        db_default=1, default=1, editable=False, verbose_name="version"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="created at",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        db_index=True,
                        editable=False,
                        verbose_name="updated at",
                    ),
                ),
                (
                    "ruleset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="coefficients",
                        to="assets.ratingruleset",
                    ),
                ),
                ("symbol", models.CharField(max_length=60, verbose_name="symbol")),
                (
                    "value",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=14, null=True, verbose_name="value"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("unverified", "Not verified"), ("verified", "Verified")],
                        db_default="unverified",
                        default="unverified",
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        blank=True, db_default="", max_length=300, verbose_name="source"
                    ),
                ),
                (
                    "verified_on",
                    models.DateField(blank=True, null=True, verbose_name="verified on"),
                ),
                (
                    "verified_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="verified by",
                    ),
                ),
            ],
            options={
                "verbose_name": "rating coefficient",
                "verbose_name_plural": "rating coefficients",
                "ordering": ["ruleset", "symbol"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("ruleset", "symbol"), name="rating_coefficient_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "unverified"),
                            models.Q(
                                ("status", "verified"),
                                ("value__isnull", False),
                                ("verified_on__isnull", False),
                                models.Q(("source", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="rating_coefficient_verified_has_source",
                        violation_error_message="A verified coefficient needs its value, its source and the day.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."ruleset_id" IS DISTINCT FROM (NEW."ruleset_id") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."symbol" IS DISTINCT FROM (NEW."symbol") OR OLD."value" IS DISTINCT FROM (NEW."value") OR OLD."verified_by_id" IS DISTINCT FROM (NEW."verified_by_id") OR OLD."verified_on" IS DISTINCT FROM (NEW."verified_on"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="1d792a145ee8c68cd993f49042cd4befb0a15c0e",
                            operation="UPDATE",
                            pgid="pgtrigger_touch_7f0be",
                            table="assets_ratingcoefficient",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "assets_ratingcoefficientevent" ("created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "ruleset_id", "source", "status", "symbol", "updated_at", "value", "verified_by_id", "verified_on", "version") VALUES (OLD."created_at", OLD."id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."ruleset_id", OLD."source", OLD."status", OLD."symbol", OLD."updated_at", OLD."value", OLD."verified_by_id", OLD."verified_on", OLD."version"); RETURN NULL;',
                            hash="f2f4e69b30d43f25ebbfa42a7a04f13386915641",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_46796",
                            table="assets_ratingcoefficient",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "assets_ratingcoefficientevent" ("created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "ruleset_id", "source", "status", "symbol", "updated_at", "value", "verified_by_id", "verified_on", "version") VALUES (OLD."created_at", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."ruleset_id", OLD."source", OLD."status", OLD."symbol", OLD."updated_at", OLD."value", OLD."verified_by_id", OLD."verified_on", OLD."version"); RETURN NULL;',
                            hash="08898b27e91fb2073bbd98c202058a32622f3cfa",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_c5516",
                            table="assets_ratingcoefficient",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="RatingCoefficientEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="assets.ratingcoefficient",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "id",
                    models.UUIDField(
                        default=sites.identifiers.new_id, editable=False, serialize=False
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(
                        db_default=1, default=1, editable=False, verbose_name="version"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="created at",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="updated at",
                    ),
                ),
                (
                    "ruleset",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="assets.ratingruleset",
                    ),
                ),
                ("symbol", models.CharField(max_length=60, verbose_name="symbol")),
                (
                    "value",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=14, null=True, verbose_name="value"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("unverified", "Not verified"), ("verified", "Verified")],
                        db_default="unverified",
                        default="unverified",
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        blank=True, db_default="", max_length=300, verbose_name="source"
                    ),
                ),
                (
                    "verified_on",
                    models.DateField(blank=True, null=True, verbose_name="verified on"),
                ),
                (
                    "verified_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="verified by",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="RatingRulesetEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="assets.ratingruleset",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "name_en",
                    models.CharField(blank=True, max_length=200, verbose_name="English name"),
                ),
                (
                    "id",
                    models.UUIDField(
                        default=sites.identifiers.new_id, editable=False, serialize=False
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(
                        db_default=1, default=1, editable=False, verbose_name="version"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="created at",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="updated at",
                    ),
                ),
                ("code", models.CharField(max_length=40, verbose_name="code")),
                ("standard", models.CharField(max_length=60, verbose_name="standard")),
                ("edition", models.CharField(max_length=40, verbose_name="edition")),
                (
                    "applies_to",
                    models.CharField(
                        blank=True, db_default="", max_length=200, verbose_name="applies to"
                    ),
                ),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="valid from")),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="RoadClosure",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=sites.identifiers.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(
                        db_default=1, default=1, editable=False, verbose_name="version"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="created at",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        db_index=True,
                        editable=False,
                        verbose_name="updated at",
                    ),
                ),
                (
                    "asset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="closures",
                        to="assets.asset",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("planned", "Planned closure"),
                            ("sudden", "Sudden closure"),
                            ("seasonal", "Seasonal closure"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "start_m",
                    models.DecimalField(
                        decimal_places=1, max_digits=9, verbose_name="from chainage (m)"
                    ),
                ),
                (
                    "end_m",
                    models.DecimalField(
                        decimal_places=1, max_digits=9, verbose_name="to chainage (m)"
                    ),
                ),
                ("from_date", models.DateField(verbose_name="from")),
                ("until_date", models.DateField(blank=True, null=True, verbose_name="until")),
                ("reason", models.TextField(verbose_name="reason")),
                ("detour", models.TextField(blank=True, db_default="", verbose_name="detour")),
                (
                    "is_public",
                    models.BooleanField(
                        db_default=True, default=True, verbose_name="shown to the public"
                    ),
                ),
            ],
            options={
                "verbose_name": "road closure",
                "verbose_name_plural": "road closures",
                "ordering": ["-from_date", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("end_m__gt", models.F("start_m")),
                            ("end_m__lte", 1000000),
                            ("start_m__gte", 0),
                        ),
                        name="road_closure_chainage_in_order",
                        violation_error_message="A stretch must end after it begins, and begin at K0 or later.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_date__isnull", True),
                            ("until_date__gte", models.F("from_date")),
                            _connector="OR",
                        ),
                        name="road_closure_dates_in_order",
                        violation_error_message="The last day must not come before the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["planned", "sudden", "seasonal"])),
                        name="road_closure_kind_known",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."asset_id" IS DISTINCT FROM (NEW."asset_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."detour" IS DISTINCT FROM (NEW."detour") OR OLD."end_m" IS DISTINCT FROM (NEW."end_m") OR OLD."from_date" IS DISTINCT FROM (NEW."from_date") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_public" IS DISTINCT FROM (NEW."is_public") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."start_m" IS DISTINCT FROM (NEW."start_m") OR OLD."until_date" IS DISTINCT FROM (NEW."until_date"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="204ae5d4915373ee0bc0dff157f254e3247bbc8d",
                            operation="UPDATE",
                            pgid="pgtrigger_touch_ae0af",
                            table="assets_roadclosure",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="note_upkeep_change",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nINSERT INTO assets_upkeepchange (xid, changed_at)\nVALUES (pg_current_xact_id()::text::bigint, now())\nON CONFLICT (xid) DO NOTHING;\nRETURN NULL;\n",
                            hash="21c973bc917fb43903d6b3c2776f69dc2971425b",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_note_upkeep_change_07f8c",
                            table="assets_roadclosure",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "assets_roadclosureevent" ("asset_id", "created_at", "detour", "end_m", "from_date", "id", "is_public", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "start_m", "until_date", "updated_at", "version") VALUES (OLD."asset_id", OLD."created_at", OLD."detour", OLD."end_m", OLD."from_date", OLD."id", OLD."is_public", OLD."kind", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."reason", OLD."start_m", OLD."until_date", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="c110b99d27db61decf9558d46508c0873c62dbe2",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_66d58",
                            table="assets_roadclosure",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "assets_roadclosureevent" ("asset_id", "created_at", "detour", "end_m", "from_date", "id", "is_public", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "start_m", "until_date", "updated_at", "version") VALUES (OLD."asset_id", OLD."created_at", OLD."detour", OLD."end_m", OLD."from_date", OLD."id", OLD."is_public", OLD."kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."start_m", OLD."until_date", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="e71e2653f0789b7acf517e05d6b75379787779c9",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_f9f98",
                            table="assets_roadclosure",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="RoadClosureEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="assets.roadclosure",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "id",
                    models.UUIDField(
                        default=sites.identifiers.new_id, editable=False, serialize=False
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(
                        db_default=1, default=1, editable=False, verbose_name="version"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="created at",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="updated at",
                    ),
                ),
                (
                    "asset",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="assets.asset",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("planned", "Planned closure"),
                            ("sudden", "Sudden closure"),
                            ("seasonal", "Seasonal closure"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "start_m",
                    models.DecimalField(
                        decimal_places=1, max_digits=9, verbose_name="from chainage (m)"
                    ),
                ),
                (
                    "end_m",
                    models.DecimalField(
                        decimal_places=1, max_digits=9, verbose_name="to chainage (m)"
                    ),
                ),
                ("from_date", models.DateField(verbose_name="from")),
                ("until_date", models.DateField(blank=True, null=True, verbose_name="until")),
                ("reason", models.TextField(verbose_name="reason")),
                ("detour", models.TextField(blank=True, db_default="", verbose_name="detour")),
                (
                    "is_public",
                    models.BooleanField(
                        db_default=True, default=True, verbose_name="shown to the public"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="RoadRoute",
            fields=[
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "name_en",
                    models.CharField(blank=True, max_length=200, verbose_name="English name"),
                ),
                (
                    "id",
                    models.UUIDField(
                        default=sites.identifiers.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(
                        db_default=1, default=1, editable=False, verbose_name="version"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="created at",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        db_index=True,
                        editable=False,
                        verbose_name="updated at",
                    ),
                ),
                ("route_no", models.CharField(max_length=10, verbose_name="route number")),
                ("county_code", models.CharField(max_length=6, verbose_name="county code")),
                (
                    "road_class",
                    models.CharField(
                        choices=[
                            ("county", "County road"),
                            ("township", "Township road"),
                            ("village", "Village road"),
                            ("special", "Special-purpose road"),
                        ],
                        max_length=20,
                        verbose_name="road class",
                    ),
                ),
                (
                    "start_name",
                    models.CharField(
                        blank=True, db_default="", max_length=120, verbose_name="from"
                    ),
                ),
                (
                    "end_name",
                    models.CharField(blank=True, db_default="", max_length=120, verbose_name="to"),
                ),
            ],
            options={
                "verbose_name": "road route",
                "verbose_name_plural": "road routes",
                "ordering": ["county_code", "route_no"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("county_code", "route_no"),
                        name="road_route_number_once",
                        violation_error_message="This route number exists already in the county.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("route_no__regex", "^[GSXYCZ][0-9A-Z]{3,9}$")),
                        name="road_route_number_form",
                        violation_error_message="A route number is a letter G, S, X, Y, C or Z and 3 to 9 digits.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("county_code__regex", "^[0-9]{6}$")),
                        name="road_route_county_form",
                        violation_error_message="A county code has six digits.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("road_class__in", ["county", "township", "village", "special"])
                        ),
                        name="road_route_class_known",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."county_code" IS DISTINCT FROM (NEW."county_code") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."end_name" IS DISTINCT FROM (NEW."end_name") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."name_en" IS DISTINCT FROM (NEW."name_en") OR OLD."road_class" IS DISTINCT FROM (NEW."road_class") OR OLD."route_no" IS DISTINCT FROM (NEW."route_no") OR OLD."start_name" IS DISTINCT FROM (NEW."start_name"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="03e5ccc57fa65d89e8385df275670ac9fca9afab",
                            operation="UPDATE",
                            pgid="pgtrigger_touch_82aed",
                            table="assets_roadroute",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "assets_roadrouteevent" ("county_code", "created_at", "end_name", "id", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "road_class", "route_no", "start_name", "updated_at", "version") VALUES (OLD."county_code", OLD."created_at", OLD."end_name", OLD."id", OLD."name", OLD."name_en", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."road_class", OLD."route_no", OLD."start_name", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="ee65ee1a2079aafc09fb7ea79a64507f3c020ae4",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_53be9",
                            table="assets_roadroute",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "assets_roadrouteevent" ("county_code", "created_at", "end_name", "id", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "road_class", "route_no", "start_name", "updated_at", "version") VALUES (OLD."county_code", OLD."created_at", OLD."end_name", OLD."id", OLD."name", OLD."name_en", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."road_class", OLD."route_no", OLD."start_name", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="0212d8ca1707df12dbbfb630e2bcfc6b0ad85346",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_44445",
                            table="assets_roadroute",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="RoadRouteEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="assets.roadroute",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "name_en",
                    models.CharField(blank=True, max_length=200, verbose_name="English name"),
                ),
                (
                    "id",
                    models.UUIDField(
                        default=sites.identifiers.new_id, editable=False, serialize=False
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(
                        db_default=1, default=1, editable=False, verbose_name="version"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="created at",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="updated at",
                    ),
                ),
                ("route_no", models.CharField(max_length=10, verbose_name="route number")),
                ("county_code", models.CharField(max_length=6, verbose_name="county code")),
                (
                    "road_class",
                    models.CharField(
                        choices=[
                            ("county", "County road"),
                            ("township", "Township road"),
                            ("village", "Village road"),
                            ("special", "Special-purpose road"),
                        ],
                        max_length=20,
                        verbose_name="road class",
                    ),
                ),
                (
                    "start_name",
                    models.CharField(
                        blank=True, db_default="", max_length=120, verbose_name="from"
                    ),
                ),
                (
                    "end_name",
                    models.CharField(blank=True, db_default="", max_length=120, verbose_name="to"),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="RoadSection",
            fields=[
                (
                    "asset",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="road_section",
                        serialize=False,
                        to="assets.asset",
                    ),
                ),
                (
                    "route",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sections",
                        to="assets.roadroute",
                        verbose_name="route",
                    ),
                ),
                (
                    "start_m",
                    models.DecimalField(
                        decimal_places=1, max_digits=9, verbose_name="from chainage (m)"
                    ),
                ),
                (
                    "end_m",
                    models.DecimalField(
                        decimal_places=1, max_digits=9, verbose_name="to chainage (m)"
                    ),
                ),
                (
                    "is_current",
                    models.BooleanField(
                        db_default=True, default=True, editable=False, verbose_name="current"
                    ),
                ),
                (
                    "technical_class",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("expressway", "Expressway"),
                            ("class_1", "Class 1"),
                            ("class_2", "Class 2"),
                            ("class_3", "Class 3"),
                            ("class_4", "Class 4"),
                            ("substandard", "Below class 4"),
                        ],
                        db_default="",
                        max_length=20,
                        verbose_name="technical class",
                    ),
                ),
                (
                    "pavement",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("asphalt", "Asphalt"),
                            ("cement", "Cement concrete"),
                            ("simple", "Light surfacing"),
                            ("gravel", "Gravel"),
                            ("earth", "Earth"),
                        ],
                        db_default="",
                        max_length=20,
                        verbose_name="pavement",
                    ),
                ),
                (
                    "roadbed_width_m",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        verbose_name="roadbed width (m)",
                    ),
                ),
                (
                    "pavement_width_m",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        verbose_name="pavement width (m)",
                    ),
                ),
                (
                    "lanes",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="lanes"),
                ),
                (
                    "design_speed_kmh",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="design speed (km/h)"
                    ),
                ),
                ("opened_on", models.DateField(blank=True, null=True, verbose_name="opened on")),
                ("renewed_on", models.DateField(blank=True, null=True, verbose_name="renewed on")),
                (
                    "is_all_season",
                    models.BooleanField(blank=True, null=True, verbose_name="passable all year"),
                ),
                (
                    "all_season_basis",
                    models.CharField(
                        choices=[
                            ("paved", "Paved surface"),
                            ("stated", "Stated by the owner"),
                            ("observed", "Observed over a year"),
                            ("unknown", "Not known"),
                        ],
                        db_default="unknown",
                        default="unknown",
                        max_length=20,
                        verbose_name="basis of the statement",
                    ),
                ),
            ],
            options={
                "verbose_name": "road section",
                "verbose_name_plural": "road sections",
                "ordering": ["route", "start_m"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("end_m__gt", models.F("start_m")),
                            ("end_m__lte", 1000000),
                            ("start_m__gte", 0),
                        ),
                        name="road_section_chainage_in_order",
                        violation_error_message="A stretch must end after it begins, and begin at K0 or later.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("is_current", True)),
                        expressions=[
                            ("route", "="),
                            (assets.models.road.MetreRange("start_m", "end_m"), "&&"),
                        ],
                        name="road_section_no_overlap",
                        violation_error_message="Another section of the route covers part of this one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "technical_class__in",
                                [
                                    "",
                                    "expressway",
                                    "class_1",
                                    "class_2",
                                    "class_3",
                                    "class_4",
                                    "substandard",
                                ],
                            )
                        ),
                        name="road_section_technical_class_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("pavement__in", ["", "asphalt", "cement", "simple", "gravel", "earth"])
                        ),
                        name="road_section_pavement_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("roadbed_width_m__isnull", True),
                                ("roadbed_width_m__gt", 0),
                                _connector="OR",
                            ),
                            models.Q(
                                ("pavement_width_m__isnull", True),
                                ("pavement_width_m__gt", 0),
                                _connector="OR",
                            ),
                        ),
                        name="road_section_widths_are_positive",
                        violation_error_message="Widths must be positive.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="note_upkeep_change",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nINSERT INTO assets_upkeepchange (xid, changed_at)\nVALUES (pg_current_xact_id()::text::bigint, now())\nON CONFLICT (xid) DO NOTHING;\nRETURN NULL;\n",
                            hash="a2d2c301ae90e749c11f0df363fce3c951753cfa",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_note_upkeep_change_858bd",
                            table="assets_roadsection",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "assets_roadsectionevent" ("all_season_basis", "asset_id", "design_speed_kmh", "end_m", "is_all_season", "is_current", "lanes", "opened_on", "pavement", "pavement_width_m", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "renewed_on", "roadbed_width_m", "route_id", "start_m", "technical_class") VALUES (OLD."all_season_basis", OLD."asset_id", OLD."design_speed_kmh", OLD."end_m", OLD."is_all_season", OLD."is_current", OLD."lanes", OLD."opened_on", OLD."pavement", OLD."pavement_width_m", _pgh_attach_context(), NOW(), \'update\', OLD."asset_id", OLD."renewed_on", OLD."roadbed_width_m", OLD."route_id", OLD."start_m", OLD."technical_class"); RETURN NULL;',
                            hash="72018a794795a7c52f4662cb9ae6a45b7e987116",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_8c9f2",
                            table="assets_roadsection",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "assets_roadsectionevent" ("all_season_basis", "asset_id", "design_speed_kmh", "end_m", "is_all_season", "is_current", "lanes", "opened_on", "pavement", "pavement_width_m", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "renewed_on", "roadbed_width_m", "route_id", "start_m", "technical_class") VALUES (OLD."all_season_basis", OLD."asset_id", OLD."design_speed_kmh", OLD."end_m", OLD."is_all_season", OLD."is_current", OLD."lanes", OLD."opened_on", OLD."pavement", OLD."pavement_width_m", _pgh_attach_context(), NOW(), \'delete\', OLD."asset_id", OLD."renewed_on", OLD."roadbed_width_m", OLD."route_id", OLD."start_m", OLD."technical_class"); RETURN NULL;',
                            hash="2a2bc8bbf7df61199e4f5f9968ec00d5e2d99d8d",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_3a88d",
                            table="assets_roadsection",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="RoadSectionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="assets.roadsection",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "asset",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        serialize=False,
                        to="assets.asset",
                    ),
                ),
                (
                    "route",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="assets.roadroute",
                        verbose_name="route",
                    ),
                ),
                (
                    "start_m",
                    models.DecimalField(
                        decimal_places=1, max_digits=9, verbose_name="from chainage (m)"
                    ),
                ),
                (
                    "end_m",
                    models.DecimalField(
                        decimal_places=1, max_digits=9, verbose_name="to chainage (m)"
                    ),
                ),
                (
                    "is_current",
                    models.BooleanField(
                        db_default=True, default=True, editable=False, verbose_name="current"
                    ),
                ),
                (
                    "technical_class",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("expressway", "Expressway"),
                            ("class_1", "Class 1"),
                            ("class_2", "Class 2"),
                            ("class_3", "Class 3"),
                            ("class_4", "Class 4"),
                            ("substandard", "Below class 4"),
                        ],
                        db_default="",
                        max_length=20,
                        verbose_name="technical class",
                    ),
                ),
                (
                    "pavement",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("asphalt", "Asphalt"),
                            ("cement", "Cement concrete"),
                            ("simple", "Light surfacing"),
                            ("gravel", "Gravel"),
                            ("earth", "Earth"),
                        ],
                        db_default="",
                        max_length=20,
                        verbose_name="pavement",
                    ),
                ),
                (
                    "roadbed_width_m",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        verbose_name="roadbed width (m)",
                    ),
                ),
                (
                    "pavement_width_m",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        verbose_name="pavement width (m)",
                    ),
                ),
                (
                    "lanes",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="lanes"),
                ),
                (
                    "design_speed_kmh",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="design speed (km/h)"
                    ),
                ),
                ("opened_on", models.DateField(blank=True, null=True, verbose_name="opened on")),
                ("renewed_on", models.DateField(blank=True, null=True, verbose_name="renewed on")),
                (
                    "is_all_season",
                    models.BooleanField(blank=True, null=True, verbose_name="passable all year"),
                ),
                (
                    "all_season_basis",
                    models.CharField(
                        choices=[
                            ("paved", "Paved surface"),
                            ("stated", "Stated by the owner"),
                            ("observed", "Observed over a year"),
                            ("unknown", "Not known"),
                        ],
                        db_default="unknown",
                        default="unknown",
                        max_length=20,
                        verbose_name="basis of the statement",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Structure",
            fields=[
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "name_en",
                    models.CharField(blank=True, max_length=200, verbose_name="English name"),
                ),
                (
                    "id",
                    models.UUIDField(
                        default=sites.identifiers.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(
                        db_default=1, default=1, editable=False, verbose_name="version"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="created at",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        db_index=True,
                        editable=False,
                        verbose_name="updated at",
                    ),
                ),
                (
                    "asset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="structures",
                        to="assets.asset",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("bridge", "Bridge"),
                            ("culvert", "Culvert"),
                            ("tunnel", "Tunnel"),
                            ("safety", "Safety facility"),
                            ("sign", "Traffic sign"),
                            ("retaining_wall", "Retaining wall"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "code",
                    models.CharField(blank=True, db_default="", max_length=60, verbose_name="code"),
                ),
                (
                    "chainage_m",
                    models.DecimalField(
                        decimal_places=1, max_digits=9, verbose_name="chainage (m)"
                    ),
                ),
                (
                    "point",
                    django.contrib.gis.db.models.fields.PointField(
                        srid=4490, verbose_name="position"
                    ),
                ),
                (
                    "length_m",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=8,
                        null=True,
                        verbose_name="length (m)",
                    ),
                ),
                (
                    "span_m",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=8,
                        null=True,
                        verbose_name="span (m)",
                    ),
                ),
                (
                    "rating_class",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="technical condition class (1 to 5)"
                    ),
                ),
                (
                    "needs_review",
                    models.BooleanField(
                        db_default=False, default=False, verbose_name="needs review"
                    ),
                ),
            ],
            options={
                "verbose_name": "structure",
                "verbose_name_plural": "structures",
                "ordering": ["asset", "chainage_m"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["bridge", "culvert", "tunnel", "safety", "sign", "retaining_wall"],
                            )
                        ),
                        name="structure_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("chainage_m__gte", 0), ("chainage_m__lte", 1000000)),
                        name="structure_chainage_in_range",
                        violation_error_message="The chainage must lie between K0 and K1000.",
                    ),
                    models.CheckConstraint(
                        condition=sites.functions.GeometryIsSound(models.F("point")),
                        name="structure_point_is_sound",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rating_class__isnull", True),
                            models.Q(("rating_class__gte", 1), ("rating_class__lte", 5)),
                            _connector="OR",
                        ),
                        name="structure_rating_in_range",
                        violation_error_message="The class lies between 1 and 5.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("length_m__isnull", True), ("length_m__gt", 0), _connector="OR"
                            ),
                            models.Q(("span_m__isnull", True), ("span_m__gt", 0), _connector="OR"),
                        ),
                        name="structure_sizes_are_positive",
                        violation_error_message="Length and span must be positive.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."asset_id" IS DISTINCT FROM (NEW."asset_id") OR OLD."chainage_m" IS DISTINCT FROM (NEW."chainage_m") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."length_m" IS DISTINCT FROM (NEW."length_m") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."name_en" IS DISTINCT FROM (NEW."name_en") OR OLD."needs_review" IS DISTINCT FROM (NEW."needs_review") OR OLD."point" IS DISTINCT FROM (NEW."point") OR OLD."rating_class" IS DISTINCT FROM (NEW."rating_class") OR OLD."span_m" IS DISTINCT FROM (NEW."span_m"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="84e2ac1ec6c33e9f33d6d54f0799e049e293421f",
                            operation="UPDATE",
                            pgid="pgtrigger_touch_36342",
                            table="assets_structure",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="note_upkeep_change",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nINSERT INTO assets_upkeepchange (xid, changed_at)\nVALUES (pg_current_xact_id()::text::bigint, now())\nON CONFLICT (xid) DO NOTHING;\nRETURN NULL;\n",
                            hash="7df27194c7dea74a8960567cffecbef05b891f05",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_note_upkeep_change_729e0",
                            table="assets_structure",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "assets_structureevent" ("asset_id", "chainage_m", "code", "created_at", "id", "kind", "length_m", "name", "name_en", "needs_review", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "point", "rating_class", "span_m", "updated_at", "version") VALUES (OLD."asset_id", OLD."chainage_m", OLD."code", OLD."created_at", OLD."id", OLD."kind", OLD."length_m", OLD."name", OLD."name_en", OLD."needs_review", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."point", OLD."rating_class", OLD."span_m", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="3564e8f03721d86c0b57e0c8f584411db34cece8",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_36f22",
                            table="assets_structure",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "assets_structureevent" ("asset_id", "chainage_m", "code", "created_at", "id", "kind", "length_m", "name", "name_en", "needs_review", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "point", "rating_class", "span_m", "updated_at", "version") VALUES (OLD."asset_id", OLD."chainage_m", OLD."code", OLD."created_at", OLD."id", OLD."kind", OLD."length_m", OLD."name", OLD."name_en", OLD."needs_review", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."point", OLD."rating_class", OLD."span_m", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="f7b89658ef372a48e2b10ce9c2a217a413835b4f",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_95e11",
                            table="assets_structure",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="StructureEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="assets.structure",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "name_en",
                    models.CharField(blank=True, max_length=200, verbose_name="English name"),
                ),
                (
                    "id",
                    models.UUIDField(
                        default=sites.identifiers.new_id, editable=False, serialize=False
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(
                        db_default=1, default=1, editable=False, verbose_name="version"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="created at",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="updated at",
                    ),
                ),
                (
                    "asset",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="assets.asset",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("bridge", "Bridge"),
                            ("culvert", "Culvert"),
                            ("tunnel", "Tunnel"),
                            ("safety", "Safety facility"),
                            ("sign", "Traffic sign"),
                            ("retaining_wall", "Retaining wall"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "code",
                    models.CharField(blank=True, db_default="", max_length=60, verbose_name="code"),
                ),
                (
                    "chainage_m",
                    models.DecimalField(
                        decimal_places=1, max_digits=9, verbose_name="chainage (m)"
                    ),
                ),
                (
                    "point",
                    django.contrib.gis.db.models.fields.PointField(
                        srid=4490, verbose_name="position"
                    ),
                ),
                (
                    "length_m",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=8,
                        null=True,
                        verbose_name="length (m)",
                    ),
                ),
                (
                    "span_m",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=8,
                        null=True,
                        verbose_name="span (m)",
                    ),
                ),
                (
                    "rating_class",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="technical condition class (1 to 5)"
                    ),
                ),
                (
                    "needs_review",
                    models.BooleanField(
                        db_default=False, default=False, verbose_name="needs review"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="UpkeepChange",
            fields=[
                ("xid", models.BigIntegerField(primary_key=True, serialize=False)),
                ("changed_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "verbose_name": "upkeep change",
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="VillageCentre",
            fields=[
                (
                    "asset",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="village_centre",
                        serialize=False,
                        to="assets.asset",
                        verbose_name="asset",
                    ),
                ),
                (
                    "households",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="households"),
                ),
                (
                    "people",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="people"),
                ),
            ],
            options={
                "verbose_name": "village centre",
                "verbose_name_plural": "village centres",
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "assets_villagecentreevent" ("asset_id", "households", "people", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."asset_id", OLD."households", OLD."people", _pgh_attach_context(), NOW(), \'update\', OLD."asset_id"); RETURN NULL;',
                            hash="663d3beee28176d5e20173a700b8f1faa75978b0",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_92880",
                            table="assets_villagecentre",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "assets_villagecentreevent" ("asset_id", "households", "people", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."asset_id", OLD."households", OLD."people", _pgh_attach_context(), NOW(), \'delete\', OLD."asset_id"); RETURN NULL;',
                            hash="0ebb9dfca09b0e6eb1495c0108ed4a601c0c1459",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_26bca",
                            table="assets_villagecentre",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="VillageCentreEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="assets.villagecentre",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "asset",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        serialize=False,
                        to="assets.asset",
                        verbose_name="asset",
                    ),
                ),
                (
                    "households",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="households"),
                ),
                (
                    "people",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="people"),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="WaterQualityTest",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=sites.identifiers.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "asset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="water_tests",
                        to="assets.asset",
                    ),
                ),
                ("tested_on", models.DateField(verbose_name="tested on")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("source", "Source water"),
                            ("plant", "Water leaving the plant"),
                            ("tap", "Water at the tap"),
                        ],
                        max_length=20,
                        verbose_name="sample",
                    ),
                ),
                ("passed", models.BooleanField(verbose_name="meets the standard")),
                (
                    "standard",
                    models.CharField(
                        blank=True, db_default="", max_length=60, verbose_name="standard"
                    ),
                ),
                (
                    "laboratory",
                    models.CharField(
                        blank=True, db_default="", max_length=120, verbose_name="laboratory"
                    ),
                ),
                ("items", models.TextField(blank=True, db_default="", verbose_name="items tested")),
                (
                    "supersedes",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="assets.waterqualitytest",
                        verbose_name="corrects",
                    ),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "water quality test",
                "verbose_name_plural": "water quality tests",
                "ordering": ["-tested_on", "-id"],
                "indexes": [models.Index(fields=["asset", "-tested_on"], name="water_test_latest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("stage__in", ["source", "plant", "tap"])),
                        name="water_test_stage_known",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="03ed7731ba41d1bc319ab0946a9db6ca65cc34eb",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_47b6d",
                            table="assets_waterqualitytest",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WaterWorks",
            fields=[
                (
                    "asset",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="water_works",
                        serialize=False,
                        to="assets.asset",
                        verbose_name="asset",
                    ),
                ),
                (
                    "works_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("central_supply", "Central water supply"),
                            ("scattered_supply", "Scattered water supply"),
                            ("network_extension", "Network extension"),
                            ("pond", "Pond"),
                            ("weir", "Weir"),
                            ("pumping_station", "Pumping station"),
                            ("channel", "Channel"),
                            ("sluice", "Sluice"),
                            ("well", "Motor-pumped well"),
                        ],
                        db_default="",
                        max_length=20,
                        verbose_name="works kind",
                    ),
                ),
                (
                    "capacity_m3_per_day",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="capacity (m³/d)",
                    ),
                ),
                (
                    "supply_m3_per_day",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="actual supply (m³/d)",
                    ),
                ),
                (
                    "water_source",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("reservoir", "Reservoir"),
                            ("river", "River"),
                            ("spring", "Spring"),
                            ("shallow_well", "Shallow well"),
                            ("deep_well", "Deep well"),
                            ("network", "Town network"),
                            ("rain", "Rainwater"),
                        ],
                        db_default="",
                        max_length=20,
                        verbose_name="water source",
                    ),
                ),
                (
                    "people_served",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="people served"
                    ),
                ),
                (
                    "households",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="households in the service area"
                    ),
                ),
                (
                    "connected_households",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="connected households"
                    ),
                ),
                (
                    "schools_served",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="schools served"
                    ),
                ),
                (
                    "litres_per_person_day",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        max_digits=7,
                        null=True,
                        verbose_name="supply per person (L/d)",
                    ),
                ),
                (
                    "shortage_days_per_year",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="days of shortage a year"
                    ),
                ),
                (
                    "is_round_the_clock",
                    models.BooleanField(blank=True, null=True, verbose_name="supplies 24 hours"),
                ),
                (
                    "tap_at_home",
                    models.BooleanField(
                        blank=True, null=True, verbose_name="tap in the house or yard"
                    ),
                ),
                (
                    "fetch_minutes",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="minutes to fetch water"
                    ),
                ),
                (
                    "fetch_distance_m",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="distance to fetch water (m)"
                    ),
                ),
                (
                    "fetch_climb_m",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="climb to fetch water (m)"
                    ),
                ),
                (
                    "has_treatment",
                    models.BooleanField(blank=True, null=True, verbose_name="treatment"),
                ),
                (
                    "has_disinfection",
                    models.BooleanField(blank=True, null=True, verbose_name="disinfection"),
                ),
                (
                    "tariff_yuan_per_m3",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        max_digits=7,
                        null=True,
                        verbose_name="tariff (yuan/m³)",
                    ),
                ),
                (
                    "collection_percent",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        verbose_name="tariff collected (%)",
                    ),
                ),
                (
                    "loss_percent",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        verbose_name="losses (%)",
                    ),
                ),
                (
                    "scale_class",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(capacity_m3_per_day__gte=10000, then=models.Value("I")),
                            models.When(capacity_m3_per_day__gte=5000, then=models.Value("II")),
                            models.When(capacity_m3_per_day__gte=1000, then=models.Value("III")),
                            models.When(capacity_m3_per_day__gte=100, then=models.Value("IV")),
                            models.When(capacity_m3_per_day__gte=10, then=models.Value("V")),
                            default=models.Value(""),
                            output_field=models.CharField(max_length=3),
                        ),
                        output_field=models.CharField(max_length=3),
                        verbose_name="scale class",
                    ),
                ),
            ],
            options={
                "verbose_name": "water works",
                "verbose_name_plural": "water works",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "works_kind__in",
                                [
                                    "",
                                    "central_supply",
                                    "scattered_supply",
                                    "network_extension",
                                    "pond",
                                    "weir",
                                    "pumping_station",
                                    "channel",
                                    "sluice",
                                    "well",
                                ],
                            )
                        ),
                        name="asset_water_works_works_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "water_source__in",
                                [
                                    "",
                                    "reservoir",
                                    "river",
                                    "spring",
                                    "shallow_well",
                                    "deep_well",
                                    "network",
                                    "rain",
                                ],
                            )
                        ),
                        name="asset_water_works_water_source_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("capacity_m3_per_day__isnull", True),
                                ("capacity_m3_per_day__gte", 0),
                                _connector="OR",
                            ),
                            models.Q(
                                ("supply_m3_per_day__isnull", True),
                                ("supply_m3_per_day__gte", 0),
                                _connector="OR",
                            ),
                            models.Q(
                                ("tariff_yuan_per_m3__isnull", True),
                                ("tariff_yuan_per_m3__gte", 0),
                                _connector="OR",
                            ),
                            models.Q(
                                ("litres_per_person_day__isnull", True),
                                ("litres_per_person_day__gte", 0),
                                _connector="OR",
                            ),
                        ),
                        name="asset_water_works_amounts_not_negative",
                        violation_error_message="Amounts must not be negative.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("shortage_days_per_year__isnull", True),
                            ("shortage_days_per_year__lte", 366),
                            _connector="OR",
                        ),
                        name="asset_water_works_shortage_within_a_year",
                        violation_error_message="A year has at most 366 days.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("collection_percent__isnull", True),
                            models.Q(
                                ("collection_percent__gte", 0), ("collection_percent__lte", 100)
                            ),
                            _connector="OR",
                        ),
                        name="asset_water_works_collection_percent_in_range",
                        violation_error_message="A percentage lies between 0 and 100.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("loss_percent__isnull", True),
                            models.Q(("loss_percent__gte", 0), ("loss_percent__lte", 100)),
                            _connector="OR",
                        ),
                        name="asset_water_works_loss_percent_in_range",
                        violation_error_message="A percentage lies between 0 and 100.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."asset_id" IS DISTINCT FROM (NEW."asset_id") OR OLD."capacity_m3_per_day" IS DISTINCT FROM (NEW."capacity_m3_per_day") OR OLD."collection_percent" IS DISTINCT FROM (NEW."collection_percent") OR OLD."connected_households" IS DISTINCT FROM (NEW."connected_households") OR OLD."fetch_climb_m" IS DISTINCT FROM (NEW."fetch_climb_m") OR OLD."fetch_distance_m" IS DISTINCT FROM (NEW."fetch_distance_m") OR OLD."fetch_minutes" IS DISTINCT FROM (NEW."fetch_minutes") OR OLD."has_disinfection" IS DISTINCT FROM (NEW."has_disinfection") OR OLD."has_treatment" IS DISTINCT FROM (NEW."has_treatment") OR OLD."households" IS DISTINCT FROM (NEW."households") OR OLD."is_round_the_clock" IS DISTINCT FROM (NEW."is_round_the_clock") OR OLD."litres_per_person_day" IS DISTINCT FROM (NEW."litres_per_person_day") OR OLD."loss_percent" IS DISTINCT FROM (NEW."loss_percent") OR OLD."people_served" IS DISTINCT FROM (NEW."people_served") OR OLD."schools_served" IS DISTINCT FROM (NEW."schools_served") OR OLD."shortage_days_per_year" IS DISTINCT FROM (NEW."shortage_days_per_year") OR OLD."supply_m3_per_day" IS DISTINCT FROM (NEW."supply_m3_per_day") OR OLD."tap_at_home" IS DISTINCT FROM (NEW."tap_at_home") OR OLD."tariff_yuan_per_m3" IS DISTINCT FROM (NEW."tariff_yuan_per_m3") OR OLD."water_source" IS DISTINCT FROM (NEW."water_source") OR OLD."works_kind" IS DISTINCT FROM (NEW."works_kind"))',
                            func='INSERT INTO "assets_waterworksevent" ("asset_id", "capacity_m3_per_day", "collection_percent", "connected_households", "fetch_climb_m", "fetch_distance_m", "fetch_minutes", "has_disinfection", "has_treatment", "households", "is_round_the_clock", "litres_per_person_day", "loss_percent", "people_served", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "schools_served", "shortage_days_per_year", "supply_m3_per_day", "tap_at_home", "tariff_yuan_per_m3", "water_source", "works_kind") VALUES (OLD."asset_id", OLD."capacity_m3_per_day", OLD."collection_percent", OLD."connected_households", OLD."fetch_climb_m", OLD."fetch_distance_m", OLD."fetch_minutes", OLD."has_disinfection", OLD."has_treatment", OLD."households", OLD."is_round_the_clock", OLD."litres_per_person_day", OLD."loss_percent", OLD."people_served", _pgh_attach_context(), NOW(), \'update\', OLD."asset_id", OLD."schools_served", OLD."shortage_days_per_year", OLD."supply_m3_per_day", OLD."tap_at_home", OLD."tariff_yuan_per_m3", OLD."water_source", OLD."works_kind"); RETURN NULL;',
                            hash="b6a9c86dde4264e222467f4f309f364eeeb36cbb",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_351e0",
                            table="assets_waterworks",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "assets_waterworksevent" ("asset_id", "capacity_m3_per_day", "collection_percent", "connected_households", "fetch_climb_m", "fetch_distance_m", "fetch_minutes", "has_disinfection", "has_treatment", "households", "is_round_the_clock", "litres_per_person_day", "loss_percent", "people_served", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "schools_served", "shortage_days_per_year", "supply_m3_per_day", "tap_at_home", "tariff_yuan_per_m3", "water_source", "works_kind") VALUES (OLD."asset_id", OLD."capacity_m3_per_day", OLD."collection_percent", OLD."connected_households", OLD."fetch_climb_m", OLD."fetch_distance_m", OLD."fetch_minutes", OLD."has_disinfection", OLD."has_treatment", OLD."households", OLD."is_round_the_clock", OLD."litres_per_person_day", OLD."loss_percent", OLD."people_served", _pgh_attach_context(), NOW(), \'delete\', OLD."asset_id", OLD."schools_served", OLD."shortage_days_per_year", OLD."supply_m3_per_day", OLD."tap_at_home", OLD."tariff_yuan_per_m3", OLD."water_source", OLD."works_kind"); RETURN NULL;',
                            hash="3d7dcb2eebfbf734b3c10a2ae4e3328c22510a17",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_98b68",
                            table="assets_waterworks",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="WaterWorksEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="assets.waterworks",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "asset",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        serialize=False,
                        to="assets.asset",
                        verbose_name="asset",
                    ),
                ),
                (
                    "works_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("central_supply", "Central water supply"),
                            ("scattered_supply", "Scattered water supply"),
                            ("network_extension", "Network extension"),
                            ("pond", "Pond"),
                            ("weir", "Weir"),
                            ("pumping_station", "Pumping station"),
                            ("channel", "Channel"),
                            ("sluice", "Sluice"),
                            ("well", "Motor-pumped well"),
                        ],
                        db_default="",
                        max_length=20,
                        verbose_name="works kind",
                    ),
                ),
                (
                    "capacity_m3_per_day",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="capacity (m³/d)",
                    ),
                ),
                (
                    "supply_m3_per_day",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="actual supply (m³/d)",
                    ),
                ),
                (
                    "water_source",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("reservoir", "Reservoir"),
                            ("river", "River"),
                            ("spring", "Spring"),
                            ("shallow_well", "Shallow well"),
                            ("deep_well", "Deep well"),
                            ("network", "Town network"),
                            ("rain", "Rainwater"),
                        ],
                        db_default="",
                        max_length=20,
                        verbose_name="water source",
                    ),
                ),
                (
                    "people_served",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="people served"
                    ),
                ),
                (
                    "households",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="households in the service area"
                    ),
                ),
                (
                    "connected_households",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="connected households"
                    ),
                ),
                (
                    "schools_served",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="schools served"
                    ),
                ),
                (
                    "litres_per_person_day",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        max_digits=7,
                        null=True,
                        verbose_name="supply per person (L/d)",
                    ),
                ),
                (
                    "shortage_days_per_year",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="days of shortage a year"
                    ),
                ),
                (
                    "is_round_the_clock",
                    models.BooleanField(blank=True, null=True, verbose_name="supplies 24 hours"),
                ),
                (
                    "tap_at_home",
                    models.BooleanField(
                        blank=True, null=True, verbose_name="tap in the house or yard"
                    ),
                ),
                (
                    "fetch_minutes",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="minutes to fetch water"
                    ),
                ),
                (
                    "fetch_distance_m",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="distance to fetch water (m)"
                    ),
                ),
                (
                    "fetch_climb_m",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="climb to fetch water (m)"
                    ),
                ),
                (
                    "has_treatment",
                    models.BooleanField(blank=True, null=True, verbose_name="treatment"),
                ),
                (
                    "has_disinfection",
                    models.BooleanField(blank=True, null=True, verbose_name="disinfection"),
                ),
                (
                    "tariff_yuan_per_m3",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        max_digits=7,
                        null=True,
                        verbose_name="tariff (yuan/m³)",
                    ),
                ),
                (
                    "collection_percent",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        verbose_name="tariff collected (%)",
                    ),
                ),
                (
                    "loss_percent",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        verbose_name="losses (%)",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.RunSQL(LINEAR_REFERENCING.read_text(encoding="utf-8"), DROP_LINEAR_REFERENCING),
        migrations.RunSQL(CLOSING_GATE.read_text(encoding="utf-8"), DROP_CLOSING_GATE),
    ]
