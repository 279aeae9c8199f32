import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import sites.identifiers
from sites.schema import AdditiveMigration


class Migration(AdditiveMigration):
    dependencies = [
        ("assets", "0002_progress_photos"),
        ("maintenance", "0001_upkeep"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PromisedPhoto",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("photo_id", models.UUIDField()),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                (
                    "stage",
                    models.CharField(
                        blank=True,
                        choices=[("before", "Before"), ("during", "During"), ("after", "After")],
                        max_length=10,
                        verbose_name="stage",
                    ),
                ),
                (
                    "promised_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("arrived_at", models.DateTimeField(null=True, verbose_name="arrived at")),
                (
                    "answer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="maintenance.checkanswer",
                    ),
                ),
                (
                    "defect",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promised_photos",
                        to="maintenance.defect",
                    ),
                ),
                (
                    "inspection",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promised_photos",
                        to="maintenance.inspection",
                    ),
                ),
                (
                    "log",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promised_photos",
                        to="maintenance.maintenancelog",
                    ),
                ),
                (
                    "promised_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "promised photo",
                "verbose_name_plural": "promised photos",
                "indexes": [
                    models.Index(
                        condition=models.Q(("arrived_at__isnull", True)),
                        fields=["photo_id"],
                        name="promised_photo_awaited",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("log", "photo_id"), name="promised_photo_of_log_once"
                    ),
                    models.UniqueConstraint(
                        fields=("inspection", "photo_id"), name="promised_photo_of_inspection_once"
                    ),
                    models.UniqueConstraint(
                        fields=("defect", "photo_id"), name="promised_photo_of_defect_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("defect__isnull", True),
                                ("inspection__isnull", True),
                                ("log__isnull", False),
                            ),
                            models.Q(
                                ("defect__isnull", True),
                                ("inspection__isnull", False),
                                ("log__isnull", True),
                            ),
                            models.Q(
                                ("defect__isnull", False),
                                ("inspection__isnull", True),
                                ("log__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="promised_photo_of_one_record",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answer__isnull", True), ("inspection__isnull", False), _connector="OR"
                        ),
                        name="promised_photo_answer_of_inspection",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SetAsideEntry",
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
                    "cause",
                    models.CharField(
                        choices=[
                            ("clash", "Clashes with the office's values"),
                            ("other_content", "Other content, same identifier"),
                            ("refused", "Not taken by the register"),
                            ("not_permitted", "Not permitted"),
                            ("malformed", "Cannot be read"),
                        ],
                        max_length=20,
                        verbose_name="cause",
                    ),
                ),
                ("code", models.CharField(max_length=60, verbose_name="code")),
                ("errors", models.JSONField(default=list)),
                ("sides", models.JSONField(default=list)),
                ("op_id", models.UUIDField(null=True)),
                ("type", models.CharField(db_default="create", max_length=10)),
                (
                    "entity",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("log", "Log entry"),
                            ("inspection", "Inspection"),
                            ("patrol", "Patrol"),
                            ("defect", "Defect"),
                            ("order", "Work order"),
                        ],
                        max_length=20,
                        verbose_name="record",
                    ),
                ),
                ("entity_id", models.UUIDField(null=True)),
                ("base_version", models.BigIntegerField(null=True)),
                ("current_version", models.BigIntegerField(null=True)),
                ("body", models.JSONField()),
                ("body_sha256", models.CharField(max_length=64)),
                ("device_id", models.CharField(blank=True, db_default="", max_length=80)),
                ("device_time", models.DateTimeField(null=True, verbose_name="time on the device")),
                (
                    "received_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="received at",
                    ),
                ),
                (
                    "times_sent",
                    models.PositiveIntegerField(db_default=1, default=1, verbose_name="times sent"),
                ),
                ("area_code", models.CharField(db_collation="C", db_default="", max_length=15)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "To be decided"),
                            ("taken", "Taken in"),
                            ("dismissed", "Dismissed"),
                        ],
                        db_default="open",
                        default="open",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("choices", models.JSONField(default=dict)),
                ("reason", models.TextField(blank=True, db_default="", verbose_name="reason")),
                ("became", models.UUIDField(null=True)),
                ("decided_at", models.DateTimeField(null=True, verbose_name="decided at")),
                (
                    "asset",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="assets.asset",
                        verbose_name="asset",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "sender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="sender",
                    ),
                ),
            ],
            options={
                "verbose_name": "entry set aside",
                "verbose_name_plural": "entries set aside",
                "ordering": ["-received_at", "-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["area_code", "-received_at"],
                        name="set_aside_open",
                    ),
                    models.Index(fields=["sender", "-received_at"], name="set_aside_of_sender"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("entity", "entity_id", "sender", "type", "body_sha256"),
                        name="set_aside_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "cause__in",
                                ["clash", "other_content", "refused", "not_permitted", "malformed"],
                            )
                        ),
                        name="set_aside_cause_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("entity__in", ["", "log", "inspection", "patrol", "defect", "order"])
                        ),
                        name="set_aside_entity_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("state", "open")),
                            models.Q(("decided_at__isnull", False), ("state", "taken")),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("state", "dismissed"),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="set_aside_decided_whole",
                        violation_error_message="An entry is dismissed with a reason.",
                    ),
                ],
            },
        ),
    ]
