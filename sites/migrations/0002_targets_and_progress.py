import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import sites.identifiers
from sites.schema import AdditiveMigration


class Migration(AdditiveMigration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("pghistory", "0007_auto_20250421_0444"),
        ("sites", "0001_register"),
    ]

    operations = [
        migrations.CreateModel(
            name="PlannedProgress",
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
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="planned_progress",
                        to="sites.projectsite",
                        verbose_name="site",
                    ),
                ),
                ("on", models.DateField(verbose_name="day")),
                (
                    "percent",
                    models.DecimalField(
                        decimal_places=2, max_digits=5, verbose_name="planned progress (%)"
                    ),
                ),
            ],
            options={
                "verbose_name": "planned progress",
                "verbose_name_plural": "planned progress",
                "ordering": ["on"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("site", "on"), name="planned_progress_once_a_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("percent__gte", 0), ("percent__lte", 100)),
                        name="planned_progress_percent_in_range",
                        violation_error_message="Progress must lie between 0 and 100 percent.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "sites_plannedprogressevent" ("id", "on", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id") VALUES (OLD."id", OLD."on", OLD."percent", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."site_id"); RETURN NULL;',
                            hash="6a6de05b83e6d4ecdf21c4c1dc7dadc2acaf40d8",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_938e9",
                            table="sites_plannedprogress",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sites_plannedprogressevent" ("id", "on", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id") VALUES (OLD."id", OLD."on", OLD."percent", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."site_id"); RETURN NULL;',
                            hash="41a80f6bfe1c17f3c3440f4802741af549be9e43",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_c9813",
                            table="sites_plannedprogress",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="PlannedProgressEvent",
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
                        to="sites.plannedprogress",
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
                ("on", models.DateField(verbose_name="day")),
                (
                    "percent",
                    models.DecimalField(
                        decimal_places=2, max_digits=5, verbose_name="planned progress (%)"
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
            name="ProgressReview",
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
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="sites.progressentry",
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        choices=[("verified", "Verified"), ("returned", "Returned")],
                        max_length=10,
                        verbose_name="verdict",
                    ),
                ),
                ("reason", models.TextField(blank=True, db_default="", verbose_name="reason")),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="reviewed at",
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="reviewed by",
                    ),
                ),
            ],
            options={
                "verbose_name": "review of progress",
                "verbose_name_plural": "reviews of progress",
                "ordering": ["at", "id"],
                "indexes": [models.Index(fields=["entry", "-at"], name="progress_review_latest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verdict", "verified"),
                            models.Q(
                                ("verdict", "returned"), models.Q(("reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="progress_review_returned_has_reason",
                        violation_error_message="An entry is returned with a reason.",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="558d04b86b25c5e355c8ace442ece1a33cc3d9f0",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_168a5",
                            table="sites_progressreview",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ServiceRecord",
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
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="service_records",
                        to="sites.programme",
                        verbose_name="programme",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(verbose_name="to")),
                ("people", models.PositiveIntegerField(verbose_name="people")),
                (
                    "households",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="households"),
                ),
                (
                    "passed",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="passed"),
                ),
                (
                    "certified",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="certified"),
                ),
                (
                    "amount",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=16,
                        null=True,
                        verbose_name="amount (yuan)",
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sites.organisation",
                        verbose_name="provider",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("reported", "Reported"),
                            ("verified", "Verified"),
                            ("returned", "Returned"),
                        ],
                        default="reported",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "state_reason",
                    models.TextField(blank=True, db_default="", verbose_name="reason"),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("reviewed_at", models.DateTimeField(editable=False, null=True)),
                ("note", models.TextField(blank=True, db_default="", verbose_name="note")),
            ],
            options={
                "verbose_name": "service record",
                "verbose_name_plural": "service records",
                "ordering": ["-ends_on", "-id"],
                "indexes": [
                    models.Index(fields=["programme", "ends_on"], name="service_record_programme")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="service_record_days_in_order",
                        violation_error_message="The last day must not come before the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("passed__isnull", True),
                                ("passed__lte", models.F("people")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("certified__isnull", True),
                                ("certified__lte", models.F("people")),
                                _connector="OR",
                            ),
                        ),
                        name="service_record_parts_of_people",
                        violation_error_message="No more people can pass or get a certificate than took part.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount__isnull", True), ("amount__gte", 0), _connector="OR"
                        ),
                        name="service_record_amount_not_negative",
                        violation_error_message="Amounts must not be negative.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["reported", "verified", "returned"])),
                        name="service_record_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "returned"), _negated=True),
                            models.Q(("state_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="service_record_returned_has_reason",
                        violation_error_message="A record is returned with a reason.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."amount" IS DISTINCT FROM (NEW."amount") OR OLD."area_id" IS DISTINCT FROM (NEW."area_id") OR OLD."area_code" IS DISTINCT FROM (NEW."area_code") OR OLD."certified" IS DISTINCT FROM (NEW."certified") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."ends_on" IS DISTINCT FROM (NEW."ends_on") OR OLD."households" IS DISTINCT FROM (NEW."households") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."passed" IS DISTINCT FROM (NEW."passed") OR OLD."people" IS DISTINCT FROM (NEW."people") OR OLD."programme_id" IS DISTINCT FROM (NEW."programme_id") OR OLD."provider_id" IS DISTINCT FROM (NEW."provider_id") OR OLD."reviewed_at" IS DISTINCT FROM (NEW."reviewed_at") OR OLD."reviewed_by_id" IS DISTINCT FROM (NEW."reviewed_by_id") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."state_reason" IS DISTINCT FROM (NEW."state_reason") OR OLD."title" IS DISTINCT FROM (NEW."title"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="52c1487169a750c54212a653494af0f6cbe359dc",
                            operation="UPDATE",
                            pgid="pgtrigger_touch_3d4e5",
                            table="sites_servicerecord",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="placed_by_area",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nSELECT area.code INTO NEW.area_code FROM sites_area area WHERE area.id = NEW.area_id;\nRETURN NEW;\n",
                            hash="6a2b0f6a75ec385c92216d3bbfbc8212f2dfda67",
                            operation='INSERT OR UPDATE OF "area_id"',
                            pgid="pgtrigger_placed_by_area_14b64",
                            table="sites_servicerecord",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "sites_servicerecordevent" ("amount", "area_code", "area_id", "certified", "created_at", "ends_on", "households", "id", "note", "passed", "people", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "provider_id", "reviewed_at", "reviewed_by_id", "starts_on", "state", "state_reason", "title", "updated_at", "version") VALUES (OLD."amount", OLD."area_code", OLD."area_id", OLD."certified", OLD."created_at", OLD."ends_on", OLD."households", OLD."id", OLD."note", OLD."passed", OLD."people", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."programme_id", OLD."provider_id", OLD."reviewed_at", OLD."reviewed_by_id", OLD."starts_on", OLD."state", OLD."state_reason", OLD."title", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="2041cc2db252629cd708c332d81e4e39c3ecdff2",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_99760",
                            table="sites_servicerecord",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sites_servicerecordevent" ("amount", "area_code", "area_id", "certified", "created_at", "ends_on", "households", "id", "note", "passed", "people", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "provider_id", "reviewed_at", "reviewed_by_id", "starts_on", "state", "state_reason", "title", "updated_at", "version") VALUES (OLD."amount", OLD."area_code", OLD."area_id", OLD."certified", OLD."created_at", OLD."ends_on", OLD."households", OLD."id", OLD."note", OLD."passed", OLD."people", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."programme_id", OLD."provider_id", OLD."reviewed_at", OLD."reviewed_by_id", OLD."starts_on", OLD."state", OLD."state_reason", OLD."title", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="8e125905d637a4de58339e21024898f0fc6f3b48",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_01707",
                            table="sites_servicerecord",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ServiceRecordEvent",
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
                        to="sites.servicerecord",
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
                    "programme",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sites.programme",
                        verbose_name="programme",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(verbose_name="to")),
                ("people", models.PositiveIntegerField(verbose_name="people")),
                (
                    "households",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="households"),
                ),
                (
                    "passed",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="passed"),
                ),
                (
                    "certified",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="certified"),
                ),
                (
                    "amount",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=16,
                        null=True,
                        verbose_name="amount (yuan)",
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sites.organisation",
                        verbose_name="provider",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("reported", "Reported"),
                            ("verified", "Verified"),
                            ("returned", "Returned"),
                        ],
                        default="reported",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "state_reason",
                    models.TextField(blank=True, db_default="", verbose_name="reason"),
                ),
                (
                    "reviewed_by",
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
                ("reviewed_at", models.DateTimeField(editable=False, null=True)),
                ("note", models.TextField(blank=True, db_default="", verbose_name="note")),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Target",
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
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="targets",
                        to="sites.programme",
                        verbose_name="programme",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                (
                    "measure",
                    models.CharField(
                        choices=[
                            ("quantity", "Quantity"),
                            ("pass_rate", "Pass rate"),
                            ("certificate_rate", "Certificate rate"),
                        ],
                        default="quantity",
                        max_length=20,
                        verbose_name="measure",
                    ),
                ),
                (
                    "assigned",
                    models.DecimalField(decimal_places=3, max_digits=16, verbose_name="assigned"),
                ),
                (
                    "document_number",
                    models.CharField(
                        blank=True, db_default="", max_length=80, verbose_name="document number"
                    ),
                ),
                ("note", models.TextField(blank=True, db_default="", verbose_name="note")),
            ],
            options={
                "verbose_name": "target",
                "verbose_name_plural": "targets",
                "ordering": ["-year", "programme__code", "area_code", "measure"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("programme", "area", "year", "measure"),
                        name="target_once_a_year",
                        violation_error_message="This programme already has a target for that area and year.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("measure__in", ["quantity", "pass_rate", "certificate_rate"])
                        ),
                        name="target_measure_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("assigned__gte", 0),
                            models.Q(
                                ("measure", "quantity"), ("assigned__lte", 100), _connector="OR"
                            ),
                        ),
                        name="target_assigned_in_range",
                        violation_error_message="A target is not negative, and a rate lies between 0 and 100 percent.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("year__gte", 1949), ("year__lte", 2100)),
                        name="target_year_in_range",
                        violation_error_message="The year must lie between 1949 and 2100.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."area_id" IS DISTINCT FROM (NEW."area_id") OR OLD."area_code" IS DISTINCT FROM (NEW."area_code") OR OLD."assigned" IS DISTINCT FROM (NEW."assigned") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."document_number" IS DISTINCT FROM (NEW."document_number") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."measure" IS DISTINCT FROM (NEW."measure") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."programme_id" IS DISTINCT FROM (NEW."programme_id") OR OLD."year" IS DISTINCT FROM (NEW."year"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="1d7ac51dd31f64559e8507492cd222f1b503476f",
                            operation="UPDATE",
                            pgid="pgtrigger_touch_96435",
                            table="sites_target",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="placed_by_area",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nSELECT area.code INTO NEW.area_code FROM sites_area area WHERE area.id = NEW.area_id;\nRETURN NEW;\n",
                            hash="9eb5ba710a0a09d4f28f1e4f1b7a2f047018ed0f",
                            operation='INSERT OR UPDATE OF "area_id"',
                            pgid="pgtrigger_placed_by_area_310f0",
                            table="sites_target",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "sites_targetevent" ("area_code", "area_id", "assigned", "created_at", "document_number", "id", "measure", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "updated_at", "version", "year") VALUES (OLD."area_code", OLD."area_id", OLD."assigned", OLD."created_at", OLD."document_number", OLD."id", OLD."measure", OLD."note", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."programme_id", OLD."updated_at", OLD."version", OLD."year"); RETURN NULL;',
                            hash="1d9082248d91e44a734d54009de852d9c8f9c699",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_83922",
                            table="sites_target",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sites_targetevent" ("area_code", "area_id", "assigned", "created_at", "document_number", "id", "measure", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "updated_at", "version", "year") VALUES (OLD."area_code", OLD."area_id", OLD."assigned", OLD."created_at", OLD."document_number", OLD."id", OLD."measure", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."programme_id", OLD."updated_at", OLD."version", OLD."year"); RETURN NULL;',
                            hash="8404ca7813dd4a360b46969638dbb0f1c8eea7df",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_9c528",
                            table="sites_target",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="TargetEvent",
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
                        to="sites.target",
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
                    "programme",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sites.programme",
                        verbose_name="programme",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                (
                    "measure",
                    models.CharField(
                        choices=[
                            ("quantity", "Quantity"),
                            ("pass_rate", "Pass rate"),
                            ("certificate_rate", "Certificate rate"),
                        ],
                        default="quantity",
                        max_length=20,
                        verbose_name="measure",
                    ),
                ),
                (
                    "assigned",
                    models.DecimalField(decimal_places=3, max_digits=16, verbose_name="assigned"),
                ),
                (
                    "document_number",
                    models.CharField(
                        blank=True, db_default="", max_length=80, verbose_name="document number"
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
        pgtrigger.migrations.RemoveTrigger(
            model_name="programme",
            name="touch",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="programme",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="programme",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="programme",
            name="beneficiaries_text",
            field=models.TextField(blank=True, db_default="", verbose_name="who benefits"),
        ),
        migrations.AddField(
            model_name="programme",
            name="is_published",
            field=models.BooleanField(db_default=False, default=False, verbose_name="published"),
        ),
        migrations.AddField(
            model_name="programme",
            name="policy_text",
            field=models.TextField(blank=True, db_default="", verbose_name="policy"),
        ),
        migrations.AddField(
            model_name="programme",
            name="procedure_text",
            field=models.TextField(blank=True, db_default="", verbose_name="how to apply"),
        ),
        migrations.AddField(
            model_name="programmeevent",
            name="beneficiaries_text",
            field=models.TextField(blank=True, db_default="", verbose_name="who benefits"),
        ),
        migrations.AddField(
            model_name="programmeevent",
            name="is_published",
            field=models.BooleanField(db_default=False, default=False, verbose_name="published"),
        ),
        migrations.AddField(
            model_name="programmeevent",
            name="policy_text",
            field=models.TextField(blank=True, db_default="", verbose_name="policy"),
        ),
        migrations.AddField(
            model_name="programmeevent",
            name="procedure_text",
            field=models.TextField(blank=True, db_default="", verbose_name="how to apply"),
        ),
        migrations.AddField(
            model_name="progressentry",
            name="needs_review",
            field=models.BooleanField(
                db_default=False, default=False, verbose_name="needs a review"
            ),
        ),
        migrations.AddField(
            model_name="progressentry",
            name="quantity",
            field=models.DecimalField(
                blank=True, decimal_places=3, max_digits=14, null=True, verbose_name="quantity"
            ),
        ),
        migrations.AddIndex(
            model_name="progressentry",
            index=models.Index(fields=["site", "-reported_on"], name="progress_entry_of_site"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="programme",
            trigger=pgtrigger.compiler.Trigger(
                name="touch",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."beneficiaries_text" IS DISTINCT FROM (NEW."beneficiaries_text") OR OLD."category_id" IS DISTINCT FROM (NEW."category_id") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_published" IS DISTINCT FROM (NEW."is_published") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."lead_organisation_id" IS DISTINCT FROM (NEW."lead_organisation_id") OR OLD."level" IS DISTINCT FROM (NEW."level") OR OLD."measure" IS DISTINCT FROM (NEW."measure") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."name_en" IS DISTINCT FROM (NEW."name_en") OR OLD."policy_text" IS DISTINCT FROM (NEW."policy_text") OR OLD."procedure_text" IS DISTINCT FROM (NEW."procedure_text") OR OLD."unit" IS DISTINCT FROM (NEW."unit") OR OLD."year" IS DISTINCT FROM (NEW."year"))',
                    func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                    hash="22b2b86d66bb6f83b8af1cf013d6955b94530adb",
                    operation="UPDATE",
                    pgid="pgtrigger_touch_39f3f",
                    table="sites_programme",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="programme",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "sites_programmeevent" ("beneficiaries_text", "category_id", "code", "created_at", "id", "is_published", "kind", "lead_organisation_id", "level", "measure", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_text", "procedure_text", "unit", "updated_at", "version", "year") VALUES (OLD."beneficiaries_text", OLD."category_id", OLD."code", OLD."created_at", OLD."id", OLD."is_published", OLD."kind", OLD."lead_organisation_id", OLD."level", OLD."measure", OLD."name", OLD."name_en", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."policy_text", OLD."procedure_text", OLD."unit", OLD."updated_at", OLD."version", OLD."year"); RETURN NULL;',
                    hash="b4d611273a386ab8cd7bf71a765a48c1e47c294e",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c8a92",
                    table="sites_programme",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="programme",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "sites_programmeevent" ("beneficiaries_text", "category_id", "code", "created_at", "id", "is_published", "kind", "lead_organisation_id", "level", "measure", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_text", "procedure_text", "unit", "updated_at", "version", "year") VALUES (OLD."beneficiaries_text", OLD."category_id", OLD."code", OLD."created_at", OLD."id", OLD."is_published", OLD."kind", OLD."lead_organisation_id", OLD."level", OLD."measure", OLD."name", OLD."name_en", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."policy_text", OLD."procedure_text", OLD."unit", OLD."updated_at", OLD."version", OLD."year"); RETURN NULL;',
                    hash="91255ebb0da0fec7f9563179fd5578757d2e166a",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_bee21",
                    table="sites_programme",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="programme",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_published", False),
                    models.Q(
                        models.Q(("policy_text", ""), _negated=True),
                        models.Q(("beneficiaries_text", ""), _negated=True),
                        models.Q(("procedure_text", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="programme_published_tells_all",
                violation_error_message="A programme is published with its policy, who benefits and how to apply.",
            ),
        ),
        migrations.AddConstraint(
            model_name="progressentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("quantity__isnull", True), ("quantity__gte", 0), _connector="OR"
                ),
                name="progress_entry_quantity_not_negative",
                violation_error_message="The quantity must not be negative.",
            ),
        ),
    ]
