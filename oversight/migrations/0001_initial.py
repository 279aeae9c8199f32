import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import sites.identifiers
import sites.models.state_change
from sites.schema import AdditiveMigration


class Migration(AdditiveMigration):
    initial = True

    dependencies = [
        ("assets", "0002_progress_photos"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("funding", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("sites", "0002_targets_and_progress"),
    ]

    operations = [
        migrations.CreateModel(
            name="DispatchMeeting",
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
                    "level",
                    models.CharField(
                        choices=[
                            ("week", "Weekly"),
                            ("month", "Monthly"),
                            ("quarter", "Quarterly"),
                            ("special", "Special"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("held_on", models.DateField(verbose_name="day")),
                (
                    "chair",
                    models.CharField(
                        blank=True, db_default="", max_length=60, verbose_name="chaired by"
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        blank=True, db_default="", max_length=120, verbose_name="place"
                    ),
                ),
                (
                    "attendees",
                    models.TextField(blank=True, db_default="", verbose_name="attended by"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("held", "Held"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="planned",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("minutes", models.TextField(blank=True, db_default="", verbose_name="minutes")),
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
                "verbose_name": "dispatch meeting",
                "verbose_name_plural": "dispatch meetings",
                "ordering": ["-held_on", "-id"],
                "indexes": [
                    models.Index(fields=["area_code", "-held_on"], name="dispatch_meeting_area")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("level__in", ["week", "month", "quarter", "special"]),
                            ("state__in", ["planned", "held", "cancelled"]),
                        ),
                        name="dispatch_meeting_codes_known",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."area_id" IS DISTINCT FROM (NEW."area_id") OR OLD."area_code" IS DISTINCT FROM (NEW."area_code") OR OLD."attendees" IS DISTINCT FROM (NEW."attendees") OR OLD."chair" IS DISTINCT FROM (NEW."chair") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."held_on" IS DISTINCT FROM (NEW."held_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."level" IS DISTINCT FROM (NEW."level") OR OLD."minutes" IS DISTINCT FROM (NEW."minutes") OR OLD."place" IS DISTINCT FROM (NEW."place") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."title" IS DISTINCT FROM (NEW."title"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="8dc6146df049e2f54f2d083ab596fe0f69e67d9f",
                            operation="UPDATE",
                            pgid="pgtrigger_touch_02f2a",
                            table="oversight_dispatchmeeting",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="placed_by_area",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nSELECT area.code INTO NEW.area_code FROM sites_area area WHERE area.id = NEW.area_id;\nRETURN NEW;\n",
                            hash="dac543bd73a74e43e26200a2a4d69463b3d1a7ab",
                            operation='INSERT OR UPDATE OF "area_id"',
                            pgid="pgtrigger_placed_by_area_f8163",
                            table="oversight_dispatchmeeting",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "oversight_dispatchmeetingevent" ("area_code", "area_id", "attendees", "chair", "created_at", "created_by_id", "held_on", "id", "level", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "state", "title", "updated_at", "version") VALUES (OLD."area_code", OLD."area_id", OLD."attendees", OLD."chair", OLD."created_at", OLD."created_by_id", OLD."held_on", OLD."id", OLD."level", OLD."minutes", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."place", OLD."state", OLD."title", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="501eee66d0df96441e4c7b40b9e7aad30bdec7b4",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_37c38",
                            table="oversight_dispatchmeeting",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "oversight_dispatchmeetingevent" ("area_code", "area_id", "attendees", "chair", "created_at", "created_by_id", "held_on", "id", "level", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "state", "title", "updated_at", "version") VALUES (OLD."area_code", OLD."area_id", OLD."attendees", OLD."chair", OLD."created_at", OLD."created_by_id", OLD."held_on", OLD."id", OLD."level", OLD."minutes", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place", OLD."state", OLD."title", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="0756182b60babe69798395146f4d195fad1bc9ce",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b1ac7",
                            table="oversight_dispatchmeeting",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AgendaItem",
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
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="agenda",
                        to="oversight.dispatchmeeting",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agenda_items",
                        to="sites.projectsite",
                        verbose_name="site",
                    ),
                ),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("milestone", "Milestone overdue"),
                            ("delay", "Seriously late"),
                            ("money_lag", "Money far behind work"),
                            ("quiet", "No evidence of work"),
                            ("plan_missed", "Monthly plan missed"),
                            ("decision", "Decision overdue"),
                            ("added", "Added by the office"),
                        ],
                        max_length=12,
                        verbose_name="cause",
                    ),
                ),
                (
                    "detail",
                    models.CharField(
                        blank=True, db_default="", max_length=30, verbose_name="detail"
                    ),
                ),
                ("days", models.PositiveIntegerField(blank=True, null=True, verbose_name="days")),
                (
                    "responsible",
                    models.JSONField(blank=True, default=list, verbose_name="responsible"),
                ),
                (
                    "is_kept",
                    models.BooleanField(
                        db_default=True, default=True, verbose_name="on the agenda"
                    ),
                ),
                ("note", models.TextField(blank=True, db_default="", verbose_name="note")),
            ],
            options={
                "verbose_name": "agenda item",
                "verbose_name_plural": "agenda items",
                "ordering": ["-days", "site__code"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "site", "cause", "detail"), name="agenda_item_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "cause__in",
                                [
                                    "milestone",
                                    "delay",
                                    "money_lag",
                                    "quiet",
                                    "plan_missed",
                                    "decision",
                                    "added",
                                ],
                            )
                        ),
                        name="agenda_item_cause_known",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Decision",
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
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="oversight.dispatchmeeting",
                        verbose_name="meeting",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="sites.projectsite",
                        verbose_name="site",
                    ),
                ),
                ("action", models.TextField(verbose_name="what is to be done")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="sites.organisation",
                        verbose_name="by which body",
                    ),
                ),
                ("person", models.CharField(max_length=60, verbose_name="by whom")),
                ("due_on", models.DateField(verbose_name="until")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("done", "Done"), ("withdrawn", "Withdrawn")],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="done on")),
                ("outcome", models.TextField(blank=True, db_default="", verbose_name="outcome")),
            ],
            options={
                "verbose_name": "decision",
                "verbose_name_plural": "decisions",
                "ordering": ["due_on", "id"],
                "indexes": [models.Index(fields=["state", "due_on"], name="decision_due")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "done", "withdrawn"])),
                        name="decision_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "done"), _negated=True),
                            models.Q(
                                ("done_on__isnull", False), models.Q(("outcome", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="decision_done_has_day_and_outcome",
                        violation_error_message="Say on which day it was done and what came of it.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."action" IS DISTINCT FROM (NEW."action") OR OLD."area_id" IS DISTINCT FROM (NEW."area_id") OR OLD."area_code" IS DISTINCT FROM (NEW."area_code") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."done_on" IS DISTINCT FROM (NEW."done_on") OR OLD."due_on" IS DISTINCT FROM (NEW."due_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."meeting_id" IS DISTINCT FROM (NEW."meeting_id") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."outcome" IS DISTINCT FROM (NEW."outcome") OR OLD."person" IS DISTINCT FROM (NEW."person") OR OLD."site_id" IS DISTINCT FROM (NEW."site_id") OR OLD."state" IS DISTINCT FROM (NEW."state"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="b7e0a4b48dd9678c74bba9adca7a02f41b125c17",
                            operation="UPDATE",
                            pgid="pgtrigger_touch_c25c8",
                            table="oversight_decision",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="placed_by_area",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nSELECT area.code INTO NEW.area_code FROM sites_area area WHERE area.id = NEW.area_id;\nRETURN NEW;\n",
                            hash="da380076c69716ede8d1aea75aece4077d787d79",
                            operation='INSERT OR UPDATE OF "area_id"',
                            pgid="pgtrigger_placed_by_area_9a36d",
                            table="oversight_decision",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "oversight_decisionevent" ("action", "area_code", "area_id", "created_at", "done_on", "due_on", "id", "meeting_id", "organisation_id", "outcome", "person", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id", "state", "updated_at", "version") VALUES (OLD."action", OLD."area_code", OLD."area_id", OLD."created_at", OLD."done_on", OLD."due_on", OLD."id", OLD."meeting_id", OLD."organisation_id", OLD."outcome", OLD."person", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."site_id", OLD."state", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="4e4df61adc37c09543d4f41af374673f68ba4a2a",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_191c8",
                            table="oversight_decision",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "oversight_decisionevent" ("action", "area_code", "area_id", "created_at", "done_on", "due_on", "id", "meeting_id", "organisation_id", "outcome", "person", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id", "state", "updated_at", "version") VALUES (OLD."action", OLD."area_code", OLD."area_id", OLD."created_at", OLD."done_on", OLD."due_on", OLD."id", OLD."meeting_id", OLD."organisation_id", OLD."outcome", OLD."person", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."site_id", OLD."state", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="299e458158db291d87d306d33e111d09419e869a",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_ebd72",
                            table="oversight_decision",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DecisionEvent",
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
                        to="oversight.decision",
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
                    "meeting",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="oversight.dispatchmeeting",
                        verbose_name="meeting",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sites.projectsite",
                        verbose_name="site",
                    ),
                ),
                ("action", models.TextField(verbose_name="what is to be done")),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sites.organisation",
                        verbose_name="by which body",
                    ),
                ),
                ("person", models.CharField(max_length=60, verbose_name="by whom")),
                ("due_on", models.DateField(verbose_name="until")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("done", "Done"), ("withdrawn", "Withdrawn")],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="done on")),
                ("outcome", models.TextField(blank=True, db_default="", verbose_name="outcome")),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="DispatchMeetingEvent",
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
                        to="oversight.dispatchmeeting",
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
                    "level",
                    models.CharField(
                        choices=[
                            ("week", "Weekly"),
                            ("month", "Monthly"),
                            ("quarter", "Quarterly"),
                            ("special", "Special"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("held_on", models.DateField(verbose_name="day")),
                (
                    "chair",
                    models.CharField(
                        blank=True, db_default="", max_length=60, verbose_name="chaired by"
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        blank=True, db_default="", max_length=120, verbose_name="place"
                    ),
                ),
                (
                    "attendees",
                    models.TextField(blank=True, db_default="", verbose_name="attended by"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("held", "Held"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="planned",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("minutes", models.TextField(blank=True, db_default="", verbose_name="minutes")),
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
            name="InfoSubmission",
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
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="info_submissions",
                        to="sites.organisation",
                        verbose_name="filed by",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "sent_to",
                    models.CharField(
                        choices=[("province", "Provincial"), ("city", "City level")],
                        max_length=10,
                        verbose_name="sent to",
                    ),
                ),
                ("sent_on", models.DateField(verbose_name="sent on")),
                (
                    "published_on",
                    models.DateField(blank=True, null=True, verbose_name="published on"),
                ),
                (
                    "published_in",
                    models.CharField(
                        blank=True, db_default="", max_length=120, verbose_name="published in"
                    ),
                ),
                (
                    "link",
                    models.URLField(blank=True, db_default="", max_length=300, verbose_name="link"),
                ),
            ],
            options={
                "verbose_name": "information filed",
                "verbose_name_plural": "information filed",
                "ordering": ["-sent_on", "-id"],
                "indexes": [
                    models.Index(fields=["area_code", "-sent_on", "-id"], name="info_area")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sent_to__in", ["province", "city"])),
                        name="info_sent_to_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("published_on__isnull", True),
                            ("published_on__gte", models.F("sent_on")),
                            _connector="OR",
                        ),
                        name="info_published_after_sent",
                        violation_error_message="It cannot be published before it was sent.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."area_id" IS DISTINCT FROM (NEW."area_id") OR OLD."area_code" IS DISTINCT FROM (NEW."area_code") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."link" IS DISTINCT FROM (NEW."link") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."published_in" IS DISTINCT FROM (NEW."published_in") OR OLD."published_on" IS DISTINCT FROM (NEW."published_on") OR OLD."sent_on" IS DISTINCT FROM (NEW."sent_on") OR OLD."sent_to" IS DISTINCT FROM (NEW."sent_to") OR OLD."title" IS DISTINCT FROM (NEW."title"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="aa7802dab7740e42b12a9e931eb853c66ccab702",
                            operation="UPDATE",
                            pgid="pgtrigger_touch_9b570",
                            table="oversight_infosubmission",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="placed_by_area",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nSELECT area.code INTO NEW.area_code FROM sites_area area WHERE area.id = NEW.area_id;\nRETURN NEW;\n",
                            hash="eebe2d9f28ee38823aa722524d5fb97fdb7400bc",
                            operation='INSERT OR UPDATE OF "area_id"',
                            pgid="pgtrigger_placed_by_area_ff130",
                            table="oversight_infosubmission",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "oversight_infosubmissionevent" ("area_code", "area_id", "created_at", "id", "link", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_in", "published_on", "sent_on", "sent_to", "title", "updated_at", "version") VALUES (OLD."area_code", OLD."area_id", OLD."created_at", OLD."id", OLD."link", OLD."organisation_id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."published_in", OLD."published_on", OLD."sent_on", OLD."sent_to", OLD."title", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="6d49713c3a9cf93a7ad5ba35a488a5d3479ff00a",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_2d5a8",
                            table="oversight_infosubmission",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "oversight_infosubmissionevent" ("area_code", "area_id", "created_at", "id", "link", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_in", "published_on", "sent_on", "sent_to", "title", "updated_at", "version") VALUES (OLD."area_code", OLD."area_id", OLD."created_at", OLD."id", OLD."link", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."published_in", OLD."published_on", OLD."sent_on", OLD."sent_to", OLD."title", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="82c75728647e1a9443ba70cb9e45dd5ef900dca4",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_9f8fd",
                            table="oversight_infosubmission",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InfoSubmissionEvent",
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
                        to="oversight.infosubmission",
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
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sites.organisation",
                        verbose_name="filed by",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "sent_to",
                    models.CharField(
                        choices=[("province", "Provincial"), ("city", "City level")],
                        max_length=10,
                        verbose_name="sent to",
                    ),
                ),
                ("sent_on", models.DateField(verbose_name="sent on")),
                (
                    "published_on",
                    models.DateField(blank=True, null=True, verbose_name="published on"),
                ),
                (
                    "published_in",
                    models.CharField(
                        blank=True, db_default="", max_length=120, verbose_name="published in"
                    ),
                ),
                (
                    "link",
                    models.URLField(blank=True, db_default="", max_length=300, verbose_name="link"),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="MonthlyPlan",
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
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="monthly_plans",
                        to="sites.organisation",
                        verbose_name="filed by",
                    ),
                ),
                ("month", models.DateField(verbose_name="month")),
                ("due_on", models.DateField(verbose_name="to be filed until")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("returned", "Returned"),
                            ("confirmed", "Confirmed"),
                            ("closed", "Closed"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "submitted_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="filed at"
                    ),
                ),
                (
                    "closed_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="closed at"
                    ),
                ),
                ("note", models.TextField(blank=True, db_default="", verbose_name="note")),
            ],
            options={
                "verbose_name": "monthly plan",
                "verbose_name_plural": "monthly plans",
                "ordering": ["-month", "area_code"],
                "indexes": [models.Index(fields=["area_code", "-month"], name="monthly_plan_area")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "area", "month"),
                        name="monthly_plan_once",
                        violation_error_message="There is a plan of this body for that month already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("month__day", 1)),
                        name="monthly_plan_month_is_a_first_day",
                        violation_error_message="A month is written as its first day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "submitted", "returned", "confirmed", "closed"])
                        ),
                        name="monthly_plan_state_known",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."area_id" IS DISTINCT FROM (NEW."area_id") OR OLD."area_code" IS DISTINCT FROM (NEW."area_code") OR OLD."closed_at" IS DISTINCT FROM (NEW."closed_at") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."due_on" IS DISTINCT FROM (NEW."due_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."month" IS DISTINCT FROM (NEW."month") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."submitted_at" IS DISTINCT FROM (NEW."submitted_at"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="1d08b2dbbccf15e41ed2fde0461a9e398c14dea7",
                            operation="UPDATE",
                            pgid="pgtrigger_touch_4eef5",
                            table="oversight_monthlyplan",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="placed_by_area",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nSELECT area.code INTO NEW.area_code FROM sites_area area WHERE area.id = NEW.area_id;\nRETURN NEW;\n",
                            hash="2b116979d39ac46477d05fcca311800df97c7e11",
                            operation='INSERT OR UPDATE OF "area_id"',
                            pgid="pgtrigger_placed_by_area_c1e37",
                            table="oversight_monthlyplan",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="change_recorded",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."state" IS DISTINCT FROM (NEW."state"))',
                            constraint="CONSTRAINT",
                            func="\nIF NOT EXISTS (\n    SELECT 1 FROM oversight_planchange change\n    WHERE change.plan_id = NEW.id AND change.from_state = OLD.state\n      AND change.to_state = NEW.state AND change.xid = pg_current_xact_id()::text::bigint\n) THEN\n    RAISE EXCEPTION 'a state changed without a record'\n        USING ERRCODE = 'check_violation', CONSTRAINT = 'oversight_planchange_recorded';\nEND IF;\nRETURN NULL;\n",
                            hash="a4168d3de8f32ddbbfda1041aa11d29bf306c137",
                            operation='UPDATE OF "state"',
                            pgid="pgtrigger_change_recorded_d9ab3",
                            table="oversight_monthlyplan",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "oversight_monthlyplanevent" ("area_code", "area_id", "closed_at", "created_at", "due_on", "id", "month", "note", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "submitted_at", "updated_at", "version") VALUES (OLD."area_code", OLD."area_id", OLD."closed_at", OLD."created_at", OLD."due_on", OLD."id", OLD."month", OLD."note", OLD."organisation_id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."state", OLD."submitted_at", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="52e13bb8924c81877c7f2341596daa398de2830d",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a4850",
                            table="oversight_monthlyplan",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "oversight_monthlyplanevent" ("area_code", "area_id", "closed_at", "created_at", "due_on", "id", "month", "note", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "submitted_at", "updated_at", "version") VALUES (OLD."area_code", OLD."area_id", OLD."closed_at", OLD."created_at", OLD."due_on", OLD."id", OLD."month", OLD."note", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."state", OLD."submitted_at", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="812c619f401c95379adf6ba260c4c2a7f50c0667",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_290f6",
                            table="oversight_monthlyplan",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccountabilityCase",
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
                    "number",
                    models.CharField(max_length=40, unique=True, verbose_name="case number"),
                ),
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accountability_cases",
                        to="sites.projectsite",
                        verbose_name="site",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accountability_cases",
                        to="sites.organisation",
                        verbose_name="body",
                    ),
                ),
                (
                    "person",
                    models.CharField(
                        blank=True, db_default="", max_length=60, verbose_name="person"
                    ),
                ),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("decision", "Decision not carried out"),
                            ("milestone", "Milestone overdue"),
                            ("plan", "Monthly plan missed or filed late"),
                            ("finding", "Finding not rectified"),
                            ("defect", "Defect"),
                            ("data", "False or missing report"),
                            ("other", "Other"),
                        ],
                        max_length=12,
                        verbose_name="cause",
                    ),
                ),
                ("facts", models.TextField(verbose_name="facts")),
                (
                    "decision",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="oversight.decision",
                        verbose_name="decision",
                    ),
                ),
                (
                    "milestone",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sites.milestone",
                        verbose_name="milestone",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="oversight.monthlyplan",
                        verbose_name="monthly plan",
                    ),
                ),
                (
                    "finding",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="assets.finding",
                        verbose_name="finding",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("reminder", "Reminder"),
                            ("supervision", "Supervised rectification"),
                            ("talk", "Accountability talk"),
                            ("notice", "Notice of criticism"),
                            ("transfer", "Transfer to discipline inspection"),
                        ],
                        default="reminder",
                        max_length=12,
                        verbose_name="level",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("raised", "Raised"),
                            ("notified", "Notified"),
                            ("replied", "Replied"),
                            ("appealed", "Appealed"),
                            ("closed", "Closed"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="raised",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("raised_on", models.DateField(verbose_name="raised on")),
                (
                    "reply_due_on",
                    models.DateField(blank=True, null=True, verbose_name="reply until"),
                ),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="closed on")),
                ("outcome", models.TextField(blank=True, db_default="", verbose_name="outcome")),
            ],
            options={
                "verbose_name": "accountability case",
                "verbose_name_plural": "accountability cases",
                "ordering": ["-raised_on", "-id"],
                "indexes": [
                    models.Index(fields=["area_code", "-raised_on", "-id"], name="case_area"),
                    models.Index(fields=["state", "reply_due_on"], name="case_reply_due"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "cause__in",
                                [
                                    "decision",
                                    "milestone",
                                    "plan",
                                    "finding",
                                    "defect",
                                    "data",
                                    "other",
                                ],
                            ),
                            (
                                "level__in",
                                ["reminder", "supervision", "talk", "notice", "transfer"],
                            ),
                            (
                                "state__in",
                                [
                                    "raised",
                                    "notified",
                                    "replied",
                                    "appealed",
                                    "closed",
                                    "withdrawn",
                                ],
                            ),
                        ),
                        name="case_codes_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["closed", "withdrawn"]), _negated=True),
                            models.Q(
                                ("closed_on__isnull", False),
                                models.Q(("outcome", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="case_closed_with_day_and_outcome",
                        violation_error_message="A case is closed on a day and with an outcome.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("decision__isnull", False),
                            models.Q(("state", "withdrawn"), _negated=True),
                        ),
                        fields=("decision",),
                        name="case_of_decision_once",
                        violation_error_message="There is a case about this decision already.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."area_id" IS DISTINCT FROM (NEW."area_id") OR OLD."area_code" IS DISTINCT FROM (NEW."area_code") OR OLD."cause" IS DISTINCT FROM (NEW."cause") OR OLD."closed_on" IS DISTINCT FROM (NEW."closed_on") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."decision_id" IS DISTINCT FROM (NEW."decision_id") OR OLD."facts" IS DISTINCT FROM (NEW."facts") OR OLD."finding_id" IS DISTINCT FROM (NEW."finding_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."level" IS DISTINCT FROM (NEW."level") OR OLD."milestone_id" IS DISTINCT FROM (NEW."milestone_id") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."outcome" IS DISTINCT FROM (NEW."outcome") OR OLD."person" IS DISTINCT FROM (NEW."person") OR OLD."plan_id" IS DISTINCT FROM (NEW."plan_id") OR OLD."raised_on" IS DISTINCT FROM (NEW."raised_on") OR OLD."reply_due_on" IS DISTINCT FROM (NEW."reply_due_on") OR OLD."site_id" IS DISTINCT FROM (NEW."site_id") OR OLD."state" IS DISTINCT FROM (NEW."state"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="a10cdbb529912feea16f7522150457c83bc1d85b",
                            operation="UPDATE",
                            pgid="pgtrigger_touch_7d188",
                            table="oversight_accountabilitycase",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="placed_by_area",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nSELECT area.code INTO NEW.area_code FROM sites_area area WHERE area.id = NEW.area_id;\nRETURN NEW;\n",
                            hash="7f27bdde6779d1074236ea9806ca502f8d498ab6",
                            operation='INSERT OR UPDATE OF "area_id"',
                            pgid="pgtrigger_placed_by_area_5096a",
                            table="oversight_accountabilitycase",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "oversight_accountabilitycaseevent" ("area_code", "area_id", "cause", "closed_on", "created_at", "decision_id", "facts", "finding_id", "id", "level", "milestone_id", "number", "organisation_id", "outcome", "person", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "raised_on", "reply_due_on", "site_id", "state", "updated_at", "version") VALUES (OLD."area_code", OLD."area_id", OLD."cause", OLD."closed_on", OLD."created_at", OLD."decision_id", OLD."facts", OLD."finding_id", OLD."id", OLD."level", OLD."milestone_id", OLD."number", OLD."organisation_id", OLD."outcome", OLD."person", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."plan_id", OLD."raised_on", OLD."reply_due_on", OLD."site_id", OLD."state", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="435bed78ef5c24bcc26b48e9c723bf0475a8a75b",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_4cba3",
                            table="oversight_accountabilitycase",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "oversight_accountabilitycaseevent" ("area_code", "area_id", "cause", "closed_on", "created_at", "decision_id", "facts", "finding_id", "id", "level", "milestone_id", "number", "organisation_id", "outcome", "person", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "raised_on", "reply_due_on", "site_id", "state", "updated_at", "version") VALUES (OLD."area_code", OLD."area_id", OLD."cause", OLD."closed_on", OLD."created_at", OLD."decision_id", OLD."facts", OLD."finding_id", OLD."id", OLD."level", OLD."milestone_id", OLD."number", OLD."organisation_id", OLD."outcome", OLD."person", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."plan_id", OLD."raised_on", OLD."reply_due_on", OLD."site_id", OLD."state", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="904d1806b225135c35b133f71ada898ecd2bb9c1",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e210d",
                            table="oversight_accountabilitycase",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccountabilityCaseEvent",
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
                        to="oversight.accountabilitycase",
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
                ("number", models.CharField(max_length=40, verbose_name="case number")),
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sites.projectsite",
                        verbose_name="site",
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
                        verbose_name="body",
                    ),
                ),
                (
                    "person",
                    models.CharField(
                        blank=True, db_default="", max_length=60, verbose_name="person"
                    ),
                ),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("decision", "Decision not carried out"),
                            ("milestone", "Milestone overdue"),
                            ("plan", "Monthly plan missed or filed late"),
                            ("finding", "Finding not rectified"),
                            ("defect", "Defect"),
                            ("data", "False or missing report"),
                            ("other", "Other"),
                        ],
                        max_length=12,
                        verbose_name="cause",
                    ),
                ),
                ("facts", models.TextField(verbose_name="facts")),
                (
                    "decision",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="oversight.decision",
                        verbose_name="decision",
                    ),
                ),
                (
                    "milestone",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sites.milestone",
                        verbose_name="milestone",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="oversight.monthlyplan",
                        verbose_name="monthly plan",
                    ),
                ),
                (
                    "finding",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="assets.finding",
                        verbose_name="finding",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("reminder", "Reminder"),
                            ("supervision", "Supervised rectification"),
                            ("talk", "Accountability talk"),
                            ("notice", "Notice of criticism"),
                            ("transfer", "Transfer to discipline inspection"),
                        ],
                        default="reminder",
                        max_length=12,
                        verbose_name="level",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("raised", "Raised"),
                            ("notified", "Notified"),
                            ("replied", "Replied"),
                            ("appealed", "Appealed"),
                            ("closed", "Closed"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="raised",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("raised_on", models.DateField(verbose_name="raised on")),
                (
                    "reply_due_on",
                    models.DateField(blank=True, null=True, verbose_name="reply until"),
                ),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="closed on")),
                ("outcome", models.TextField(blank=True, db_default="", verbose_name="outcome")),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="CaseStep",
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
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="oversight.accountabilitycase",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("raise", "Raised"),
                            ("notify", "Letter sent"),
                            ("reply", "Reply"),
                            ("escalate", "Raised to the next level"),
                            ("appeal", "Appeal"),
                            ("uphold", "Appeal refused"),
                            ("withdraw", "Appeal granted, case withdrawn"),
                            ("close", "Closed"),
                        ],
                        max_length=10,
                        verbose_name="step",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("reminder", "Reminder"),
                            ("supervision", "Supervised rectification"),
                            ("talk", "Accountability talk"),
                            ("notice", "Notice of criticism"),
                            ("transfer", "Transfer to discipline inspection"),
                        ],
                        max_length=12,
                        verbose_name="level",
                    ),
                ),
                ("on", models.DateField(verbose_name="day")),
                ("text", models.TextField(blank=True, db_default="", verbose_name="text")),
                ("letter", models.TextField(blank=True, db_default="", verbose_name="letter")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="reply until")),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
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
                        verbose_name="on behalf of",
                    ),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="recorded at",
                    ),
                ),
            ],
            options={
                "verbose_name": "step of a case",
                "verbose_name_plural": "steps of cases",
                "ordering": ["recorded_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "raise",
                                    "notify",
                                    "reply",
                                    "escalate",
                                    "appeal",
                                    "uphold",
                                    "withdraw",
                                    "close",
                                ],
                            ),
                            (
                                "level__in",
                                ["reminder", "supervision", "talk", "notice", "transfer"],
                            ),
                        ),
                        name="case_step_codes_known",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="4e91b786f4e29afc1620ad63b5e7c24b259a2496",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_7b86a",
                            table="oversight_casestep",
                            when="BEFORE",
                        ),
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="CaseEvidence",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="oversight.casestep",
                    ),
                ),
                (
                    "photo",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="assets.photo",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="funding.officialdocument",
                    ),
                ),
            ],
            options={
                "verbose_name": "evidence of a case",
                "verbose_name_plural": "evidence of cases",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("document__isnull", True), ("photo__isnull", False)),
                            models.Q(("document__isnull", False), ("photo__isnull", True)),
                            _connector="OR",
                        ),
                        name="case_evidence_is_one_thing",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="263692f2b6f27cc4b2b7e4afd5fc289c22534c80",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_424a7",
                            table="oversight_caseevidence",
                            when="BEFORE",
                        ),
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="MonthlyPlanEvent",
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
                        to="oversight.monthlyplan",
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
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sites.organisation",
                        verbose_name="filed by",
                    ),
                ),
                ("month", models.DateField(verbose_name="month")),
                ("due_on", models.DateField(verbose_name="to be filed until")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("returned", "Returned"),
                            ("confirmed", "Confirmed"),
                            ("closed", "Closed"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "submitted_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="filed at"
                    ),
                ),
                (
                    "closed_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="closed at"
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
            name="PlanChange",
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
                ("from_state", models.CharField(max_length=20, verbose_name="from state")),
                ("to_state", models.CharField(max_length=20, verbose_name="to state")),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
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
                        verbose_name="on behalf of",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("district_planner", "District planner"),
                            ("township_officer", "Township officer"),
                            ("company_member", "Company member"),
                            ("association_member", "Association member"),
                            ("cooperative_member", "Cooperative member"),
                            ("evaluator", "Evaluator"),
                        ],
                        db_default="",
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="at")),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="recorded at",
                    ),
                ),
                ("reason", models.TextField(blank=True, db_default="", verbose_name="reason")),
                (
                    "xid",
                    models.BigIntegerField(
                        db_default=sites.models.state_change.CurrentTransaction(), editable=False
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="oversight.monthlyplan",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of a monthly plan",
                "verbose_name_plural": "changes of monthly plans",
                "ordering": ["at", "id"],
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="8d4b77b0828007ccd6ffd847c967aed86b70349f",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_ca5fa",
                            table="oversight_planchange",
                            when="BEFORE",
                        ),
                    )
                ],
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="PlanItem",
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
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="oversight.monthlyplan",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plan_items",
                        to="sites.projectsite",
                        verbose_name="site",
                    ),
                ),
                (
                    "milestone",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("proposal", "Proposal"),
                            ("shortlist", "Shortlisting"),
                            ("design", "Survey and design"),
                            ("approval", "Approval"),
                            ("tender", "Tender"),
                            ("start", "Start of work"),
                            ("finish", "Completion"),
                            ("preliminary_acceptance", "Preliminary acceptance"),
                            ("final_acceptance", "Final acceptance"),
                            ("settlement", "Settlement"),
                            ("handover", "Handover"),
                        ],
                        db_default="",
                        max_length=30,
                        verbose_name="milestone",
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due")),
                (
                    "percent",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        verbose_name="progress (%)",
                    ),
                ),
                (
                    "quantity",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        max_digits=14,
                        null=True,
                        verbose_name="quantity",
                    ),
                ),
                (
                    "money",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=16,
                        null=True,
                        verbose_name="to be paid (yuan)",
                    ),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True, db_default="", max_length=200, verbose_name="note"
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("met", "Met"),
                            ("partly", "Partly met"),
                            ("missed", "Missed"),
                        ],
                        default="open",
                        editable=False,
                        max_length=10,
                        verbose_name="result",
                    ),
                ),
                (
                    "reached_on",
                    models.DateField(editable=False, null=True, verbose_name="reached on"),
                ),
                (
                    "reached_percent",
                    models.DecimalField(
                        decimal_places=2,
                        editable=False,
                        max_digits=5,
                        null=True,
                        verbose_name="reached (%)",
                    ),
                ),
                (
                    "reached_money",
                    models.DecimalField(
                        decimal_places=2,
                        editable=False,
                        max_digits=16,
                        null=True,
                        verbose_name="paid (yuan)",
                    ),
                ),
                (
                    "explanation",
                    models.TextField(blank=True, db_default="", verbose_name="explanation"),
                ),
            ],
            options={
                "verbose_name": "item of a monthly plan",
                "verbose_name_plural": "items of monthly plans",
                "ordering": ["site__code"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan", "site", "milestone"),
                        name="plan_item_once",
                        violation_error_message="This site and milestone stand in the plan already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("milestone", ""), _negated=True),
                            ("percent__isnull", False),
                            ("quantity__isnull", False),
                            ("money__isnull", False),
                            _connector="OR",
                        ),
                        name="plan_item_sets_something",
                        violation_error_message="Say what is to be reached in the month.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("percent__isnull", True),
                                models.Q(("percent__gte", 0), ("percent__lte", 100)),
                                _connector="OR",
                            ),
                            models.Q(
                                ("quantity__isnull", True), ("quantity__gte", 0), _connector="OR"
                            ),
                            models.Q(("money__isnull", True), ("money__gte", 0), _connector="OR"),
                        ),
                        name="plan_item_numbers_in_range",
                        violation_error_message="Amounts must not be negative.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "oversight_planitemevent" ("due_on", "explanation", "id", "milestone", "money", "note", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "quantity", "reached_money", "reached_on", "reached_percent", "result", "site_id") VALUES (OLD."due_on", OLD."explanation", OLD."id", OLD."milestone", OLD."money", OLD."note", OLD."percent", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."plan_id", OLD."quantity", OLD."reached_money", OLD."reached_on", OLD."reached_percent", OLD."result", OLD."site_id"); RETURN NULL;',
                            hash="f9e8455c1efb34d43615084a678712e580bebd4c",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_cf443",
                            table="oversight_planitem",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "oversight_planitemevent" ("due_on", "explanation", "id", "milestone", "money", "note", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "quantity", "reached_money", "reached_on", "reached_percent", "result", "site_id") VALUES (OLD."due_on", OLD."explanation", OLD."id", OLD."milestone", OLD."money", OLD."note", OLD."percent", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."plan_id", OLD."quantity", OLD."reached_money", OLD."reached_on", OLD."reached_percent", OLD."result", OLD."site_id"); RETURN NULL;',
                            hash="9b812fa04cbebb8d6d813fc7888490b5471a6a19",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_63176",
                            table="oversight_planitem",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="PlanItemEvent",
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
                        to="oversight.planitem",
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
                    "plan",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="oversight.monthlyplan",
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
                    "milestone",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("proposal", "Proposal"),
                            ("shortlist", "Shortlisting"),
                            ("design", "Survey and design"),
                            ("approval", "Approval"),
                            ("tender", "Tender"),
                            ("start", "Start of work"),
                            ("finish", "Completion"),
                            ("preliminary_acceptance", "Preliminary acceptance"),
                            ("final_acceptance", "Final acceptance"),
                            ("settlement", "Settlement"),
                            ("handover", "Handover"),
                        ],
                        db_default="",
                        max_length=30,
                        verbose_name="milestone",
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due")),
                (
                    "percent",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        verbose_name="progress (%)",
                    ),
                ),
                (
                    "quantity",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        max_digits=14,
                        null=True,
                        verbose_name="quantity",
                    ),
                ),
                (
                    "money",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=16,
                        null=True,
                        verbose_name="to be paid (yuan)",
                    ),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True, db_default="", max_length=200, verbose_name="note"
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("met", "Met"),
                            ("partly", "Partly met"),
                            ("missed", "Missed"),
                        ],
                        default="open",
                        editable=False,
                        max_length=10,
                        verbose_name="result",
                    ),
                ),
                (
                    "reached_on",
                    models.DateField(editable=False, null=True, verbose_name="reached on"),
                ),
                (
                    "reached_percent",
                    models.DecimalField(
                        decimal_places=2,
                        editable=False,
                        max_digits=5,
                        null=True,
                        verbose_name="reached (%)",
                    ),
                ),
                (
                    "reached_money",
                    models.DecimalField(
                        decimal_places=2,
                        editable=False,
                        max_digits=16,
                        null=True,
                        verbose_name="paid (yuan)",
                    ),
                ),
                (
                    "explanation",
                    models.TextField(blank=True, db_default="", verbose_name="explanation"),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Responsibility",
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="responsibilities",
                        to="sites.projectsite",
                        verbose_name="site",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="responsibilities",
                        to="sites.programme",
                        verbose_name="programme",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sites.area",
                        verbose_name="area",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("leader", "Responsible leader"),
                            ("department_head", "Head of the lead department"),
                            ("township_head", "Head of the township"),
                            ("project_lead", "Project lead"),
                            ("site_supervisor", "Supervisor on site"),
                        ],
                        max_length=16,
                        verbose_name="role",
                    ),
                ),
                ("person", models.CharField(max_length=60, verbose_name="person")),
                (
                    "post",
                    models.CharField(
                        blank=True, db_default="", max_length=120, verbose_name="post"
                    ),
                ),
                (
                    "phone",
                    models.CharField(
                        blank=True, db_default="", max_length=30, verbose_name="telephone"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="responsibilities",
                        to="sites.organisation",
                        verbose_name="organisation",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="to")),
            ],
            options={
                "verbose_name": "responsibility",
                "verbose_name_plural": "responsibilities",
                "ordering": ["role", "starts_on"],
                "indexes": [
                    models.Index(fields=["site", "role"], name="responsibility_of_site"),
                    models.Index(
                        fields=["programme", "area", "role"], name="responsibility_programme"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("area__isnull", True),
                                ("programme__isnull", True),
                                ("site__isnull", False),
                            ),
                            models.Q(("programme__isnull", False), ("site__isnull", True)),
                            _connector="OR",
                        ),
                        name="responsibility_of_site_or_programme",
                        violation_error_message="A person answers for a site or for a programme.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "leader",
                                    "department_head",
                                    "township_head",
                                    "project_lead",
                                    "site_supervisor",
                                ],
                            )
                        ),
                        name="responsibility_role_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="responsibility_days_in_order",
                        violation_error_message="The last day must not come before the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("person", ""), _negated=True),
                        name="responsibility_has_a_name",
                        violation_error_message="Name the person.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."area_id" IS DISTINCT FROM (NEW."area_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."ends_on" IS DISTINCT FROM (NEW."ends_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."person" IS DISTINCT FROM (NEW."person") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."post" IS DISTINCT FROM (NEW."post") OR OLD."programme_id" IS DISTINCT FROM (NEW."programme_id") OR OLD."role" IS DISTINCT FROM (NEW."role") OR OLD."site_id" IS DISTINCT FROM (NEW."site_id") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="9fac9fc9497c38f069c5fcf68021d67a461f974b",
                            operation="UPDATE",
                            pgid="pgtrigger_touch_1821a",
                            table="oversight_responsibility",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "oversight_responsibilityevent" ("area_id", "created_at", "ends_on", "id", "organisation_id", "person", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "post", "programme_id", "role", "site_id", "starts_on", "updated_at", "version") VALUES (OLD."area_id", OLD."created_at", OLD."ends_on", OLD."id", OLD."organisation_id", OLD."person", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."phone", OLD."post", OLD."programme_id", OLD."role", OLD."site_id", OLD."starts_on", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="dd0353e506ea2afa1f543fb022df155433c16985",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_5bbd3",
                            table="oversight_responsibility",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "oversight_responsibilityevent" ("area_id", "created_at", "ends_on", "id", "organisation_id", "person", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "post", "programme_id", "role", "site_id", "starts_on", "updated_at", "version") VALUES (OLD."area_id", OLD."created_at", OLD."ends_on", OLD."id", OLD."organisation_id", OLD."person", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."phone", OLD."post", OLD."programme_id", OLD."role", OLD."site_id", OLD."starts_on", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="b05390464a048523158c8466e66b1fcb3d79cb20",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e17be",
                            table="oversight_responsibility",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ResponsibilityEvent",
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
                        to="oversight.responsibility",
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
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sites.projectsite",
                        verbose_name="site",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sites.programme",
                        verbose_name="programme",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sites.area",
                        verbose_name="area",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("leader", "Responsible leader"),
                            ("department_head", "Head of the lead department"),
                            ("township_head", "Head of the township"),
                            ("project_lead", "Project lead"),
                            ("site_supervisor", "Supervisor on site"),
                        ],
                        max_length=16,
                        verbose_name="role",
                    ),
                ),
                ("person", models.CharField(max_length=60, verbose_name="person")),
                (
                    "post",
                    models.CharField(
                        blank=True, db_default="", max_length=120, verbose_name="post"
                    ),
                ),
                (
                    "phone",
                    models.CharField(
                        blank=True, db_default="", max_length=30, verbose_name="telephone"
                    ),
                ),
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
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="to")),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
    ]
