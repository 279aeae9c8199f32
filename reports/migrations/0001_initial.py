import django.contrib.postgres.fields
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import sites.identifiers
from sites.schema import AdditiveMigration


class Migration(AdditiveMigration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("pghistory", "0007_auto_20250421_0444"),
        ("sites", "0002_targets_and_progress"),
    ]

    operations = [
        migrations.CreateModel(
            name="FigureDefinition",
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
                ("key", models.CharField(max_length=60, unique=True, verbose_name="key")),
                ("query", models.CharField(max_length=40, verbose_name="question")),
                ("filter", models.TextField(blank=True, db_default="", verbose_name="filter")),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("sites", "sites"),
                            ("km", "km"),
                            ("households", "households"),
                            ("people", "people"),
                            ("percent", "%"),
                            ("yuan", "yuan"),
                            ("wan_yuan", "10,000 yuan"),
                            ("yi_yuan", "100 million yuan"),
                            ("m3_per_day", "m³/d"),
                            ("pieces", "pieces"),
                        ],
                        max_length=12,
                        verbose_name="unit",
                    ),
                ),
                ("decimals", models.PositiveSmallIntegerField(default=0, verbose_name="decimals")),
                ("note", models.TextField(blank=True, db_default="", verbose_name="note")),
            ],
            options={
                "verbose_name": "figure",
                "verbose_name_plural": "figures",
                "ordering": ["key"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("key__regex", "^[a-z][a-z0-9_]*$")),
                        name="figure_key_form",
                        violation_error_message="A key is made of small letters, digits and underscore.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "unit__in",
                                [
                                    "sites",
                                    "km",
                                    "households",
                                    "people",
                                    "percent",
                                    "yuan",
                                    "wan_yuan",
                                    "yi_yuan",
                                    "m3_per_day",
                                    "pieces",
                                ],
                            )
                        ),
                        name="figure_unit_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("decimals__lte", 4)), name="figure_decimals_in_range"
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."decimals" IS DISTINCT FROM (NEW."decimals") OR OLD."filter" IS DISTINCT FROM (NEW."filter") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."key" IS DISTINCT FROM (NEW."key") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."name_en" IS DISTINCT FROM (NEW."name_en") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."query" IS DISTINCT FROM (NEW."query") OR OLD."unit" IS DISTINCT FROM (NEW."unit"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="fbb58f0c92b5350f0b096ccb2c555c58c12608cd",
                            operation="UPDATE",
                            pgid="pgtrigger_touch_17fb7",
                            table="reports_figuredefinition",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "reports_figuredefinitionevent" ("created_at", "decimals", "filter", "id", "key", "name", "name_en", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "query", "unit", "updated_at", "version") VALUES (OLD."created_at", OLD."decimals", OLD."filter", OLD."id", OLD."key", OLD."name", OLD."name_en", OLD."note", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."query", OLD."unit", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="1eb70f2f705504fb2dc65502d3e3461a552d6c55",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_d2ee9",
                            table="reports_figuredefinition",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reports_figuredefinitionevent" ("created_at", "decimals", "filter", "id", "key", "name", "name_en", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "query", "unit", "updated_at", "version") VALUES (OLD."created_at", OLD."decimals", OLD."filter", OLD."id", OLD."key", OLD."name", OLD."name_en", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."query", OLD."unit", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="936596924714e612594e3aa53b2e7124656746a4",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a5669",
                            table="reports_figuredefinition",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="FigureDefinitionEvent",
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
                        to="reports.figuredefinition",
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
                ("key", models.CharField(max_length=60, verbose_name="key")),
                ("query", models.CharField(max_length=40, verbose_name="question")),
                ("filter", models.TextField(blank=True, db_default="", verbose_name="filter")),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("sites", "sites"),
                            ("km", "km"),
                            ("households", "households"),
                            ("people", "people"),
                            ("percent", "%"),
                            ("yuan", "yuan"),
                            ("wan_yuan", "10,000 yuan"),
                            ("yi_yuan", "100 million yuan"),
                            ("m3_per_day", "m³/d"),
                            ("pieces", "pieces"),
                        ],
                        max_length=12,
                        verbose_name="unit",
                    ),
                ),
                ("decimals", models.PositiveSmallIntegerField(default=0, verbose_name="decimals")),
                ("note", models.TextField(blank=True, db_default="", verbose_name="note")),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="ReportTemplate",
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
                            ("annual", "Annual work report"),
                            ("half_year", "Half-year bulletin"),
                            ("monthly", "Monthly bulletin"),
                            ("special", "Special report"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "document_name",
                    models.CharField(blank=True, db_default="", editable=False, max_length=200),
                ),
                (
                    "document_sha256",
                    models.CharField(blank=True, db_default="", editable=False, max_length=64),
                ),
                (
                    "is_active",
                    models.BooleanField(db_default=True, default=True, verbose_name="in use"),
                ),
            ],
            options={
                "verbose_name": "report template",
                "verbose_name_plural": "report templates",
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[a-z][a-z0-9_-]*$")),
                        name="report_template_code_form",
                        violation_error_message="A code is made of small letters, digits, dash and underscore.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["annual", "half_year", "monthly", "special"])
                        ),
                        name="report_template_kind_known",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."document_name" IS DISTINCT FROM (NEW."document_name") OR OLD."document_sha256" IS DISTINCT FROM (NEW."document_sha256") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."name_en" IS DISTINCT FROM (NEW."name_en"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="5bb9a25120f3bf4d4510f7ec9218421e95e2010e",
                            operation="UPDATE",
                            pgid="pgtrigger_touch_e9051",
                            table="reports_reporttemplate",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "reports_reporttemplateevent" ("code", "created_at", "document_name", "document_sha256", "id", "is_active", "kind", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version") VALUES (OLD."code", OLD."created_at", OLD."document_name", OLD."document_sha256", OLD."id", OLD."is_active", OLD."kind", OLD."name", OLD."name_en", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="978b3b5b9852d5929aa8f1fa9749425bdd167f5e",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b692c",
                            table="reports_reporttemplate",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reports_reporttemplateevent" ("code", "created_at", "document_name", "document_sha256", "id", "is_active", "kind", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version") VALUES (OLD."code", OLD."created_at", OLD."document_name", OLD."document_sha256", OLD."id", OLD."is_active", OLD."kind", OLD."name", OLD."name_en", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="232e388491f9ce26836ad8011577d86690df9a75",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_f9755",
                            table="reports_reporttemplate",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Report",
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
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="reports.reporttemplate",
                        verbose_name="template",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "title_en",
                    models.CharField(
                        blank=True, db_default="", max_length=200, verbose_name="title in English"
                    ),
                ),
                ("period_start", models.DateField(verbose_name="from")),
                ("period_end", models.DateField(verbose_name="to")),
                ("as_of", models.DateField(verbose_name="as of")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("signed", "Signed"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "computed_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="computed at"),
                ),
                (
                    "signer_name",
                    models.CharField(
                        blank=True,
                        db_default="",
                        editable=False,
                        max_length=60,
                        verbose_name="signed by",
                    ),
                ),
                (
                    "signed_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="signed at"),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "withdrawal_reason",
                    models.TextField(
                        blank=True,
                        db_default="",
                        editable=False,
                        verbose_name="reason for withdrawal",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "report",
                "verbose_name_plural": "reports",
                "ordering": ["-period_end", "-id"],
                "indexes": [
                    models.Index(
                        fields=["area_code", "-period_end", "-id"], name="work_report_area"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("period_end__gte", models.F("period_start"))),
                        name="report_days_in_order",
                        violation_error_message="The last day must not come before the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "signed", "withdrawn"])),
                        name="report_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "draft"),
                            models.Q(
                                ("signed_at__isnull", False),
                                models.Q(("signer_name", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="report_signed_by_somebody",
                        violation_error_message="A report is signed by a named person.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."area_id" IS DISTINCT FROM (NEW."area_id") OR OLD."area_code" IS DISTINCT FROM (NEW."area_code") OR OLD."as_of" IS DISTINCT FROM (NEW."as_of") OR OLD."computed_at" IS DISTINCT FROM (NEW."computed_at") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."period_end" IS DISTINCT FROM (NEW."period_end") OR OLD."period_start" IS DISTINCT FROM (NEW."period_start") OR OLD."signed_at" IS DISTINCT FROM (NEW."signed_at") OR OLD."signed_by_id" IS DISTINCT FROM (NEW."signed_by_id") OR OLD."signer_name" IS DISTINCT FROM (NEW."signer_name") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."template_id" IS DISTINCT FROM (NEW."template_id") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."title_en" IS DISTINCT FROM (NEW."title_en") OR OLD."withdrawal_reason" IS DISTINCT FROM (NEW."withdrawal_reason"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="08934b5330135bad502d2c16590a759b2a96e47a",
                            operation="UPDATE",
                            pgid="pgtrigger_touch_984ab",
                            table="reports_report",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="placed_by_area",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nSELECT area.code INTO NEW.area_code FROM sites_area area WHERE area.id = NEW.area_id;\nRETURN NEW;\n",
                            hash="9951a5f7a89cbc4573c2a65d1d874f33fafe8f84",
                            operation='INSERT OR UPDATE OF "area_id"',
                            pgid="pgtrigger_placed_by_area_6e6ae",
                            table="reports_report",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="signed_is_frozen",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nIF OLD.state <> 'draft' AND (\n    NEW.state = 'draft' OR NEW.as_of <> OLD.as_of OR NEW.title <> OLD.title\n    OR NEW.period_start <> OLD.period_start OR NEW.period_end <> OLD.period_end\n    OR NEW.area_id <> OLD.area_id OR NEW.signed_at IS DISTINCT FROM OLD.signed_at\n    OR NEW.signer_name <> OLD.signer_name\n) THEN\n    RAISE EXCEPTION 'a signed report is frozen'\n        USING ERRCODE = 'check_violation', CONSTRAINT = 'report_is_frozen';\nEND IF;\nRETURN NEW;\n",
                            hash="86b7ad75e137029b027032cef82d58652a958fc5",
                            operation="UPDATE",
                            pgid="pgtrigger_signed_is_frozen_10f13",
                            table="reports_report",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "reports_reportevent" ("area_code", "area_id", "as_of", "computed_at", "created_at", "created_by_id", "id", "period_end", "period_start", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "signed_at", "signed_by_id", "signer_name", "state", "template_id", "title", "title_en", "updated_at", "version", "withdrawal_reason") VALUES (OLD."area_code", OLD."area_id", OLD."as_of", OLD."computed_at", OLD."created_at", OLD."created_by_id", OLD."id", OLD."period_end", OLD."period_start", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."signed_at", OLD."signed_by_id", OLD."signer_name", OLD."state", OLD."template_id", OLD."title", OLD."title_en", OLD."updated_at", OLD."version", OLD."withdrawal_reason"); RETURN NULL;',
                            hash="e2ae65f3f1866fc021d18369d32c4d48c465514e",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_234a9",
                            table="reports_report",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reports_reportevent" ("area_code", "area_id", "as_of", "computed_at", "created_at", "created_by_id", "id", "period_end", "period_start", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "signed_at", "signed_by_id", "signer_name", "state", "template_id", "title", "title_en", "updated_at", "version", "withdrawal_reason") VALUES (OLD."area_code", OLD."area_id", OLD."as_of", OLD."computed_at", OLD."created_at", OLD."created_by_id", OLD."id", OLD."period_end", OLD."period_start", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."signed_at", OLD."signed_by_id", OLD."signer_name", OLD."state", OLD."template_id", OLD."title", OLD."title_en", OLD."updated_at", OLD."version", OLD."withdrawal_reason"); RETURN NULL;',
                            hash="64e251ba597274286beab09cf737b0e0896d6023",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_6acd6",
                            table="reports_report",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportEvent",
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
                        to="reports.report",
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
                    "template",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="reports.reporttemplate",
                        verbose_name="template",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "title_en",
                    models.CharField(
                        blank=True, db_default="", max_length=200, verbose_name="title in English"
                    ),
                ),
                ("period_start", models.DateField(verbose_name="from")),
                ("period_end", models.DateField(verbose_name="to")),
                ("as_of", models.DateField(verbose_name="as of")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("signed", "Signed"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "computed_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="computed at"),
                ),
                (
                    "signer_name",
                    models.CharField(
                        blank=True,
                        db_default="",
                        editable=False,
                        max_length=60,
                        verbose_name="signed by",
                    ),
                ),
                (
                    "signed_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="signed at"),
                ),
                (
                    "signed_by",
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
                (
                    "withdrawal_reason",
                    models.TextField(
                        blank=True,
                        db_default="",
                        editable=False,
                        verbose_name="reason for withdrawal",
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
            name="ReportFigure",
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
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="figures",
                        to="reports.report",
                    ),
                ),
                ("key", models.CharField(max_length=60, verbose_name="key")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "title_en",
                    models.CharField(
                        blank=True, db_default="", max_length=200, verbose_name="title in English"
                    ),
                ),
                ("query", models.CharField(max_length=40, verbose_name="question")),
                ("filter", models.TextField(blank=True, db_default="", verbose_name="filter")),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("sites", "sites"),
                            ("km", "km"),
                            ("households", "households"),
                            ("people", "people"),
                            ("percent", "%"),
                            ("yuan", "yuan"),
                            ("wan_yuan", "10,000 yuan"),
                            ("yi_yuan", "100 million yuan"),
                            ("m3_per_day", "m³/d"),
                            ("pieces", "pieces"),
                        ],
                        max_length=12,
                        verbose_name="unit",
                    ),
                ),
                ("decimals", models.PositiveSmallIntegerField(default=0, verbose_name="decimals")),
                (
                    "value",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=24, null=True, verbose_name="value"
                    ),
                ),
                (
                    "numerator",
                    models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True),
                ),
                (
                    "denominator",
                    models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True),
                ),
                ("as_of", models.DateField(verbose_name="as of")),
                ("site_count", models.PositiveIntegerField(default=0, verbose_name="sites")),
                (
                    "identifiers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), default=list, size=None
                    ),
                ),
                (
                    "amounts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DecimalField(decimal_places=6, max_digits=20),
                        default=list,
                        size=None,
                    ),
                ),
                ("identifiers_sha256", models.CharField(blank=True, db_default="", max_length=64)),
                (
                    "computed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="computed at",
                    ),
                ),
            ],
            options={
                "verbose_name": "figure of a report",
                "verbose_name_plural": "figures of reports",
                "ordering": ["key"],
                "constraints": [
                    models.UniqueConstraint(fields=("report", "key"), name="report_figure_once")
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="frozen_with_report",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nIF (SELECT state FROM reports_report WHERE id = COALESCE(NEW.report_id, OLD.report_id))\n   <> 'draft' THEN\n    RAISE EXCEPTION 'a signed report is frozen'\n        USING ERRCODE = 'check_violation', CONSTRAINT = 'report_is_frozen';\nEND IF;\nRETURN COALESCE(NEW, OLD);\n",
                            hash="065afafb390341b39304a80803f43c65b7893513",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_frozen_with_report_93140",
                            table="reports_reportfigure",
                            when="BEFORE",
                        ),
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ReportSection",
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
                ("position", models.PositiveSmallIntegerField(verbose_name="place")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("text", "Text only"),
                            ("townships", "Table by township"),
                            ("programmes", "Table by programme"),
                            ("money", "Table of money by source"),
                            ("ranking", "Ranking of townships"),
                        ],
                        default="text",
                        max_length=12,
                        verbose_name="shows",
                    ),
                ),
                (
                    "heading",
                    models.CharField(
                        blank=True, db_default="", max_length=200, verbose_name="heading"
                    ),
                ),
                (
                    "heading_en",
                    models.CharField(
                        blank=True, db_default="", max_length=200, verbose_name="heading in English"
                    ),
                ),
                ("body", models.TextField(blank=True, db_default="", verbose_name="text")),
                (
                    "body_en",
                    models.TextField(blank=True, db_default="", verbose_name="text in English"),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sections",
                        to="reports.report",
                    ),
                ),
            ],
            options={
                "verbose_name": "section of a report",
                "verbose_name_plural": "sections of reports",
                "ordering": ["position"],
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="frozen_with_report",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nIF (SELECT state FROM reports_report WHERE id = COALESCE(NEW.report_id, OLD.report_id))\n   <> 'draft' THEN\n    RAISE EXCEPTION 'a signed report is frozen'\n        USING ERRCODE = 'check_violation', CONSTRAINT = 'report_is_frozen';\nEND IF;\nRETURN COALESCE(NEW, OLD);\n",
                            hash="c4a342ed28b2834ce7c6bf99e7ea192efb78a140",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_frozen_with_report_dce54",
                            table="reports_reportsection",
                            when="BEFORE",
                        ),
                    )
                ],
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="ReportTemplateEvent",
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
                        to="reports.reporttemplate",
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
                            ("annual", "Annual work report"),
                            ("half_year", "Half-year bulletin"),
                            ("monthly", "Monthly bulletin"),
                            ("special", "Special report"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "document_name",
                    models.CharField(blank=True, db_default="", editable=False, max_length=200),
                ),
                (
                    "document_sha256",
                    models.CharField(blank=True, db_default="", editable=False, max_length=64),
                ),
                (
                    "is_active",
                    models.BooleanField(db_default=True, default=True, verbose_name="in use"),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="StatedFigure",
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
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                    "figure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stated",
                        to="reports.figuredefinition",
                        verbose_name="figure",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stated_figures",
                        to="sites.organisation",
                        verbose_name="stated by",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                (
                    "value",
                    models.DecimalField(decimal_places=6, max_digits=24, verbose_name="value"),
                ),
                ("stated_on", models.DateField(verbose_name="stated on")),
                ("note", models.TextField(blank=True, db_default="", verbose_name="note")),
                (
                    "recorded_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "stated figure",
                "verbose_name_plural": "stated figures",
                "ordering": ["-year", "figure__key", "organisation__name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("figure", "organisation", "area", "year"),
                        name="stated_figure_once",
                        violation_error_message="This body has stated that figure already.",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."area_id" IS DISTINCT FROM (NEW."area_id") OR OLD."area_code" IS DISTINCT FROM (NEW."area_code") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."figure_id" IS DISTINCT FROM (NEW."figure_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."recorded_by_id" IS DISTINCT FROM (NEW."recorded_by_id") OR OLD."stated_on" IS DISTINCT FROM (NEW."stated_on") OR OLD."value" IS DISTINCT FROM (NEW."value") OR OLD."year" IS DISTINCT FROM (NEW."year"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="df39279de0590117d551d762a1e65b7c83e4f5d2",
                            operation="UPDATE",
                            pgid="pgtrigger_touch_7687d",
                            table="reports_statedfigure",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="placed_by_area",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nSELECT area.code INTO NEW.area_code FROM sites_area area WHERE area.id = NEW.area_id;\nRETURN NEW;\n",
                            hash="06e69da918c2e097b4b7b731ed0d2cbbea6b5401",
                            operation='INSERT OR UPDATE OF "area_id"',
                            pgid="pgtrigger_placed_by_area_ab0db",
                            table="reports_statedfigure",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "reports_statedfigureevent" ("area_code", "area_id", "created_at", "figure_id", "id", "note", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "stated_on", "updated_at", "value", "version", "year") VALUES (OLD."area_code", OLD."area_id", OLD."created_at", OLD."figure_id", OLD."id", OLD."note", OLD."organisation_id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."recorded_by_id", OLD."stated_on", OLD."updated_at", OLD."value", OLD."version", OLD."year"); RETURN NULL;',
                            hash="7aa86a9bcccd5322ce1a3ec4af3ad3b82f92a5d4",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_12239",
                            table="reports_statedfigure",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reports_statedfigureevent" ("area_code", "area_id", "created_at", "figure_id", "id", "note", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "stated_on", "updated_at", "value", "version", "year") VALUES (OLD."area_code", OLD."area_id", OLD."created_at", OLD."figure_id", OLD."id", OLD."note", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."recorded_by_id", OLD."stated_on", OLD."updated_at", OLD."value", OLD."version", OLD."year"); RETURN NULL;',
                            hash="aa671b413f19be08b32ba743463e4f92d4cb6cfd",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_ffc1c",
                            table="reports_statedfigure",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="StatedFigureEvent",
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
                        to="reports.statedfigure",
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
                    "figure",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="reports.figuredefinition",
                        verbose_name="figure",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sites.organisation",
                        verbose_name="stated by",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                (
                    "value",
                    models.DecimalField(decimal_places=6, max_digits=24, verbose_name="value"),
                ),
                ("stated_on", models.DateField(verbose_name="stated on")),
                ("note", models.TextField(blank=True, db_default="", verbose_name="note")),
                (
                    "recorded_by",
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
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="TemplateSection",
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
                ("position", models.PositiveSmallIntegerField(verbose_name="place")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("text", "Text only"),
                            ("townships", "Table by township"),
                            ("programmes", "Table by programme"),
                            ("money", "Table of money by source"),
                            ("ranking", "Ranking of townships"),
                        ],
                        default="text",
                        max_length=12,
                        verbose_name="shows",
                    ),
                ),
                (
                    "heading",
                    models.CharField(
                        blank=True, db_default="", max_length=200, verbose_name="heading"
                    ),
                ),
                (
                    "heading_en",
                    models.CharField(
                        blank=True, db_default="", max_length=200, verbose_name="heading in English"
                    ),
                ),
                ("body", models.TextField(blank=True, db_default="", verbose_name="text")),
                (
                    "body_en",
                    models.TextField(blank=True, db_default="", verbose_name="text in English"),
                ),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sections",
                        to="reports.reporttemplate",
                        verbose_name="template",
                    ),
                ),
            ],
            options={
                "verbose_name": "section of a template",
                "verbose_name_plural": "sections of templates",
                "ordering": ["position"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("template", "position"),
                        name="template_section_place_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["text", "townships", "programmes", "money", "ranking"])
                        ),
                        name="template_section_kind_known",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "reports_templatesectionevent" ("body", "body_en", "heading", "heading_en", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "template_id") VALUES (OLD."body", OLD."body_en", OLD."heading", OLD."heading_en", OLD."id", OLD."kind", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."position", OLD."template_id"); RETURN NULL;',
                            hash="4e1e7b8357b3656423698f98af2098b7177b36f3",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_42fe9",
                            table="reports_templatesection",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reports_templatesectionevent" ("body", "body_en", "heading", "heading_en", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "template_id") VALUES (OLD."body", OLD."body_en", OLD."heading", OLD."heading_en", OLD."id", OLD."kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."template_id"); RETURN NULL;',
                            hash="637756788f616ff4352e3d7e63a2f622073d0f80",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_9f14e",
                            table="reports_templatesection",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="TemplateSectionEvent",
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
                        to="reports.templatesection",
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
                ("position", models.PositiveSmallIntegerField(verbose_name="place")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("text", "Text only"),
                            ("townships", "Table by township"),
                            ("programmes", "Table by programme"),
                            ("money", "Table of money by source"),
                            ("ranking", "Ranking of townships"),
                        ],
                        default="text",
                        max_length=12,
                        verbose_name="shows",
                    ),
                ),
                (
                    "heading",
                    models.CharField(
                        blank=True, db_default="", max_length=200, verbose_name="heading"
                    ),
                ),
                (
                    "heading_en",
                    models.CharField(
                        blank=True, db_default="", max_length=200, verbose_name="heading in English"
                    ),
                ),
                ("body", models.TextField(blank=True, db_default="", verbose_name="text")),
                (
                    "body_en",
                    models.TextField(blank=True, db_default="", verbose_name="text in English"),
                ),
                (
                    "template",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="reports.reporttemplate",
                        verbose_name="template",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
    ]
