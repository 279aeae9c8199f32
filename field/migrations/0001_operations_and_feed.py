from pathlib import Path

import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import maintenance.models.defect
import sites.models.state_change
from sites.schema import AdditiveMigration

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(AdditiveMigration):
    initial = True

    dependencies = [
        ("maintenance", "0002_set_aside_and_promised_photos"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE field_operation_seq;", "DROP SEQUENCE field_operation_seq;"
        ),
        migrations.CreateModel(
            name="FeedEntry",
            fields=[
                ("seq", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "xid",
                    models.BigIntegerField(
                        db_default=sites.models.state_change.CurrentTransaction(), editable=False
                    ),
                ),
                (
                    "entity",
                    models.CharField(
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
                ("entity_id", models.UUIDField()),
                ("agreement_id", models.UUIDField(null=True)),
                ("area_code", models.CharField(db_collation="C", db_default="", max_length=15)),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
            options={
                "verbose_name": "change to be followed",
                "verbose_name_plural": "changes to be followed",
                "ordering": ["xid", "seq"],
                "indexes": [
                    models.Index(fields=["xid", "seq"], name="field_feed_order"),
                    models.Index(
                        fields=["entity", "entity_id", "-seq"], name="field_feed_of_record"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("entity__in", ["log", "inspection", "patrol", "defect", "order"])
                        ),
                        name="field_feed_entity_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FieldOperation",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("device_id", models.CharField(db_default="", max_length=80)),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("create", "New entry"),
                            ("update", "Change of a record"),
                            ("move", "Next state"),
                        ],
                        max_length=10,
                        verbose_name="operation",
                    ),
                ),
                (
                    "entity",
                    models.CharField(
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
                ("entity_id", models.UUIDField()),
                ("base_version", models.BigIntegerField(null=True)),
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
                    "server_seq",
                    models.BigIntegerField(
                        db_default=maintenance.models.defect.NextNumber("field_operation_seq"),
                        editable=False,
                        unique=True,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("stored", "Received"),
                            ("duplicate", "Received before"),
                            ("conflict", "Clashes with the office's values"),
                            ("rejected", "Not taken"),
                            ("unpermitted", "Not permitted"),
                        ],
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                ("body_sha256", models.CharField(max_length=64)),
                ("body", models.JSONField(null=True)),
                (
                    "brought_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="brought by",
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
                (
                    "set_aside",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="operations",
                        to="maintenance.setasideentry",
                    ),
                ),
            ],
            options={
                "verbose_name": "operation of a phone",
                "verbose_name_plural": "operations of phones",
                "ordering": ["-server_seq"],
                "indexes": [
                    models.Index(fields=["entity", "entity_id"], name="field_operation_of_record"),
                    models.Index(
                        fields=["sender", "-server_seq"], name="field_operation_of_sender"
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="0a047aaeee45ff98b6b5685cc9470ab86835db67",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_cbd41",
                            table="field_fieldoperation",
                            when="BEFORE",
                        ),
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "stored"),
                            models.Q(("set_aside__isnull", False), ("status", "conflict")),
                            _connector="OR",
                        ),
                        name="field_operation_status_final",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("type__in", ["create", "update", "move"])),
                        name="field_operation_type_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("entity__in", ["log", "inspection", "patrol", "defect", "order"])
                        ),
                        name="field_operation_entity_known",
                    ),
                ],
            },
        ),
        migrations.RunSQL((SQL / "feed.sql").read_text(), (SQL / "feed_undo.sql").read_text()),
    ]
