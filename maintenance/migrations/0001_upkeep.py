from pathlib import Path

import django.contrib.gis.db.models.fields
import django.contrib.postgres.constraints
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import assets.models.road
import maintenance.day_ranges
import maintenance.models.agreement
import maintenance.models.defect
import sites.functions
import sites.identifiers
import sites.models.state_change
from sites.schema import AdditiveMigration

SQL = Path(__file__).resolve().parent.parent / "sql"

UPKEEP_STATUS = SQL / "upkeep_status.sql"
DROP_UPKEEP_STATUS = """
DROP FUNCTION maintenance_on_changed_prices() CASCADE;
DROP FUNCTION maintenance_on_changed_rows() CASCADE;
DROP FUNCTION maintenance_on_old_rows() CASCADE;
DROP FUNCTION maintenance_on_new_rows() CASCADE;
DROP FUNCTION maintenance_on_new_assets() CASCADE;
DROP FUNCTION maintenance_refresh_upkeep(uuid[]);
DROP FUNCTION maintenance_refresh_work(uuid[]);
DROP FUNCTION maintenance_refresh_duties(uuid[]);
DROP FUNCTION maintenance_refresh_cover(uuid[]);
DROP FUNCTION maintenance_covered_days(uuid[]);
DROP FUNCTION maintenance_hold_upkeep(uuid[])
"""

SCHEDULES = SQL / "schedules.sql"
DROP_SCHEDULES = """
DROP TRIGGER upkeep_schedules_of_new_works ON assets_waterworks;
DROP TRIGGER upkeep_schedules_of_changed_assets ON assets_asset;
DROP TRIGGER upkeep_schedules_of_new_assets ON assets_asset;
DROP FUNCTION maintenance_schedule_new_works();
DROP FUNCTION maintenance_schedule_changed_assets();
DROP FUNCTION maintenance_schedule_new_assets();
DROP FUNCTION maintenance_make_schedules(uuid[], date)
"""


class Migration(AdditiveMigration):
    replaces = [
        ("maintenance", "0001_initial"),
        ("maintenance", "0002_upkeep_status"),
        ("maintenance", "0003_schedules_and_standards"),
        ("maintenance", "0004_upkeep_status_of_new_rows"),
        ("maintenance", "0005_scopes_fixed_once_signed"),
    ]

    dependencies = [
        ("assets", "0001_assets"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("pghistory", "0007_auto_20250421_0444"),
        ("sites", "0001_register"),
    ]

    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE maintenance_defect_no; CREATE SEQUENCE maintenance_order_no;"
            " CREATE SEQUENCE maintenance_log_seq;",
            "DROP SEQUENCE maintenance_defect_no; DROP SEQUENCE maintenance_order_no;"
            " DROP SEQUENCE maintenance_log_seq;",
        ),
        migrations.CreateModel(
            name="Agreement",
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
                    "number",
                    models.CharField(max_length=60, unique=True, verbose_name="agreement number"),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "model",
                    models.CharField(
                        choices=[
                            ("three_party", "Company, association and cooperative"),
                            ("professional", "Professional upkeep"),
                            ("market", "Upkeep by the market"),
                            ("self", "Upkeep by the village itself"),
                        ],
                        max_length=20,
                        verbose_name="model",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements",
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
                    models.CharField(db_collation="C", db_default="", editable=False, max_length=9),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("negotiating", "In negotiation"),
                            ("signed", "Signed"),
                            ("renewed", "Renewed"),
                            ("terminated", "Terminated"),
                        ],
                        db_default="draft",
                        default="draft",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="starts on")),
                ("ends_on", models.DateField(verbose_name="ends on")),
                (
                    "ended_on",
                    models.DateField(
                        blank=True, editable=False, null=True, verbose_name="ended on"
                    ),
                ),
                (
                    "renews",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="renewals",
                        to="maintenance.agreement",
                        verbose_name="renews",
                    ),
                ),
                (
                    "standard_text",
                    models.TextField(blank=True, db_default="", verbose_name="standard of upkeep"),
                ),
                (
                    "price_basis",
                    models.CharField(
                        choices=[
                            ("per_km_year", "yuan per km and year"),
                            ("per_site_year", "yuan per asset and year"),
                            ("per_order", "by work order"),
                        ],
                        max_length=20,
                        verbose_name="price basis",
                    ),
                ),
                (
                    "unit_price",
                    models.DecimalField(
                        decimal_places=2, default=0, max_digits=14, verbose_name="unit price (yuan)"
                    ),
                ),
                (
                    "payment_cycle",
                    models.CharField(
                        choices=[
                            ("month", "Monthly"),
                            ("quarter", "Quarterly"),
                            ("half_year", "Half-yearly"),
                            ("year", "Yearly"),
                        ],
                        default="month",
                        max_length=10,
                        verbose_name="payment cycle",
                    ),
                ),
                (
                    "inspects",
                    models.CharField(
                        choices=[
                            ("client", "Client"),
                            ("executor", "Executor"),
                            ("supervisor", "Supervisor"),
                            ("participant", "Participant"),
                        ],
                        db_default="supervisor",
                        default="supervisor",
                        max_length=12,
                        verbose_name="who inspects work orders",
                    ),
                ),
                (
                    "confirms",
                    models.CharField(
                        choices=[
                            ("client", "Client"),
                            ("executor", "Executor"),
                            ("supervisor", "Supervisor"),
                            ("participant", "Participant"),
                        ],
                        db_default="participant",
                        default="participant",
                        max_length=12,
                        verbose_name="who confirms work orders",
                    ),
                ),
                ("note", models.TextField(blank=True, db_default="", verbose_name="note")),
            ],
            options={
                "verbose_name": "upkeep agreement",
                "verbose_name_plural": "upkeep agreements",
                "ordering": ["number"],
                "indexes": [
                    models.Index(fields=["area_code", "number"], name="agreement_area"),
                    models.Index(fields=["state", "ends_on"], name="agreement_ending"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("number__regex", "^[^\\s,;\\x01-\\x1f]+$")),
                        name="agreement_number_form",
                        violation_error_message="A number has no spaces, commas or semicolons.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("model__in", ["three_party", "professional", "market", "self"])
                        ),
                        name="agreement_model_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["draft", "negotiating", "signed", "renewed", "terminated"],
                            )
                        ),
                        name="agreement_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="agreement_dates_in_order",
                        violation_error_message="The agreement must not end before it starts.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True),
                            ("ended_on__lte", models.F("ends_on")),
                            _connector="OR",
                        ),
                        name="agreement_ended_within_term",
                        violation_error_message="An agreement cannot end after its term.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_on__isnull", False),
                                ("state__in", ["renewed", "terminated"]),
                            ),
                            models.Q(
                                models.Q(("state__in", ["renewed", "terminated"]), _negated=True),
                                ("ended_on__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="agreement_ended_when_over",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit_price__gte", 0)),
                        name="agreement_price_not_negative",
                        violation_error_message="The price must not be negative.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("price_basis__in", ["per_km_year", "per_site_year", "per_order"])
                        ),
                        name="agreement_price_basis_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("inspects", models.F("confirms")), _negated=True),
                            models.Q(("inspects", "executor"), _negated=True),
                            models.Q(("confirms", "executor"), _negated=True),
                        ),
                        name="agreement_checks_by_two_roles",
                        violation_error_message="Whoever carries out the work neither inspects nor confirms it, and two different roles do so.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."area_id" IS DISTINCT FROM (NEW."area_id") OR OLD."area_code" IS DISTINCT FROM (NEW."area_code") OR OLD."confirms" IS DISTINCT FROM (NEW."confirms") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."ended_on" IS DISTINCT FROM (NEW."ended_on") OR OLD."ends_on" IS DISTINCT FROM (NEW."ends_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."inspects" IS DISTINCT FROM (NEW."inspects") OR OLD."model" IS DISTINCT FROM (NEW."model") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."payment_cycle" IS DISTINCT FROM (NEW."payment_cycle") OR OLD."price_basis" IS DISTINCT FROM (NEW."price_basis") OR OLD."renews_id" IS DISTINCT FROM (NEW."renews_id") OR OLD."standard_text" IS DISTINCT FROM (NEW."standard_text") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."township_code" IS DISTINCT FROM (NEW."township_code") OR OLD."unit_price" IS DISTINCT FROM (NEW."unit_price"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="5779beb848162723b02dec5bf1d31cd735989909",
                            operation="UPDATE",
                            pgid="pgtrigger_touch_0712e",
                            table="maintenance_agreement",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="note_upkeep_change",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nINSERT INTO assets_upkeepchange (xid, changed_at)\nVALUES (pg_current_xact_id()::text::bigint, now())\nON CONFLICT (xid) DO NOTHING;\nRETURN NULL;\n",
                            hash="2c0cae2760cfad7292e28ecb3c5a010ea3251d58",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_note_upkeep_change_846f7",
                            table="maintenance_agreement",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="place",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nSELECT area.code, COALESCE(\n    (SELECT t.code FROM sites_area t WHERE t.level = 'township' AND t.code = left(area.code, 9)\n     ORDER BY t.valid_to DESC NULLS FIRST LIMIT 1), '')\nINTO NEW.area_code, NEW.township_code\nFROM sites_area area WHERE area.id = NEW.area_id;\nRETURN NEW;\n",
                            hash="3feb5399223117a626c1e1a744c742c0d9c213ad",
                            operation='INSERT OR UPDATE OF "area_id"',
                            pgid="pgtrigger_place_b50dd",
                            table="maintenance_agreement",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="change_recorded",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."state" IS DISTINCT FROM (NEW."state"))',
                            constraint="CONSTRAINT",
                            func="\nIF NOT EXISTS (\n    SELECT 1 FROM maintenance_agreementchange change\n    WHERE change.agreement_id = NEW.id AND change.from_state = OLD.state\n      AND change.to_state = NEW.state AND change.xid = pg_current_xact_id()::text::bigint\n) THEN\n    RAISE EXCEPTION 'a state changed without a record'\n        USING ERRCODE = 'check_violation', CONSTRAINT = 'maintenance_agreementchange_recorded';\nEND IF;\nRETURN NULL;\n",
                            hash="a8039bf469c00734dd93f43596b433ea87bf5641",
                            operation='UPDATE OF "state"',
                            pgid="pgtrigger_change_recorded_d1d83",
                            table="maintenance_agreement",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="bind_scopes",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nUPDATE maintenance_agreementscope SET agreement_id = agreement_id WHERE agreement_id = NEW.id;\nRETURN NULL;\n",
                            hash="458ed058dba03046223b0ed040f0ce0437f4f6fb",
                            operation='UPDATE OF "state", "starts_on", "ends_on", "ended_on"',
                            pgid="pgtrigger_bind_scopes_7d1a7",
                            table="maintenance_agreement",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="shares_sum_to_100",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\nIF NEW.state IN ('signed', 'renewed', 'terminated') AND (\n    SELECT COALESCE(sum(percent), 0) FROM maintenance_fundingshare WHERE agreement_id = NEW.id\n) <> 100 THEN\n    RAISE EXCEPTION 'the shares of agreement % do not sum to 100', NEW.number\n        USING ERRCODE = 'check_violation', CONSTRAINT = 'agreement_shares_sum_to_100';\nEND IF;\nRETURN NULL;\n",
                            hash="8613ba9914d366918f590c6a2b804332a096b175",
                            operation='INSERT OR UPDATE OF "state"',
                            pgid="pgtrigger_shares_sum_to_100_3981e",
                            table="maintenance_agreement",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "maintenance_agreementevent" ("area_code", "area_id", "confirms", "created_at", "ended_on", "ends_on", "id", "inspects", "model", "name", "note", "number", "payment_cycle", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price_basis", "renews_id", "standard_text", "starts_on", "state", "township_code", "unit_price", "updated_at", "version") VALUES (OLD."area_code", OLD."area_id", OLD."confirms", OLD."created_at", OLD."ended_on", OLD."ends_on", OLD."id", OLD."inspects", OLD."model", OLD."name", OLD."note", OLD."number", OLD."payment_cycle", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."price_basis", OLD."renews_id", OLD."standard_text", OLD."starts_on", OLD."state", OLD."township_code", OLD."unit_price", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="9e8b3819b68cf6b5a9464cd49da6be1827ed6ce9",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_48405",
                            table="maintenance_agreement",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "maintenance_agreementevent" ("area_code", "area_id", "confirms", "created_at", "ended_on", "ends_on", "id", "inspects", "model", "name", "note", "number", "payment_cycle", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price_basis", "renews_id", "standard_text", "starts_on", "state", "township_code", "unit_price", "updated_at", "version") VALUES (OLD."area_code", OLD."area_id", OLD."confirms", OLD."created_at", OLD."ended_on", OLD."ends_on", OLD."id", OLD."inspects", OLD."model", OLD."name", OLD."note", OLD."number", OLD."payment_cycle", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."price_basis", OLD."renews_id", OLD."standard_text", OLD."starts_on", OLD."state", OLD."township_code", OLD."unit_price", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="3d73d7f165d8ec9a9984e681b119bd1e029246ba",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_cc4d0",
                            table="maintenance_agreement",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AgreementChange",
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
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="maintenance.agreement",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of an agreement",
                "verbose_name_plural": "changes of agreements",
                "ordering": ["at", "id"],
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="2b6ae392557dd509f3c0371d33ce19b5f74a08af",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_313cb",
                            table="maintenance_agreementchange",
                            when="BEFORE",
                        ),
                    )
                ],
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="AgreementEvent",
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
                        to="maintenance.agreement",
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
                ("number", models.CharField(max_length=60, verbose_name="agreement number")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "model",
                    models.CharField(
                        choices=[
                            ("three_party", "Company, association and cooperative"),
                            ("professional", "Professional upkeep"),
                            ("market", "Upkeep by the market"),
                            ("self", "Upkeep by the village itself"),
                        ],
                        max_length=20,
                        verbose_name="model",
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
                    models.CharField(db_collation="C", db_default="", editable=False, max_length=9),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("negotiating", "In negotiation"),
                            ("signed", "Signed"),
                            ("renewed", "Renewed"),
                            ("terminated", "Terminated"),
                        ],
                        db_default="draft",
                        default="draft",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="starts on")),
                ("ends_on", models.DateField(verbose_name="ends on")),
                (
                    "ended_on",
                    models.DateField(
                        blank=True, editable=False, null=True, verbose_name="ended on"
                    ),
                ),
                (
                    "renews",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="maintenance.agreement",
                        verbose_name="renews",
                    ),
                ),
                (
                    "standard_text",
                    models.TextField(blank=True, db_default="", verbose_name="standard of upkeep"),
                ),
                (
                    "price_basis",
                    models.CharField(
                        choices=[
                            ("per_km_year", "yuan per km and year"),
                            ("per_site_year", "yuan per asset and year"),
                            ("per_order", "by work order"),
                        ],
                        max_length=20,
                        verbose_name="price basis",
                    ),
                ),
                (
                    "unit_price",
                    models.DecimalField(
                        decimal_places=2, default=0, max_digits=14, verbose_name="unit price (yuan)"
                    ),
                ),
                (
                    "payment_cycle",
                    models.CharField(
                        choices=[
                            ("month", "Monthly"),
                            ("quarter", "Quarterly"),
                            ("half_year", "Half-yearly"),
                            ("year", "Yearly"),
                        ],
                        default="month",
                        max_length=10,
                        verbose_name="payment cycle",
                    ),
                ),
                (
                    "inspects",
                    models.CharField(
                        choices=[
                            ("client", "Client"),
                            ("executor", "Executor"),
                            ("supervisor", "Supervisor"),
                            ("participant", "Participant"),
                        ],
                        db_default="supervisor",
                        default="supervisor",
                        max_length=12,
                        verbose_name="who inspects work orders",
                    ),
                ),
                (
                    "confirms",
                    models.CharField(
                        choices=[
                            ("client", "Client"),
                            ("executor", "Executor"),
                            ("supervisor", "Supervisor"),
                            ("participant", "Participant"),
                        ],
                        db_default="participant",
                        default="participant",
                        max_length=12,
                        verbose_name="who confirms work orders",
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
            name="AgreementParty",
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
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parties",
                        to="maintenance.agreement",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreement_parties",
                        to="sites.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("client", "Client"),
                            ("executor", "Executor"),
                            ("supervisor", "Supervisor"),
                            ("participant", "Participant"),
                        ],
                        max_length=12,
                        verbose_name="role",
                    ),
                ),
                (
                    "signatory",
                    models.CharField(
                        blank=True, db_default="", max_length=60, verbose_name="signed by"
                    ),
                ),
                ("signed_on", models.DateField(blank=True, null=True, verbose_name="signed on")),
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
                "verbose_name": "party of an agreement",
                "verbose_name_plural": "parties of agreements",
                "ordering": ["agreement", "role"],
                "indexes": [models.Index(fields=["organisation", "agreement"], name="party_of")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agreement", "organisation", "role"), name="agreement_party_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("role__in", ["executor", "supervisor"])),
                        fields=("agreement", "organisation"),
                        name="agreement_party_not_both_sides",
                        violation_error_message="One body cannot both carry out the work and supervise it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("role__in", ["client", "executor", "supervisor", "participant"])
                        ),
                        name="agreement_party_role_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("signed_on__isnull", True),
                            models.Q(("signatory", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="agreement_party_signed_by_somebody",
                        violation_error_message="A signature needs the name of who signed.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="fixed_once_signed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nIF EXISTS (\n    SELECT 1 FROM maintenance_agreement\n    WHERE id = COALESCE(NEW.agreement_id, OLD.agreement_id)\n      AND state IN ('signed', 'renewed', 'terminated')\n) THEN\n    RAISE EXCEPTION 'a signed agreement is fixed'\n        USING ERRCODE = 'check_violation', CONSTRAINT = 'agreement_fixed_once_signed';\nEND IF;\nRETURN COALESCE(NEW, OLD);\n",
                            hash="e4057721327a9b929061f870ffa855e201c6c62b",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_fixed_once_signed_31b5e",
                            table="maintenance_agreementparty",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="note_upkeep_change",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nINSERT INTO assets_upkeepchange (xid, changed_at)\nVALUES (pg_current_xact_id()::text::bigint, now())\nON CONFLICT (xid) DO NOTHING;\nRETURN NULL;\n",
                            hash="39981395134ab5c29fdd2a233f667413b76c8182",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_note_upkeep_change_46d93",
                            table="maintenance_agreementparty",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "maintenance_agreementpartyevent" ("agreement_id", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "role", "signatory", "signed_on") VALUES (OLD."agreement_id", OLD."id", OLD."organisation_id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."recorded_by_id", OLD."role", OLD."signatory", OLD."signed_on"); RETURN NULL;',
                            hash="b19b90c343a6cecaf8418177a07c16f79e8a7647",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_229b6",
                            table="maintenance_agreementparty",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "maintenance_agreementpartyevent" ("agreement_id", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "role", "signatory", "signed_on") VALUES (OLD."agreement_id", OLD."id", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."recorded_by_id", OLD."role", OLD."signatory", OLD."signed_on"); RETURN NULL;',
                            hash="26a933145291d45b595d4de113c62a7f2f71b1db",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b6804",
                            table="maintenance_agreementparty",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AgreementPartyEvent",
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
                        to="maintenance.agreementparty",
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
                    "agreement",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="maintenance.agreement",
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
                        verbose_name="organisation",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("client", "Client"),
                            ("executor", "Executor"),
                            ("supervisor", "Supervisor"),
                            ("participant", "Participant"),
                        ],
                        max_length=12,
                        verbose_name="role",
                    ),
                ),
                (
                    "signatory",
                    models.CharField(
                        blank=True, db_default="", max_length=60, verbose_name="signed by"
                    ),
                ),
                ("signed_on", models.DateField(blank=True, null=True, verbose_name="signed on")),
                (
                    "recorded_by",
                    models.ForeignKey(
                        db_constraint=False,
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
            name="AgreementScope",
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
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scopes",
                        to="maintenance.agreement",
                    ),
                ),
                (
                    "asset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreement_scopes",
                        to="assets.asset",
                        verbose_name="asset",
                    ),
                ),
                (
                    "task",
                    models.CharField(
                        choices=[
                            ("routine", "Routine upkeep"),
                            ("cleaning", "Cleaning"),
                            ("greening", "Greening"),
                            ("minor_repair", "Minor repair"),
                            ("operation", "Operation"),
                        ],
                        default="routine",
                        max_length=20,
                        verbose_name="task",
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
                (
                    "length_m",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        max_digits=9,
                        null=True,
                        verbose_name="length (m)",
                    ),
                ),
                (
                    "keeper_name",
                    models.CharField(
                        blank=True, db_default="", max_length=60, verbose_name="person in charge"
                    ),
                ),
                (
                    "keeper_phone",
                    models.CharField(
                        blank=True, db_default="", max_length=30, verbose_name="telephone"
                    ),
                ),
                ("valid_from", models.DateField(editable=False)),
                ("valid_to", models.DateField(editable=False)),
                (
                    "is_binding",
                    models.BooleanField(db_default=False, default=False, editable=False),
                ),
            ],
            options={
                "verbose_name": "scope of an agreement",
                "verbose_name_plural": "scopes of agreements",
                "ordering": ["agreement", "asset", "start_m"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("is_binding", True)),
                        fields=["asset", "valid_from", "valid_to"],
                        include=("agreement", "start_m", "end_m"),
                        name="scope_binding",
                    )
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
                        name="agreement_scope_chainage_in_order",
                        violation_error_message="A stretch must end after it begins, and begin at K0 or later.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "task__in",
                                ["routine", "cleaning", "greening", "minor_repair", "operation"],
                            )
                        ),
                        name="agreement_scope_task_known",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("is_binding", True)),
                        expressions=[
                            ("asset", "="),
                            ("task", "="),
                            (assets.models.road.MetreRange("start_m", "end_m"), "&&"),
                            (maintenance.models.agreement.DayRange("valid_from", "valid_to"), "&&"),
                        ],
                        name="agreement_scope_no_overlap",
                        violation_error_message="Another agreement covers part of this stretch for the same task and time.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="note_upkeep_change",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nINSERT INTO assets_upkeepchange (xid, changed_at)\nVALUES (pg_current_xact_id()::text::bigint, now())\nON CONFLICT (xid) DO NOTHING;\nRETURN NULL;\n",
                            hash="c56995915ab053dc6828f500e32fc8a9fe717164",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_note_upkeep_change_d05c9",
                            table="maintenance_agreementscope",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="fixed_once_signed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nIF EXISTS (\n    SELECT 1 FROM maintenance_agreement\n    WHERE id = COALESCE(NEW.agreement_id, OLD.agreement_id)\n      AND state IN ('signed', 'renewed', 'terminated')\n) THEN\n    RAISE EXCEPTION 'a signed agreement is fixed'\n        USING ERRCODE = 'check_violation', CONSTRAINT = 'agreement_fixed_once_signed';\nEND IF;\nRETURN COALESCE(NEW, OLD);\n",
                            hash="59fdcd50d891eb1409a87aef9cc7cbfb09a542e6",
                            operation='INSERT OR UPDATE OF "asset_id", "task", "start_m", "end_m", "length_m" OR DELETE',
                            pgid="pgtrigger_fixed_once_signed_e5df2",
                            table="maintenance_agreementscope",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="bind",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nSELECT agreement.starts_on, COALESCE(agreement.ended_on, agreement.ends_on),\n       agreement.state IN ('signed', 'renewed', 'terminated')\n       AND COALESCE(agreement.ended_on, agreement.ends_on) >= agreement.starts_on\nINTO NEW.valid_from, NEW.valid_to, NEW.is_binding\nFROM maintenance_agreement agreement WHERE agreement.id = NEW.agreement_id;\nRETURN NEW;\n",
                            hash="fb01a8ae57d26f66f599a98cc46d839b0d6601b4",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_bind_fdee2",
                            table="maintenance_agreementscope",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "maintenance_agreementscopeevent" ("agreement_id", "asset_id", "end_m", "id", "is_binding", "keeper_name", "keeper_phone", "length_m", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start_m", "task", "valid_from", "valid_to") VALUES (OLD."agreement_id", OLD."asset_id", OLD."end_m", OLD."id", OLD."is_binding", OLD."keeper_name", OLD."keeper_phone", OLD."length_m", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."start_m", OLD."task", OLD."valid_from", OLD."valid_to"); RETURN NULL;',
                            hash="1c75a80cf73eaa19123efe74eaf4002f77387e5f",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_0d2cd",
                            table="maintenance_agreementscope",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "maintenance_agreementscopeevent" ("agreement_id", "asset_id", "end_m", "id", "is_binding", "keeper_name", "keeper_phone", "length_m", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start_m", "task", "valid_from", "valid_to") VALUES (OLD."agreement_id", OLD."asset_id", OLD."end_m", OLD."id", OLD."is_binding", OLD."keeper_name", OLD."keeper_phone", OLD."length_m", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."start_m", OLD."task", OLD."valid_from", OLD."valid_to"); RETURN NULL;',
                            hash="04d896b28e9aef701bad6f471c7521399665158d",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_6d1f0",
                            table="maintenance_agreementscope",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AgreementScopeEvent",
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
                        to="maintenance.agreementscope",
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
                    "agreement",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="maintenance.agreement",
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
                        verbose_name="asset",
                    ),
                ),
                (
                    "task",
                    models.CharField(
                        choices=[
                            ("routine", "Routine upkeep"),
                            ("cleaning", "Cleaning"),
                            ("greening", "Greening"),
                            ("minor_repair", "Minor repair"),
                            ("operation", "Operation"),
                        ],
                        default="routine",
                        max_length=20,
                        verbose_name="task",
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
                (
                    "length_m",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        max_digits=9,
                        null=True,
                        verbose_name="length (m)",
                    ),
                ),
                (
                    "keeper_name",
                    models.CharField(
                        blank=True, db_default="", max_length=60, verbose_name="person in charge"
                    ),
                ),
                (
                    "keeper_phone",
                    models.CharField(
                        blank=True, db_default="", max_length=30, verbose_name="telephone"
                    ),
                ),
                ("valid_from", models.DateField(editable=False)),
                ("valid_to", models.DateField(editable=False)),
                (
                    "is_binding",
                    models.BooleanField(db_default=False, default=False, editable=False),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Assessment",
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
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to="maintenance.agreement",
                        verbose_name="agreement",
                    ),
                ),
                ("period_start", models.DateField(verbose_name="first day")),
                ("period_end", models.DateField(verbose_name="last day")),
                (
                    "score",
                    models.DecimalField(decimal_places=2, max_digits=5, verbose_name="score"),
                ),
                (
                    "coefficient",
                    models.DecimalField(decimal_places=4, max_digits=5, verbose_name="coefficient"),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to="sites.organisation",
                        verbose_name="assessed by",
                    ),
                ),
                (
                    "assessor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "assessed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="assessed at",
                    ),
                ),
                ("note", models.TextField(blank=True, db_default="", verbose_name="note")),
                (
                    "supersedes",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="maintenance.assessment",
                        verbose_name="supersedes",
                    ),
                ),
            ],
            options={
                "verbose_name": "assessment",
                "verbose_name_plural": "assessments",
                "ordering": ["-period_start", "-assessed_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("period_end__gte", models.F("period_start"))),
                        name="assessment_days_in_order",
                        violation_error_message="The last day must not come before the first.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("supersedes__isnull", True)),
                        fields=("agreement", "period_start", "period_end"),
                        name="assessment_first_once",
                        violation_error_message="This period has been assessed already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("score__gte", 0), ("score__lte", 100)),
                        name="assessment_score_in_range",
                        violation_error_message="A score lies between 0 and 100.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="93c52751a383cd0db7123d9e1fab461ae0fdc8c6",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_b2c99",
                            table="maintenance_assessment",
                            when="BEFORE",
                        ),
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="AssessmentBand",
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
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bands",
                        to="maintenance.agreement",
                    ),
                ),
                (
                    "from_score",
                    models.DecimalField(decimal_places=2, max_digits=5, verbose_name="from score"),
                ),
                (
                    "coefficient",
                    models.DecimalField(decimal_places=4, max_digits=5, verbose_name="coefficient"),
                ),
            ],
            options={
                "verbose_name": "assessment band",
                "verbose_name_plural": "assessment bands",
                "ordering": ["agreement", "-from_score"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agreement", "from_score"), name="assessment_band_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("coefficient__gte", 0),
                            ("coefficient__lte", 2),
                            ("from_score__gte", 0),
                            ("from_score__lte", 100),
                        ),
                        name="assessment_band_in_range",
                        violation_error_message="Scores lie between 0 and 100, coefficients between 0 and 2.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="fixed_once_signed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nIF EXISTS (\n    SELECT 1 FROM maintenance_agreement\n    WHERE id = COALESCE(NEW.agreement_id, OLD.agreement_id)\n      AND state IN ('signed', 'renewed', 'terminated')\n) THEN\n    RAISE EXCEPTION 'a signed agreement is fixed'\n        USING ERRCODE = 'check_violation', CONSTRAINT = 'agreement_fixed_once_signed';\nEND IF;\nRETURN COALESCE(NEW, OLD);\n",
                            hash="5bc6ef5fbf4971c36c51c2f761297afd9aad801a",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_fixed_once_signed_0947e",
                            table="maintenance_assessmentband",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "maintenance_assessmentbandevent" ("agreement_id", "coefficient", "from_score", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."agreement_id", OLD."coefficient", OLD."from_score", OLD."id", _pgh_attach_context(), NOW(), \'update\', OLD."id"); RETURN NULL;',
                            hash="26d888c461321920d8775da8b9f1d4395f4e2e8f",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_893ad",
                            table="maintenance_assessmentband",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "maintenance_assessmentbandevent" ("agreement_id", "coefficient", "from_score", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."agreement_id", OLD."coefficient", OLD."from_score", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                            hash="fac799d37cada9a1d77a375686f15eea92fb7e55",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e8b16",
                            table="maintenance_assessmentband",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="AssessmentBandEvent",
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
                        to="maintenance.assessmentband",
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
                    "agreement",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="maintenance.agreement",
                    ),
                ),
                (
                    "from_score",
                    models.DecimalField(decimal_places=2, max_digits=5, verbose_name="from score"),
                ),
                (
                    "coefficient",
                    models.DecimalField(decimal_places=4, max_digits=5, verbose_name="coefficient"),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="FundingShare",
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
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shares",
                        to="maintenance.agreement",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("central", "Central government"),
                            ("province", "Province"),
                            ("city", "City"),
                            ("district", "District"),
                            ("township", "Township"),
                            ("village", "Village collective"),
                            ("user_fees", "User fees"),
                            ("donation", "Donations"),
                            ("post_subsidy", "Public-benefit post subsidy"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                        verbose_name="source",
                    ),
                ),
                (
                    "percent",
                    models.DecimalField(decimal_places=3, max_digits=6, verbose_name="share (%)"),
                ),
            ],
            options={
                "verbose_name": "funding share",
                "verbose_name_plural": "funding shares",
                "ordering": ["agreement", "position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agreement", "source"), name="funding_share_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("percent__gt", 0), ("percent__lte", 100)),
                        name="funding_share_in_range",
                        violation_error_message="A share lies above 0 and up to 100 percent.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "source__in",
                                [
                                    "central",
                                    "province",
                                    "city",
                                    "district",
                                    "township",
                                    "village",
                                    "user_fees",
                                    "donation",
                                    "post_subsidy",
                                    "other",
                                ],
                            )
                        ),
                        name="funding_share_source_known",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="fixed_once_signed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nIF EXISTS (\n    SELECT 1 FROM maintenance_agreement\n    WHERE id = COALESCE(NEW.agreement_id, OLD.agreement_id)\n      AND state IN ('signed', 'renewed', 'terminated')\n) THEN\n    RAISE EXCEPTION 'a signed agreement is fixed'\n        USING ERRCODE = 'check_violation', CONSTRAINT = 'agreement_fixed_once_signed';\nEND IF;\nRETURN COALESCE(NEW, OLD);\n",
                            hash="27d1066b30be4c6279796859002a0cd5065cad8a",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_fixed_once_signed_a86f3",
                            table="maintenance_fundingshare",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "maintenance_fundingshareevent" ("agreement_id", "id", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "source") VALUES (OLD."agreement_id", OLD."id", OLD."percent", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."position", OLD."source"); RETURN NULL;',
                            hash="b76617e1c9817fcf18af70e74050102063bb05e1",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_27e6a",
                            table="maintenance_fundingshare",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "maintenance_fundingshareevent" ("agreement_id", "id", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "source") VALUES (OLD."agreement_id", OLD."id", OLD."percent", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."source"); RETURN NULL;',
                            hash="f0036d954758c82c363040859bce1e3b103d8b26",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_3b2ee",
                            table="maintenance_fundingshare",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="FundingShareEvent",
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
                        to="maintenance.fundingshare",
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
                    "agreement",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="maintenance.agreement",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("central", "Central government"),
                            ("province", "Province"),
                            ("city", "City"),
                            ("district", "District"),
                            ("township", "Township"),
                            ("village", "Village collective"),
                            ("user_fees", "User fees"),
                            ("donation", "Donations"),
                            ("post_subsidy", "Public-benefit post subsidy"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                        verbose_name="source",
                    ),
                ),
                (
                    "percent",
                    models.DecimalField(decimal_places=3, max_digits=6, verbose_name="share (%)"),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="PatrolPlan",
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
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="patrol_plans",
                        to="maintenance.agreement",
                        verbose_name="agreement",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="patrol_plans",
                        to="sites.organisation",
                        verbose_name="who patrols",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("daily", "Daily patrol"),
                            ("periodic", "Periodic patrol"),
                            ("special", "Special patrol"),
                            ("night", "Night patrol"),
                            ("flood_season", "Flood-season patrol"),
                        ],
                        default="periodic",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("frequency_days", models.PositiveSmallIntegerField(verbose_name="every (days)")),
                ("next_due_on", models.DateField(verbose_name="next due")),
                (
                    "is_active",
                    models.BooleanField(db_default=True, default=True, verbose_name="in use"),
                ),
            ],
            options={
                "verbose_name": "patrol plan",
                "verbose_name_plural": "patrol plans",
                "ordering": ["next_due_on", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["daily", "periodic", "special", "night", "flood_season"])
                        ),
                        name="patrol_plan_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("frequency_days__gte", 1), ("frequency_days__lte", 3660)
                        ),
                        name="patrol_plan_frequency_in_range",
                        violation_error_message="A duty recurs every 1 to 3660 days.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."agreement_id" IS DISTINCT FROM (NEW."agreement_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."frequency_days" IS DISTINCT FROM (NEW."frequency_days") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."next_due_on" IS DISTINCT FROM (NEW."next_due_on") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="9730287685ec57d21522fe7b2f418f39bd3269a8",
                            operation="UPDATE",
                            pgid="pgtrigger_touch_5f1b5",
                            table="maintenance_patrolplan",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "maintenance_patrolplanevent" ("agreement_id", "created_at", "frequency_days", "id", "is_active", "kind", "name", "next_due_on", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version") VALUES (OLD."agreement_id", OLD."created_at", OLD."frequency_days", OLD."id", OLD."is_active", OLD."kind", OLD."name", OLD."next_due_on", OLD."organisation_id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="688dc3222182860b2920c6f6969edc3c75d6d7ac",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_259de",
                            table="maintenance_patrolplan",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "maintenance_patrolplanevent" ("agreement_id", "created_at", "frequency_days", "id", "is_active", "kind", "name", "next_due_on", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version") VALUES (OLD."agreement_id", OLD."created_at", OLD."frequency_days", OLD."id", OLD."is_active", OLD."kind", OLD."name", OLD."next_due_on", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="7db46bdf4a19ecc0ec85b78684216236fcf88494",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_d01f3",
                            table="maintenance_patrolplan",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Patrol",
            fields=[
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
                    "id",
                    models.UUIDField(
                        default=sites.identifiers.new_id, primary_key=True, serialize=False
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="patrols",
                        to="maintenance.agreement",
                        verbose_name="agreement",
                    ),
                ),
                (
                    "asset",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="assets.asset",
                        verbose_name="asset",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="patrols",
                        to="maintenance.patrolplan",
                        verbose_name="patrol plan",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("daily", "Daily patrol"),
                            ("periodic", "Periodic patrol"),
                            ("special", "Special patrol"),
                            ("night", "Night patrol"),
                            ("flood_season", "Flood-season patrol"),
                        ],
                        default="periodic",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("started_at", models.DateTimeField(verbose_name="started at")),
                ("ended_at", models.DateTimeField(verbose_name="ended at")),
                (
                    "track",
                    django.contrib.gis.db.models.fields.LineStringField(
                        blank=True, null=True, spatial_index=False, srid=4490, verbose_name="track"
                    ),
                ),
                ("note", models.TextField(blank=True, db_default="", verbose_name="note")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="patrols",
                        to="sites.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "performed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "received_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
            options={
                "verbose_name": "patrol",
                "verbose_name_plural": "patrols",
                "ordering": ["-started_at", "-id"],
                "indexes": [
                    models.Index(fields=["agreement", "-started_at"], name="patrol_of_agreement"),
                    models.Index(fields=["area_code", "-started_at"], name="patrol_area"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ended_at__gte", models.F("started_at"))),
                        name="patrol_times_in_order",
                        violation_error_message="A patrol must not end before it starts.",
                    ),
                    models.CheckConstraint(
                        condition=sites.functions.GeometryIsSound(models.F("track")),
                        name="patrol_track_is_sound",
                        violation_error_message="The geometry is empty, invalid or out of bounds.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["daily", "periodic", "special", "night", "flood_season"])
                        ),
                        name="patrol_kind_known",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="cf369d4023becbc6cb04b4525b5831aaf2b0bbcc",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_555db",
                            table="maintenance_patrol",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="place",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nSELECT agreement.area_code, agreement.township_code INTO NEW.area_code, NEW.township_code\nFROM maintenance_agreement agreement WHERE agreement.id = NEW.agreement_id;\nRETURN NEW;\n",
                            hash="928e4de7531a40d8bb4fa54a8016aa2d4578ab26",
                            operation="INSERT",
                            pgid="pgtrigger_place_f7c21",
                            table="maintenance_patrol",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PatrolPlanEvent",
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
                        to="maintenance.patrolplan",
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
                    "agreement",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="maintenance.agreement",
                        verbose_name="agreement",
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
                        verbose_name="who patrols",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("daily", "Daily patrol"),
                            ("periodic", "Periodic patrol"),
                            ("special", "Special patrol"),
                            ("night", "Night patrol"),
                            ("flood_season", "Flood-season patrol"),
                        ],
                        default="periodic",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("frequency_days", models.PositiveSmallIntegerField(verbose_name="every (days)")),
                ("next_due_on", models.DateField(verbose_name="next due")),
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
            name="PatrolStop",
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
                        related_name="stops",
                        to="maintenance.patrolplan",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                (
                    "asset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="assets.asset",
                        verbose_name="asset",
                    ),
                ),
            ],
            options={
                "verbose_name": "stop of a patrol",
                "verbose_name_plural": "stops of patrols",
                "ordering": ["plan", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "position"), name="patrol_stop_once")
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="PaymentRequest",
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
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="maintenance.agreement",
                        verbose_name="agreement",
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="maintenance.assessment",
                        verbose_name="assessment",
                    ),
                ),
                ("period_start", models.DateField(verbose_name="first day")),
                ("period_end", models.DateField(verbose_name="last day")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("drafted", "Drafted"),
                            ("verified", "Verified by the supervisor"),
                            ("confirmed", "Confirmed by the participant"),
                            ("approved", "Approved"),
                            ("paid", "Paid"),
                            ("cancelled", "Cancelled"),
                        ],
                        db_default="drafted",
                        default="drafted",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                (
                    "quantity",
                    models.DecimalField(decimal_places=4, max_digits=12, verbose_name="quantity"),
                ),
                (
                    "base",
                    models.DecimalField(
                        decimal_places=2, max_digits=16, verbose_name="base (yuan)"
                    ),
                ),
                (
                    "coefficient",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        max_digits=5,
                        null=True,
                        verbose_name="coefficient",
                    ),
                ),
                (
                    "deductions_total",
                    models.DecimalField(
                        db_default=0,
                        decimal_places=2,
                        default=0,
                        max_digits=16,
                        verbose_name="deductions (yuan)",
                    ),
                ),
                (
                    "payable",
                    models.DecimalField(
                        decimal_places=2, max_digits=16, verbose_name="payable (yuan)"
                    ),
                ),
                (
                    "paid_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="paid on"),
                ),
                (
                    "document_no",
                    models.CharField(
                        blank=True, db_default="", max_length=80, verbose_name="payment document"
                    ),
                ),
                ("note", models.TextField(blank=True, db_default="", verbose_name="note")),
            ],
            options={
                "verbose_name": "payment request",
                "verbose_name_plural": "payment requests",
                "ordering": ["-period_start", "-id"],
                "indexes": [
                    models.Index(fields=["agreement", "-period_start"], name="payment_latest")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("period_end__gte", models.F("period_start"))),
                        name="payment_days_in_order",
                        violation_error_message="The last day must not come before the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("base__gte", 0),
                            ("coefficient__gte", 0),
                            ("deductions_total__gte", 0),
                            ("payable__gte", 0),
                        ),
                        name="payment_amounts_not_negative",
                        violation_error_message="Amounts must not be negative.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "drafted",
                                    "verified",
                                    "confirmed",
                                    "approved",
                                    "paid",
                                    "cancelled",
                                ],
                            )
                        ),
                        name="payment_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("paid_on__isnull", False), ("state", "paid")),
                            models.Q(
                                models.Q(("state", "paid"), _negated=True),
                                ("paid_on__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="payment_paid_has_day",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("state", "cancelled"), _negated=True),
                        expressions=[
                            ("agreement", "="),
                            (
                                maintenance.models.agreement.DayRange("period_start", "period_end"),
                                "&&",
                            ),
                        ],
                        name="payment_periods_do_not_overlap",
                        violation_error_message="Another payment of this agreement covers part of the period.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."agreement_id" IS DISTINCT FROM (NEW."agreement_id") OR OLD."assessment_id" IS DISTINCT FROM (NEW."assessment_id") OR OLD."base" IS DISTINCT FROM (NEW."base") OR OLD."coefficient" IS DISTINCT FROM (NEW."coefficient") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."deductions_total" IS DISTINCT FROM (NEW."deductions_total") OR OLD."document_no" IS DISTINCT FROM (NEW."document_no") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."paid_on" IS DISTINCT FROM (NEW."paid_on") OR OLD."payable" IS DISTINCT FROM (NEW."payable") OR OLD."period_end" IS DISTINCT FROM (NEW."period_end") OR OLD."period_start" IS DISTINCT FROM (NEW."period_start") OR OLD."quantity" IS DISTINCT FROM (NEW."quantity") OR OLD."state" IS DISTINCT FROM (NEW."state"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="3f6caa90c851fd19c3ace3f60806d223015fa7ce",
                            operation="UPDATE",
                            pgid="pgtrigger_touch_8d50c",
                            table="maintenance_paymentrequest",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="change_recorded",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."state" IS DISTINCT FROM (NEW."state"))',
                            constraint="CONSTRAINT",
                            func="\nIF NOT EXISTS (\n    SELECT 1 FROM maintenance_paymentchange change\n    WHERE change.payment_id = NEW.id AND change.from_state = OLD.state\n      AND change.to_state = NEW.state AND change.xid = pg_current_xact_id()::text::bigint\n) THEN\n    RAISE EXCEPTION 'a state changed without a record'\n        USING ERRCODE = 'check_violation', CONSTRAINT = 'maintenance_paymentchange_recorded';\nEND IF;\nRETURN NULL;\n",
                            hash="99cbec9dfe0219bd6bfd12bfe74ea8e06e6910e1",
                            operation='UPDATE OF "state"',
                            pgid="pgtrigger_change_recorded_1be04",
                            table="maintenance_paymentrequest",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="shares_conserve",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\nIF EXISTS (\n    SELECT 1 FROM maintenance_paymentrequest payment\n    WHERE payment.id = NEW.id AND payment.payable <> (\n        SELECT COALESCE(sum(share.amount), 0) FROM maintenance_paymentshare share\n        WHERE share.payment_id = payment.id\n    )\n) THEN\n    RAISE EXCEPTION 'the shares of a payment do not sum to what is payable'\n        USING ERRCODE = 'check_violation', CONSTRAINT = 'payment_shares_sum_to_payable';\nEND IF;\nRETURN NULL;\n",
                            hash="1d4c99d20a67ddae423c961552ba82971732dd42",
                            operation='INSERT OR UPDATE OF "payable"',
                            pgid="pgtrigger_shares_conserve_52aad",
                            table="maintenance_paymentrequest",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "maintenance_paymentrequestevent" ("agreement_id", "assessment_id", "base", "coefficient", "created_at", "deductions_total", "document_no", "id", "note", "paid_on", "payable", "period_end", "period_start", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "state", "updated_at", "version") VALUES (OLD."agreement_id", OLD."assessment_id", OLD."base", OLD."coefficient", OLD."created_at", OLD."deductions_total", OLD."document_no", OLD."id", OLD."note", OLD."paid_on", OLD."payable", OLD."period_end", OLD."period_start", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."quantity", OLD."state", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="e681968aa61ec0725f1577d39c6e403fa329dd90",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_76c9c",
                            table="maintenance_paymentrequest",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "maintenance_paymentrequestevent" ("agreement_id", "assessment_id", "base", "coefficient", "created_at", "deductions_total", "document_no", "id", "note", "paid_on", "payable", "period_end", "period_start", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "state", "updated_at", "version") VALUES (OLD."agreement_id", OLD."assessment_id", OLD."base", OLD."coefficient", OLD."created_at", OLD."deductions_total", OLD."document_no", OLD."id", OLD."note", OLD."paid_on", OLD."payable", OLD."period_end", OLD."period_start", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."quantity", OLD."state", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="fd4e8aeabef81f098c56052d81894c180f84d165",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_66280",
                            table="maintenance_paymentrequest",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaymentChange",
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
                    "payment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="maintenance.paymentrequest",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of a payment",
                "verbose_name_plural": "changes of payments",
                "ordering": ["at", "id"],
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="2090ccc1071f016fbeb2b65c04553161aa3b9ab7",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_7067c",
                            table="maintenance_paymentchange",
                            when="BEFORE",
                        ),
                    )
                ],
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="PaymentRequestEvent",
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
                        to="maintenance.paymentrequest",
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
                    "agreement",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="maintenance.agreement",
                        verbose_name="agreement",
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="maintenance.assessment",
                        verbose_name="assessment",
                    ),
                ),
                ("period_start", models.DateField(verbose_name="first day")),
                ("period_end", models.DateField(verbose_name="last day")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("drafted", "Drafted"),
                            ("verified", "Verified by the supervisor"),
                            ("confirmed", "Confirmed by the participant"),
                            ("approved", "Approved"),
                            ("paid", "Paid"),
                            ("cancelled", "Cancelled"),
                        ],
                        db_default="drafted",
                        default="drafted",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                (
                    "quantity",
                    models.DecimalField(decimal_places=4, max_digits=12, verbose_name="quantity"),
                ),
                (
                    "base",
                    models.DecimalField(
                        decimal_places=2, max_digits=16, verbose_name="base (yuan)"
                    ),
                ),
                (
                    "coefficient",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        max_digits=5,
                        null=True,
                        verbose_name="coefficient",
                    ),
                ),
                (
                    "deductions_total",
                    models.DecimalField(
                        db_default=0,
                        decimal_places=2,
                        default=0,
                        max_digits=16,
                        verbose_name="deductions (yuan)",
                    ),
                ),
                (
                    "payable",
                    models.DecimalField(
                        decimal_places=2, max_digits=16, verbose_name="payable (yuan)"
                    ),
                ),
                (
                    "paid_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="paid on"),
                ),
                (
                    "document_no",
                    models.CharField(
                        blank=True, db_default="", max_length=80, verbose_name="payment document"
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
            name="PaymentShare",
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
                    "payment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shares",
                        to="maintenance.paymentrequest",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("central", "Central government"),
                            ("province", "Province"),
                            ("city", "City"),
                            ("district", "District"),
                            ("township", "Township"),
                            ("village", "Village collective"),
                            ("user_fees", "User fees"),
                            ("donation", "Donations"),
                            ("post_subsidy", "Public-benefit post subsidy"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                        verbose_name="source",
                    ),
                ),
                (
                    "percent",
                    models.DecimalField(decimal_places=3, max_digits=6, verbose_name="share (%)"),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=16, verbose_name="amount (yuan)"
                    ),
                ),
            ],
            options={
                "verbose_name": "share of a payment",
                "verbose_name_plural": "shares of payments",
                "ordering": ["payment", "position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("payment", "source"), name="payment_share_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0)),
                        name="payment_share_amounts_not_negative",
                        violation_error_message="Amounts must not be negative.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="shares_conserve",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\nIF EXISTS (\n    SELECT 1 FROM maintenance_paymentrequest payment\n    WHERE payment.id = COALESCE(NEW.payment_id, OLD.payment_id) AND payment.payable <> (\n        SELECT COALESCE(sum(share.amount), 0) FROM maintenance_paymentshare share\n        WHERE share.payment_id = payment.id\n    )\n) THEN\n    RAISE EXCEPTION 'the shares of a payment do not sum to what is payable'\n        USING ERRCODE = 'check_violation', CONSTRAINT = 'payment_shares_sum_to_payable';\nEND IF;\nRETURN NULL;\n",
                            hash="5ed4e70c377d04106bb5bbc7dbc15c7d95cad006",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_shares_conserve_25a3b",
                            table="maintenance_paymentshare",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "maintenance_paymentshareevent" ("amount", "id", "payment_id", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "source") VALUES (OLD."amount", OLD."id", OLD."payment_id", OLD."percent", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."position", OLD."source"); RETURN NULL;',
                            hash="527f73d4947c8a9e526a08e2239b391842da41c3",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_15527",
                            table="maintenance_paymentshare",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "maintenance_paymentshareevent" ("amount", "id", "payment_id", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "source") VALUES (OLD."amount", OLD."id", OLD."payment_id", OLD."percent", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."source"); RETURN NULL;',
                            hash="6de4fdcd81be03b4a063c0130323739fecb5317c",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_00a38",
                            table="maintenance_paymentshare",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="PaymentShareEvent",
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
                        to="maintenance.paymentshare",
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
                    "payment",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="maintenance.paymentrequest",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("central", "Central government"),
                            ("province", "Province"),
                            ("city", "City"),
                            ("district", "District"),
                            ("township", "Township"),
                            ("village", "Village collective"),
                            ("user_fees", "User fees"),
                            ("donation", "Donations"),
                            ("post_subsidy", "Public-benefit post subsidy"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                        verbose_name="source",
                    ),
                ),
                (
                    "percent",
                    models.DecimalField(decimal_places=3, max_digits=6, verbose_name="share (%)"),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=16, verbose_name="amount (yuan)"
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
            name="UpkeepPost",
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
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="maintenance.agreement",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="upkeep_posts",
                        to="sites.organisation",
                        verbose_name="employer",
                    ),
                ),
                (
                    "asset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="assets.asset",
                        verbose_name="asset",
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
                ("person_name", models.CharField(max_length=60, verbose_name="name")),
                (
                    "monthly_pay",
                    models.DecimalField(
                        decimal_places=2, max_digits=10, verbose_name="pay a month (yuan)"
                    ),
                ),
                ("from_date", models.DateField(verbose_name="from")),
                ("until_date", models.DateField(blank=True, null=True, verbose_name="until")),
            ],
            options={
                "verbose_name": "public-benefit post",
                "verbose_name_plural": "public-benefit posts",
                "ordering": ["agreement", "from_date"],
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
                        name="upkeep_post_chainage_in_order",
                        violation_error_message="A stretch must end after it begins, and begin at K0 or later.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("monthly_pay__gte", 0)),
                        name="upkeep_post_pay_not_negative",
                        violation_error_message="The pay must not be negative.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_date__isnull", True),
                            ("until_date__gte", models.F("from_date")),
                            _connector="OR",
                        ),
                        name="upkeep_post_dates_in_order",
                        violation_error_message="The last day must not come before the first.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."agreement_id" IS DISTINCT FROM (NEW."agreement_id") OR OLD."asset_id" IS DISTINCT FROM (NEW."asset_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."end_m" IS DISTINCT FROM (NEW."end_m") OR OLD."from_date" IS DISTINCT FROM (NEW."from_date") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."monthly_pay" IS DISTINCT FROM (NEW."monthly_pay") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."person_name" IS DISTINCT FROM (NEW."person_name") OR OLD."start_m" IS DISTINCT FROM (NEW."start_m") OR OLD."until_date" IS DISTINCT FROM (NEW."until_date"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="6d5c2d1167d9b71fb0df6c24772ef607458c7532",
                            operation="UPDATE",
                            pgid="pgtrigger_touch_797be",
                            table="maintenance_upkeeppost",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "maintenance_upkeeppostevent" ("agreement_id", "asset_id", "created_at", "end_m", "from_date", "id", "monthly_pay", "organisation_id", "person_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start_m", "until_date", "updated_at", "version") VALUES (OLD."agreement_id", OLD."asset_id", OLD."created_at", OLD."end_m", OLD."from_date", OLD."id", OLD."monthly_pay", OLD."organisation_id", OLD."person_name", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."start_m", OLD."until_date", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="608685a9a7e23d90d1a81da41c7814e0d8b48d34",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_42849",
                            table="maintenance_upkeeppost",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "maintenance_upkeeppostevent" ("agreement_id", "asset_id", "created_at", "end_m", "from_date", "id", "monthly_pay", "organisation_id", "person_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start_m", "until_date", "updated_at", "version") VALUES (OLD."agreement_id", OLD."asset_id", OLD."created_at", OLD."end_m", OLD."from_date", OLD."id", OLD."monthly_pay", OLD."organisation_id", OLD."person_name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."start_m", OLD."until_date", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="6ab5e399a84246c9431ab8483b82f318f72b286d",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_4def7",
                            table="maintenance_upkeeppost",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="PostAttendance",
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
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attendance",
                        to="maintenance.upkeeppost",
                    ),
                ),
                (
                    "month",
                    models.DateField(help_text="The first day of the month.", verbose_name="month"),
                ),
                (
                    "days",
                    models.DecimalField(
                        decimal_places=1, max_digits=4, verbose_name="days attended"
                    ),
                ),
            ],
            options={
                "verbose_name": "attendance",
                "verbose_name_plural": "attendance",
                "ordering": ["post", "month"],
                "constraints": [
                    models.UniqueConstraint(fields=("post", "month"), name="post_attendance_once"),
                    models.CheckConstraint(
                        condition=models.Q(("days__gte", 0), ("days__lte", 31), ("month__day", 1)),
                        name="post_attendance_is_a_month",
                        violation_error_message="A month has 0 to 31 days and begins on its first.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "maintenance_postattendanceevent" ("days", "id", "month", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post_id") VALUES (OLD."days", OLD."id", OLD."month", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."post_id"); RETURN NULL;',
                            hash="4040ac0926977baaf8d11c29946ccf43d0ccd6c1",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_12b10",
                            table="maintenance_postattendance",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "maintenance_postattendanceevent" ("days", "id", "month", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post_id") VALUES (OLD."days", OLD."id", OLD."month", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."post_id"); RETURN NULL;',
                            hash="3c982975c531f0681a66cb0b29add3ad373e0b3b",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_5bd12",
                            table="maintenance_postattendance",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="PostAttendanceEvent",
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
                        to="maintenance.postattendance",
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
                    "post",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="maintenance.upkeeppost",
                    ),
                ),
                (
                    "month",
                    models.DateField(help_text="The first day of the month.", verbose_name="month"),
                ),
                (
                    "days",
                    models.DecimalField(
                        decimal_places=1, max_digits=4, verbose_name="days attended"
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
            name="UpkeepPostEvent",
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
                        to="maintenance.upkeeppost",
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
                    "agreement",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="maintenance.agreement",
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
                        verbose_name="employer",
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
                        verbose_name="asset",
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
                ("person_name", models.CharField(max_length=60, verbose_name="name")),
                (
                    "monthly_pay",
                    models.DecimalField(
                        decimal_places=2, max_digits=10, verbose_name="pay a month (yuan)"
                    ),
                ),
                ("from_date", models.DateField(verbose_name="from")),
                ("until_date", models.DateField(blank=True, null=True, verbose_name="until")),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="UpkeepStandard",
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
                (
                    "asset_kind",
                    models.CharField(
                        choices=[
                            ("road", "Rural road"),
                            ("village_centre", "Village centre"),
                            ("water_works", "Water works"),
                            ("housing", "Housing renovation"),
                            ("facility", "Other facility"),
                        ],
                        max_length=20,
                        verbose_name="kind of asset",
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
                    "task",
                    models.CharField(
                        choices=[
                            ("routine", "Routine upkeep"),
                            ("cleaning", "Cleaning"),
                            ("greening", "Greening"),
                            ("minor_repair", "Minor repair"),
                            ("operation", "Operation"),
                        ],
                        max_length=20,
                        verbose_name="task",
                    ),
                ),
                ("frequency_days", models.PositiveSmallIntegerField(verbose_name="every (days)")),
                (
                    "is_active",
                    models.BooleanField(db_default=True, default=True, verbose_name="in use"),
                ),
                (
                    "source",
                    models.CharField(
                        blank=True, db_default="", max_length=200, verbose_name="source"
                    ),
                ),
            ],
            options={
                "verbose_name": "upkeep standard",
                "verbose_name_plural": "upkeep standards",
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "asset_kind__in",
                                ["road", "village_centre", "water_works", "housing", "facility"],
                            )
                        ),
                        name="upkeep_standard_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "task__in",
                                ["routine", "cleaning", "greening", "minor_repair", "operation"],
                            )
                        ),
                        name="upkeep_standard_task_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("frequency_days__gte", 1), ("frequency_days__lte", 3660)
                        ),
                        name="upkeep_standard_frequency_in_range",
                        violation_error_message="A duty recurs every 1 to 3660 days.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."asset_kind" IS DISTINCT FROM (NEW."asset_kind") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."frequency_days" IS DISTINCT FROM (NEW."frequency_days") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."name_en" IS DISTINCT FROM (NEW."name_en") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."task" IS DISTINCT FROM (NEW."task") OR OLD."works_kind" IS DISTINCT FROM (NEW."works_kind"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="643307a3bf8e40639d3563724805a31fdb049138",
                            operation="UPDATE",
                            pgid="pgtrigger_touch_00827",
                            table="maintenance_upkeepstandard",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "maintenance_upkeepstandardevent" ("asset_kind", "code", "created_at", "frequency_days", "id", "is_active", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "task", "updated_at", "version", "works_kind") VALUES (OLD."asset_kind", OLD."code", OLD."created_at", OLD."frequency_days", OLD."id", OLD."is_active", OLD."name", OLD."name_en", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."source", OLD."task", OLD."updated_at", OLD."version", OLD."works_kind"); RETURN NULL;',
                            hash="31eec6cc8847ed3a507361127e37e5414f710006",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b1b7e",
                            table="maintenance_upkeepstandard",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "maintenance_upkeepstandardevent" ("asset_kind", "code", "created_at", "frequency_days", "id", "is_active", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "task", "updated_at", "version", "works_kind") VALUES (OLD."asset_kind", OLD."code", OLD."created_at", OLD."frequency_days", OLD."id", OLD."is_active", OLD."name", OLD."name_en", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."source", OLD."task", OLD."updated_at", OLD."version", OLD."works_kind"); RETURN NULL;',
                            hash="fbd6ce0ea5e6ad6748bfd317d09db08bc743d858",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_82ad0",
                            table="maintenance_upkeepstandard",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ChecklistItem",
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
                    "standard",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="maintenance.upkeepstandard",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                ("text", models.CharField(max_length=200, verbose_name="question")),
                (
                    "text_en",
                    models.CharField(
                        blank=True,
                        db_default="",
                        max_length=200,
                        verbose_name="question in English",
                    ),
                ),
                (
                    "points",
                    models.DecimalField(
                        db_default=0,
                        decimal_places=2,
                        default=0,
                        max_digits=5,
                        verbose_name="points lost when it fails",
                    ),
                ),
                (
                    "defect_kind",
                    models.CharField(
                        choices=[
                            ("pothole", "Pothole"),
                            ("crack", "Crack"),
                            ("subsidence", "Subsidence"),
                            ("edge_damage", "Damaged edge or shoulder"),
                            ("landslide", "Landslide or fallen rock"),
                            ("blocked_drain", "Blocked ditch or culvert"),
                            ("structure_damage", "Damaged structure"),
                            ("safety_missing", "Missing or damaged safety facility"),
                            ("litter", "Litter or obstruction"),
                            ("leak", "Leak"),
                            ("no_water", "No water"),
                            ("water_quality", "Bad water quality"),
                            ("equipment", "Equipment failure"),
                            ("lighting", "Lamp out of order"),
                            ("building", "Damaged building"),
                            ("encroachment", "Encroachment"),
                            ("other", "Other defect"),
                        ],
                        default="other",
                        max_length=20,
                        verbose_name="defect it opens",
                    ),
                ),
                (
                    "severity",
                    models.CharField(
                        choices=[
                            ("minor", "Minor"),
                            ("moderate", "Moderate"),
                            ("serious", "Serious"),
                        ],
                        default="minor",
                        max_length=10,
                        verbose_name="severity",
                    ),
                ),
                (
                    "opens_order",
                    models.BooleanField(
                        db_default=False, default=False, verbose_name="issues a work order at once"
                    ),
                ),
                (
                    "order_kind",
                    models.CharField(
                        choices=[
                            ("routine", "Routine"),
                            ("minor_repair", "Minor repair"),
                            ("emergency", "Emergency"),
                            ("engineering", "Upkeep engineering"),
                        ],
                        default="minor_repair",
                        max_length=20,
                        verbose_name="kind of order",
                    ),
                ),
                (
                    "order_priority",
                    models.CharField(
                        choices=[("normal", "Normal"), ("high", "High"), ("urgent", "Urgent")],
                        default="normal",
                        max_length=10,
                        verbose_name="priority",
                    ),
                ),
                (
                    "order_hours",
                    models.PositiveSmallIntegerField(
                        db_default=168, default=168, verbose_name="time limit (hours)"
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(db_default=True, default=True, verbose_name="in use"),
                ),
            ],
            options={
                "verbose_name": "checklist item",
                "verbose_name_plural": "checklist items",
                "ordering": ["standard", "position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("standard", "position"), name="checklist_item_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("order_hours__gte", 1), ("order_hours__lte", 8760)),
                        name="checklist_item_hours_in_range",
                        violation_error_message="A time limit lies between 1 hour and a year.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("points__gte", 0), ("points__lte", 100)),
                        name="checklist_item_points_in_range",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "maintenance_checklistitemevent" ("defect_kind", "id", "is_active", "opens_order", "order_hours", "order_kind", "order_priority", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "points", "position", "severity", "standard_id", "text", "text_en") VALUES (OLD."defect_kind", OLD."id", OLD."is_active", OLD."opens_order", OLD."order_hours", OLD."order_kind", OLD."order_priority", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."points", OLD."position", OLD."severity", OLD."standard_id", OLD."text", OLD."text_en"); RETURN NULL;',
                            hash="24df339726212c141dd40b1ddf882d7e9c6a6b97",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_cadf3",
                            table="maintenance_checklistitem",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "maintenance_checklistitemevent" ("defect_kind", "id", "is_active", "opens_order", "order_hours", "order_kind", "order_priority", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "points", "position", "severity", "standard_id", "text", "text_en") VALUES (OLD."defect_kind", OLD."id", OLD."is_active", OLD."opens_order", OLD."order_hours", OLD."order_kind", OLD."order_priority", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."points", OLD."position", OLD."severity", OLD."standard_id", OLD."text", OLD."text_en"); RETURN NULL;',
                            hash="ea7ce6bd02c31b0174fe76c0b286b3b77266406f",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_23011",
                            table="maintenance_checklistitem",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ChecklistItemEvent",
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
                        to="maintenance.checklistitem",
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
                    "standard",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="maintenance.upkeepstandard",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                ("text", models.CharField(max_length=200, verbose_name="question")),
                (
                    "text_en",
                    models.CharField(
                        blank=True,
                        db_default="",
                        max_length=200,
                        verbose_name="question in English",
                    ),
                ),
                (
                    "points",
                    models.DecimalField(
                        db_default=0,
                        decimal_places=2,
                        default=0,
                        max_digits=5,
                        verbose_name="points lost when it fails",
                    ),
                ),
                (
                    "defect_kind",
                    models.CharField(
                        choices=[
                            ("pothole", "Pothole"),
                            ("crack", "Crack"),
                            ("subsidence", "Subsidence"),
                            ("edge_damage", "Damaged edge or shoulder"),
                            ("landslide", "Landslide or fallen rock"),
                            ("blocked_drain", "Blocked ditch or culvert"),
                            ("structure_damage", "Damaged structure"),
                            ("safety_missing", "Missing or damaged safety facility"),
                            ("litter", "Litter or obstruction"),
                            ("leak", "Leak"),
                            ("no_water", "No water"),
                            ("water_quality", "Bad water quality"),
                            ("equipment", "Equipment failure"),
                            ("lighting", "Lamp out of order"),
                            ("building", "Damaged building"),
                            ("encroachment", "Encroachment"),
                            ("other", "Other defect"),
                        ],
                        default="other",
                        max_length=20,
                        verbose_name="defect it opens",
                    ),
                ),
                (
                    "severity",
                    models.CharField(
                        choices=[
                            ("minor", "Minor"),
                            ("moderate", "Moderate"),
                            ("serious", "Serious"),
                        ],
                        default="minor",
                        max_length=10,
                        verbose_name="severity",
                    ),
                ),
                (
                    "opens_order",
                    models.BooleanField(
                        db_default=False, default=False, verbose_name="issues a work order at once"
                    ),
                ),
                (
                    "order_kind",
                    models.CharField(
                        choices=[
                            ("routine", "Routine"),
                            ("minor_repair", "Minor repair"),
                            ("emergency", "Emergency"),
                            ("engineering", "Upkeep engineering"),
                        ],
                        default="minor_repair",
                        max_length=20,
                        verbose_name="kind of order",
                    ),
                ),
                (
                    "order_priority",
                    models.CharField(
                        choices=[("normal", "Normal"), ("high", "High"), ("urgent", "Urgent")],
                        default="normal",
                        max_length=10,
                        verbose_name="priority",
                    ),
                ),
                (
                    "order_hours",
                    models.PositiveSmallIntegerField(
                        db_default=168, default=168, verbose_name="time limit (hours)"
                    ),
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
            name="Inspection",
            fields=[
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
                    "id",
                    models.UUIDField(
                        default=sites.identifiers.new_id, primary_key=True, serialize=False
                    ),
                ),
                (
                    "asset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspections",
                        to="assets.asset",
                        verbose_name="asset",
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspections",
                        to="maintenance.agreement",
                        verbose_name="agreement",
                    ),
                ),
                (
                    "patrol",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspections",
                        to="maintenance.patrol",
                        verbose_name="patrol",
                    ),
                ),
                (
                    "standard",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspections",
                        to="maintenance.upkeepstandard",
                        verbose_name="standard",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("patrol", "Patrol check"),
                            ("supervision", "Supervisor's inspection"),
                            ("township", "Township inspection"),
                            ("department", "Department inspection"),
                            ("third_party", "Third-party inspection"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("inspected_at", models.DateTimeField(verbose_name="inspected at")),
                (
                    "score",
                    models.DecimalField(decimal_places=2, max_digits=5, verbose_name="score"),
                ),
                (
                    "position",
                    django.contrib.gis.db.models.fields.PointField(
                        blank=True,
                        null=True,
                        spatial_index=False,
                        srid=4490,
                        verbose_name="position",
                    ),
                ),
                (
                    "accuracy_m",
                    models.FloatField(blank=True, null=True, verbose_name="accuracy (m)"),
                ),
                ("note", models.TextField(blank=True, db_default="", verbose_name="note")),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspections",
                        to="sites.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "performed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "received_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "corrects",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="maintenance.inspection",
                        verbose_name="corrects",
                    ),
                ),
            ],
            options={
                "verbose_name": "inspection",
                "verbose_name_plural": "inspections",
                "ordering": ["-inspected_at", "-id"],
                "indexes": [
                    models.Index(fields=["asset", "-inspected_at"], name="inspection_of_asset"),
                    models.Index(
                        fields=["agreement", "-inspected_at"], name="inspection_of_agreement"
                    ),
                    models.Index(fields=["area_code", "-inspected_at"], name="inspection_area"),
                    models.Index(fields=["-inspected_at", "-id"], name="inspection_latest"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("score__gte", 0), ("score__lte", 100)),
                        name="inspection_score_in_range",
                        violation_error_message="A score lies between 0 and 100.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["patrol", "supervision", "township", "department", "third_party"],
                            )
                        ),
                        name="inspection_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=sites.functions.GeometryIsSound(models.F("position")),
                        name="inspection_position_is_sound",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="be56d2de79cb63ac669c395cb699a44690d37ccb",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_78a80",
                            table="maintenance_inspection",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="place",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nSELECT asset.area_code, asset.township_code INTO NEW.area_code, NEW.township_code\nFROM assets_asset asset WHERE asset.id = NEW.asset_id;\nRETURN NEW;\n",
                            hash="e54258e1297c9826cdcbec47fb234afbafb1b4b6",
                            operation="INSERT",
                            pgid="pgtrigger_place_83eae",
                            table="maintenance_inspection",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CheckAnswer",
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
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="maintenance.inspection",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="maintenance.checklistitem",
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("ok", "In order"),
                            ("failed", "Not in order"),
                            ("not_applicable", "Does not apply"),
                        ],
                        max_length=20,
                        verbose_name="result",
                    ),
                ),
                (
                    "chainage_m",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        max_digits=9,
                        null=True,
                        verbose_name="chainage (m)",
                    ),
                ),
                ("note", models.TextField(blank=True, db_default="", verbose_name="note")),
            ],
            options={
                "verbose_name": "answer",
                "verbose_name_plural": "answers",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("inspection", "item"), name="check_answer_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("result__in", ["ok", "failed", "not_applicable"])),
                        name="check_answer_result_known",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="59fd735b2bfd012eaebdd1b03f434e7f334daee0",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_ea33d",
                            table="maintenance_checkanswer",
                            when="BEFORE",
                        ),
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="InspectionPhoto",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="photos",
                        to="maintenance.inspection",
                    ),
                ),
                (
                    "answer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="photos",
                        to="maintenance.checkanswer",
                    ),
                ),
                (
                    "photo",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="assets.photo",
                    ),
                ),
            ],
            options={
                "verbose_name": "photo of an inspection",
                "verbose_name_plural": "photos of inspections",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("inspection", "photo"), name="inspection_photo_once"
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="UpkeepSchedule",
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
                        related_name="schedules",
                        to="assets.asset",
                        verbose_name="asset",
                    ),
                ),
                (
                    "standard",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="schedules",
                        to="maintenance.upkeepstandard",
                        verbose_name="standard",
                    ),
                ),
                ("frequency_days", models.PositiveSmallIntegerField(verbose_name="every (days)")),
                ("last_done_on", models.DateField(blank=True, null=True, verbose_name="last done")),
                ("next_due_on", models.DateField(verbose_name="next due")),
                (
                    "is_active",
                    models.BooleanField(db_default=True, default=True, verbose_name="in use"),
                ),
            ],
            options={
                "verbose_name": "upkeep schedule",
                "verbose_name_plural": "upkeep schedules",
                "ordering": ["next_due_on", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("is_active", True)),
                        fields=["next_due_on", "id"],
                        name="schedule_due",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("asset", "standard"), name="upkeep_schedule_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("frequency_days__gte", 1), ("frequency_days__lte", 3660)
                        ),
                        name="upkeep_schedule_frequency_in_range",
                        violation_error_message="A duty recurs every 1 to 3660 days.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."asset_id" IS DISTINCT FROM (NEW."asset_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."frequency_days" IS DISTINCT FROM (NEW."frequency_days") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."last_done_on" IS DISTINCT FROM (NEW."last_done_on") OR OLD."next_due_on" IS DISTINCT FROM (NEW."next_due_on") OR OLD."standard_id" IS DISTINCT FROM (NEW."standard_id"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="1d94a87b9e53434e2453b69fba7c9b1227206204",
                            operation="UPDATE",
                            pgid="pgtrigger_touch_341cf",
                            table="maintenance_upkeepschedule",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="note_upkeep_change",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nINSERT INTO assets_upkeepchange (xid, changed_at)\nVALUES (pg_current_xact_id()::text::bigint, now())\nON CONFLICT (xid) DO NOTHING;\nRETURN NULL;\n",
                            hash="eb46b5d08ce52ffdcc701acd6a3b53c1a95f8a17",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_note_upkeep_change_7fd3e",
                            table="maintenance_upkeepschedule",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "maintenance_upkeepscheduleevent" ("asset_id", "created_at", "frequency_days", "id", "is_active", "last_done_on", "next_due_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "standard_id", "updated_at", "version") VALUES (OLD."asset_id", OLD."created_at", OLD."frequency_days", OLD."id", OLD."is_active", OLD."last_done_on", OLD."next_due_on", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."standard_id", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="8696c06b1bea7ef4eded1191237ace14791acafb",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_edbf5",
                            table="maintenance_upkeepschedule",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "maintenance_upkeepscheduleevent" ("asset_id", "created_at", "frequency_days", "id", "is_active", "last_done_on", "next_due_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "standard_id", "updated_at", "version") VALUES (OLD."asset_id", OLD."created_at", OLD."frequency_days", OLD."id", OLD."is_active", OLD."last_done_on", OLD."next_due_on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."standard_id", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="d623f697d08ccd1ea178bf17a9c2f8a3335c5613",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_449cf",
                            table="maintenance_upkeepschedule",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UpkeepScheduleEvent",
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
                        to="maintenance.upkeepschedule",
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
                        verbose_name="asset",
                    ),
                ),
                (
                    "standard",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="maintenance.upkeepstandard",
                        verbose_name="standard",
                    ),
                ),
                ("frequency_days", models.PositiveSmallIntegerField(verbose_name="every (days)")),
                ("last_done_on", models.DateField(blank=True, null=True, verbose_name="last done")),
                ("next_due_on", models.DateField(verbose_name="next due")),
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
            name="UpkeepStandardEvent",
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
                        to="maintenance.upkeepstandard",
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
                (
                    "asset_kind",
                    models.CharField(
                        choices=[
                            ("road", "Rural road"),
                            ("village_centre", "Village centre"),
                            ("water_works", "Water works"),
                            ("housing", "Housing renovation"),
                            ("facility", "Other facility"),
                        ],
                        max_length=20,
                        verbose_name="kind of asset",
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
                    "task",
                    models.CharField(
                        choices=[
                            ("routine", "Routine upkeep"),
                            ("cleaning", "Cleaning"),
                            ("greening", "Greening"),
                            ("minor_repair", "Minor repair"),
                            ("operation", "Operation"),
                        ],
                        max_length=20,
                        verbose_name="task",
                    ),
                ),
                ("frequency_days", models.PositiveSmallIntegerField(verbose_name="every (days)")),
                (
                    "is_active",
                    models.BooleanField(db_default=True, default=True, verbose_name="in use"),
                ),
                (
                    "source",
                    models.CharField(
                        blank=True, db_default="", max_length=200, verbose_name="source"
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
            name="UpkeepStatus",
            fields=[
                (
                    "asset",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="upkeep_status",
                        serialize=False,
                        to="assets.asset",
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="maintenance.agreement",
                        verbose_name="agreement",
                    ),
                ),
                ("covered_days", maintenance.day_ranges.DaysField(db_default="{}", editable=False)),
                ("kept_days", maintenance.day_ranges.DaysField(db_default="{}", editable=False)),
                ("funded_days", maintenance.day_ranges.DaysField(db_default="{}", editable=False)),
                ("last_inspected_on", models.DateField(null=True)),
                ("next_due_on", models.DateField(null=True)),
                ("open_defects", models.PositiveIntegerField(db_default=0)),
                ("open_orders", models.PositiveIntegerField(db_default=0)),
            ],
            options={
                "verbose_name": "upkeep status",
                "verbose_name_plural": "upkeep statuses",
                "indexes": [
                    models.Index(fields=["next_due_on", "asset"], name="upkeep_status_due")
                ],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="WorkOrder",
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
                    "number",
                    models.BigIntegerField(
                        db_default=maintenance.models.defect.NextNumber("maintenance_order_no"),
                        editable=False,
                        unique=True,
                        verbose_name="number",
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="maintenance.agreement",
                        verbose_name="agreement",
                    ),
                ),
                (
                    "asset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="assets.asset",
                        verbose_name="asset",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("routine", "Routine"),
                            ("minor_repair", "Minor repair"),
                            ("emergency", "Emergency"),
                            ("engineering", "Upkeep engineering"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "priority",
                    models.CharField(
                        choices=[("normal", "Normal"), ("high", "High"), ("urgent", "Urgent")],
                        default="normal",
                        max_length=10,
                        verbose_name="priority",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("issued", "Issued"),
                            ("accepted", "Accepted by the executor"),
                            ("doing", "Under way"),
                            ("submitted", "Submitted"),
                            ("inspected", "Inspected"),
                            ("confirmed", "Confirmed"),
                            ("closed", "Closed"),
                            ("cancelled", "Cancelled"),
                        ],
                        db_default="issued",
                        default="issued",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "description",
                    models.TextField(blank=True, db_default="", verbose_name="description"),
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
                (
                    "point",
                    django.contrib.gis.db.models.fields.PointField(
                        spatial_index=False, srid=4490, verbose_name="position"
                    ),
                ),
                ("issued_at", models.DateTimeField(verbose_name="issued at")),
                ("due_at", models.DateTimeField(verbose_name="due")),
                (
                    "submitted_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="submitted at"
                    ),
                ),
                (
                    "closed_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="closed at"
                    ),
                ),
                (
                    "estimate",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="estimate (yuan)",
                    ),
                ),
                (
                    "agreed_price",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="agreed price (yuan)",
                    ),
                ),
                (
                    "executor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders_to_do",
                        to="sites.organisation",
                        verbose_name="executor",
                    ),
                ),
                (
                    "inspector",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders_to_inspect",
                        to="sites.organisation",
                        verbose_name="inspector",
                    ),
                ),
                (
                    "confirmer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders_to_confirm",
                        to="sites.organisation",
                        verbose_name="confirmer",
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "rework_count",
                    models.PositiveSmallIntegerField(
                        db_default=0, default=0, editable=False, verbose_name="times sent back"
                    ),
                ),
                (
                    "point_3857",
                    models.GeneratedField(
                        db_persist=True,
                        expression=sites.functions.ToMapProjection(models.F("point")),
                        output_field=django.contrib.gis.db.models.fields.GeometryField(
                            spatial_index=False, srid=3857
                        ),
                    ),
                ),
            ],
            options={
                "verbose_name": "work order",
                "verbose_name_plural": "work orders",
                "ordering": ["-issued_at", "-id"],
                "indexes": [
                    django.contrib.postgres.indexes.GistIndex(
                        fields=["point_3857"], name="order_place"
                    ),
                    models.Index(fields=["asset", "-issued_at"], name="order_of_asset"),
                    models.Index(fields=["agreement", "state"], name="order_of_agreement"),
                    models.Index(fields=["area_code", "state", "due_at"], name="order_area"),
                    models.Index(fields=["executor", "state", "due_at"], name="order_executor"),
                    models.Index(fields=["-issued_at", "-id"], name="order_latest"),
                    models.Index(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "issued",
                                    "accepted",
                                    "doing",
                                    "submitted",
                                    "inspected",
                                    "confirmed",
                                ],
                            )
                        ),
                        fields=["due_at", "id"],
                        name="order_open_due",
                    ),
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
                        name="work_order_chainage_in_order",
                        violation_error_message="A stretch must end after it begins, and begin at K0 or later.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "issued",
                                    "accepted",
                                    "doing",
                                    "submitted",
                                    "inspected",
                                    "confirmed",
                                    "closed",
                                    "cancelled",
                                ],
                            )
                        ),
                        name="work_order_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["routine", "minor_repair", "emergency", "engineering"])
                        ),
                        name="work_order_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("priority__in", ["normal", "high", "urgent"])),
                        name="work_order_priority_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_at__gt", models.F("issued_at"))),
                        name="work_order_due_after_issue",
                        violation_error_message="An order is due after it was issued.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("estimate__isnull", True), ("estimate__gte", 0), _connector="OR"
                            ),
                            models.Q(
                                ("agreed_price__isnull", True),
                                ("agreed_price__gte", 0),
                                _connector="OR",
                            ),
                        ),
                        name="work_order_amounts_not_negative",
                        violation_error_message="Amounts must not be negative.",
                    ),
                    models.CheckConstraint(
                        condition=sites.functions.GeometryIsSound(models.F("point")),
                        name="work_order_point_is_sound",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("executor", models.F("inspector")), _negated=True),
                            models.Q(("executor", models.F("confirmer")), _negated=True),
                            models.Q(("inspector", models.F("confirmer")), _negated=True),
                        ),
                        name="work_order_nobody_checks_own_work",
                        violation_error_message="The executor, the inspector and the confirmer are three different bodies.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."agreed_price" IS DISTINCT FROM (NEW."agreed_price") OR OLD."agreement_id" IS DISTINCT FROM (NEW."agreement_id") OR OLD."area_code" IS DISTINCT FROM (NEW."area_code") OR OLD."asset_id" IS DISTINCT FROM (NEW."asset_id") OR OLD."closed_at" IS DISTINCT FROM (NEW."closed_at") OR OLD."confirmer_id" IS DISTINCT FROM (NEW."confirmer_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."description" IS DISTINCT FROM (NEW."description") OR OLD."due_at" IS DISTINCT FROM (NEW."due_at") OR OLD."end_m" IS DISTINCT FROM (NEW."end_m") OR OLD."estimate" IS DISTINCT FROM (NEW."estimate") OR OLD."executor_id" IS DISTINCT FROM (NEW."executor_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."inspector_id" IS DISTINCT FROM (NEW."inspector_id") OR OLD."issued_at" IS DISTINCT FROM (NEW."issued_at") OR OLD."issued_by_id" IS DISTINCT FROM (NEW."issued_by_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."point" IS DISTINCT FROM (NEW."point") OR OLD."priority" IS DISTINCT FROM (NEW."priority") OR OLD."rework_count" IS DISTINCT FROM (NEW."rework_count") OR OLD."start_m" IS DISTINCT FROM (NEW."start_m") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."submitted_at" IS DISTINCT FROM (NEW."submitted_at") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."township_code" IS DISTINCT FROM (NEW."township_code"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="9cea22e857149a028efad253a21c2639bd05b414",
                            operation="UPDATE",
                            pgid="pgtrigger_touch_832f3",
                            table="maintenance_workorder",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="note_upkeep_change",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nINSERT INTO assets_upkeepchange (xid, changed_at)\nVALUES (pg_current_xact_id()::text::bigint, now())\nON CONFLICT (xid) DO NOTHING;\nRETURN NULL;\n",
                            hash="089ac7b411e51d42e9313e71005afa0db2acd0cf",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_note_upkeep_change_d182d",
                            table="maintenance_workorder",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="place",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nSELECT asset.area_code, asset.township_code INTO NEW.area_code, NEW.township_code\nFROM assets_asset asset WHERE asset.id = NEW.asset_id;\nRETURN NEW;\n",
                            hash="2f72728a7166ef6ee97b7283f4a4dd005ffcec98",
                            operation="INSERT",
                            pgid="pgtrigger_place_d0e63",
                            table="maintenance_workorder",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="change_recorded",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."state" IS DISTINCT FROM (NEW."state"))',
                            constraint="CONSTRAINT",
                            func="\nIF NOT EXISTS (\n    SELECT 1 FROM maintenance_orderchange change\n    WHERE change.order_id = NEW.id AND change.from_state = OLD.state\n      AND change.to_state = NEW.state AND change.xid = pg_current_xact_id()::text::bigint\n) THEN\n    RAISE EXCEPTION 'a state changed without a record'\n        USING ERRCODE = 'check_violation', CONSTRAINT = 'maintenance_orderchange_recorded';\nEND IF;\nRETURN NULL;\n",
                            hash="220148c6eb3254504916723d483b4a51ab7f280f",
                            operation='UPDATE OF "state"',
                            pgid="pgtrigger_change_recorded_044cc",
                            table="maintenance_workorder",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."agreed_price" IS DISTINCT FROM (NEW."agreed_price") OR OLD."agreement_id" IS DISTINCT FROM (NEW."agreement_id") OR OLD."area_code" IS DISTINCT FROM (NEW."area_code") OR OLD."asset_id" IS DISTINCT FROM (NEW."asset_id") OR OLD."closed_at" IS DISTINCT FROM (NEW."closed_at") OR OLD."confirmer_id" IS DISTINCT FROM (NEW."confirmer_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."description" IS DISTINCT FROM (NEW."description") OR OLD."due_at" IS DISTINCT FROM (NEW."due_at") OR OLD."end_m" IS DISTINCT FROM (NEW."end_m") OR OLD."estimate" IS DISTINCT FROM (NEW."estimate") OR OLD."executor_id" IS DISTINCT FROM (NEW."executor_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."inspector_id" IS DISTINCT FROM (NEW."inspector_id") OR OLD."issued_at" IS DISTINCT FROM (NEW."issued_at") OR OLD."issued_by_id" IS DISTINCT FROM (NEW."issued_by_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."point" IS DISTINCT FROM (NEW."point") OR OLD."priority" IS DISTINCT FROM (NEW."priority") OR OLD."rework_count" IS DISTINCT FROM (NEW."rework_count") OR OLD."start_m" IS DISTINCT FROM (NEW."start_m") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."submitted_at" IS DISTINCT FROM (NEW."submitted_at") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."township_code" IS DISTINCT FROM (NEW."township_code") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                            func='INSERT INTO "maintenance_workorderevent" ("agreed_price", "agreement_id", "area_code", "asset_id", "closed_at", "confirmer_id", "created_at", "description", "due_at", "end_m", "estimate", "executor_id", "id", "inspector_id", "issued_at", "issued_by_id", "kind", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "point", "priority", "rework_count", "start_m", "state", "submitted_at", "title", "township_code", "updated_at", "version") VALUES (OLD."agreed_price", OLD."agreement_id", OLD."area_code", OLD."asset_id", OLD."closed_at", OLD."confirmer_id", OLD."created_at", OLD."description", OLD."due_at", OLD."end_m", OLD."estimate", OLD."executor_id", OLD."id", OLD."inspector_id", OLD."issued_at", OLD."issued_by_id", OLD."kind", OLD."number", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."point", OLD."priority", OLD."rework_count", OLD."start_m", OLD."state", OLD."submitted_at", OLD."title", OLD."township_code", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="2d3954b8c6124a979828507cb844754eaa58e4f9",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_45dd6",
                            table="maintenance_workorder",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "maintenance_workorderevent" ("agreed_price", "agreement_id", "area_code", "asset_id", "closed_at", "confirmer_id", "created_at", "description", "due_at", "end_m", "estimate", "executor_id", "id", "inspector_id", "issued_at", "issued_by_id", "kind", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "point", "priority", "rework_count", "start_m", "state", "submitted_at", "title", "township_code", "updated_at", "version") VALUES (OLD."agreed_price", OLD."agreement_id", OLD."area_code", OLD."asset_id", OLD."closed_at", OLD."confirmer_id", OLD."created_at", OLD."description", OLD."due_at", OLD."end_m", OLD."estimate", OLD."executor_id", OLD."id", OLD."inspector_id", OLD."issued_at", OLD."issued_by_id", OLD."kind", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."point", OLD."priority", OLD."rework_count", OLD."start_m", OLD."state", OLD."submitted_at", OLD."title", OLD."township_code", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="9f07e8b42f7bdf2f186dbdb4ce2562cd9476b3fd",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_72c48",
                            table="maintenance_workorder",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CostEntry",
            fields=[
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
                        related_name="costs",
                        to="assets.asset",
                        verbose_name="asset",
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="costs",
                        to="maintenance.agreement",
                        verbose_name="agreement",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="costs",
                        to="maintenance.workorder",
                        verbose_name="work order",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("labour", "Labour"),
                            ("material", "Material"),
                            ("machine", "Machines"),
                            ("other", "Other"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("central", "Central government"),
                            ("province", "Province"),
                            ("city", "City"),
                            ("district", "District"),
                            ("township", "Township"),
                            ("village", "Village collective"),
                            ("user_fees", "User fees"),
                            ("donation", "Donations"),
                            ("post_subsidy", "Public-benefit post subsidy"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                        verbose_name="source",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=14, verbose_name="amount (yuan)"
                    ),
                ),
                ("incurred_on", models.DateField(verbose_name="date")),
                (
                    "note",
                    models.CharField(
                        blank=True, db_default="", max_length=200, verbose_name="note"
                    ),
                ),
                (
                    "reverses",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversal",
                        to="maintenance.costentry",
                        verbose_name="reverses",
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
                "verbose_name": "cost entry",
                "verbose_name_plural": "cost entries",
                "ordering": ["-incurred_on", "-id"],
                "indexes": [
                    models.Index(fields=["asset", "incurred_on"], name="cost_of_asset"),
                    models.Index(fields=["area_code", "incurred_on"], name="cost_area"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["labour", "material", "machine", "other"]),
                            (
                                "source__in",
                                [
                                    "central",
                                    "province",
                                    "city",
                                    "district",
                                    "township",
                                    "village",
                                    "user_fees",
                                    "donation",
                                    "post_subsidy",
                                    "other",
                                ],
                            ),
                        ),
                        name="cost_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount__gt", 0), ("reverses__isnull", True)),
                            models.Q(("amount__lt", 0), ("reverses__isnull", False)),
                            _connector="OR",
                        ),
                        name="cost_sign",
                        violation_error_message="A cost is positive; only a reversal is negative.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="c6d46dd1056240638f41769a4be8ca50f147b59c",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_a4f3f",
                            table="maintenance_costentry",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="place",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nSELECT asset.area_code, asset.township_code INTO NEW.area_code, NEW.township_code\nFROM assets_asset asset WHERE asset.id = NEW.asset_id;\nRETURN NEW;\n",
                            hash="b0628b93c6b7020dfc52e8bd2854ca383befc4c9",
                            operation="INSERT",
                            pgid="pgtrigger_place_d2f13",
                            table="maintenance_costentry",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Defect",
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
                    "number",
                    models.BigIntegerField(
                        db_default=maintenance.models.defect.NextNumber("maintenance_defect_no"),
                        editable=False,
                        unique=True,
                        verbose_name="number",
                    ),
                ),
                (
                    "asset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="defects",
                        to="assets.asset",
                        verbose_name="asset",
                    ),
                ),
                (
                    "structure",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="defects",
                        to="assets.structure",
                        verbose_name="structure",
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="defects",
                        to="maintenance.agreement",
                        verbose_name="agreement",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="defects",
                        to="maintenance.workorder",
                        verbose_name="work order",
                    ),
                ),
                (
                    "inspection_answer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="defects",
                        to="maintenance.checkanswer",
                    ),
                ),
                (
                    "survey",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="defects",
                        to="assets.conditionsurvey",
                    ),
                ),
                (
                    "duplicate_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duplicates",
                        to="maintenance.defect",
                        verbose_name="duplicate of",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("pothole", "Pothole"),
                            ("crack", "Crack"),
                            ("subsidence", "Subsidence"),
                            ("edge_damage", "Damaged edge or shoulder"),
                            ("landslide", "Landslide or fallen rock"),
                            ("blocked_drain", "Blocked ditch or culvert"),
                            ("structure_damage", "Damaged structure"),
                            ("safety_missing", "Missing or damaged safety facility"),
                            ("litter", "Litter or obstruction"),
                            ("leak", "Leak"),
                            ("no_water", "No water"),
                            ("water_quality", "Bad water quality"),
                            ("equipment", "Equipment failure"),
                            ("lighting", "Lamp out of order"),
                            ("building", "Damaged building"),
                            ("encroachment", "Encroachment"),
                            ("other", "Other defect"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "severity",
                    models.CharField(
                        choices=[
                            ("minor", "Minor"),
                            ("moderate", "Moderate"),
                            ("serious", "Serious"),
                        ],
                        max_length=10,
                        verbose_name="severity",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("patrol", "Patrol"),
                            ("inspection", "Inspection"),
                            ("survey", "Condition survey"),
                            ("public", "Public report"),
                            ("office", "Office"),
                        ],
                        max_length=12,
                        verbose_name="source",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("reported", "Reported"),
                            ("verified", "Verified"),
                            ("duplicate", "Duplicate"),
                            ("rejected", "Rejected"),
                            ("ordered", "Ordered"),
                            ("repaired", "Repaired"),
                            ("closed", "Closed"),
                        ],
                        db_default="reported",
                        default="reported",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                (
                    "chainage_m",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        max_digits=9,
                        null=True,
                        verbose_name="chainage (m)",
                    ),
                ),
                (
                    "point",
                    django.contrib.gis.db.models.fields.PointField(
                        spatial_index=False, srid=4490, verbose_name="position"
                    ),
                ),
                (
                    "needs_review",
                    models.BooleanField(
                        db_default=False, default=False, verbose_name="needs review"
                    ),
                ),
                (
                    "description",
                    models.TextField(blank=True, db_default="", verbose_name="description"),
                ),
                ("found_at", models.DateTimeField(verbose_name="found at")),
                (
                    "closed_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="closed at"
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                        verbose_name="reported for",
                    ),
                ),
                (
                    "point_3857",
                    models.GeneratedField(
                        db_persist=True,
                        expression=sites.functions.ToMapProjection(models.F("point")),
                        output_field=django.contrib.gis.db.models.fields.GeometryField(
                            spatial_index=False, srid=3857
                        ),
                    ),
                ),
            ],
            options={
                "verbose_name": "defect",
                "verbose_name_plural": "defects",
                "ordering": ["-found_at", "-id"],
                "indexes": [
                    django.contrib.postgres.indexes.GistIndex(
                        fields=["point_3857"], name="defect_place"
                    ),
                    models.Index(fields=["asset", "-found_at"], name="defect_of_asset"),
                    models.Index(fields=["area_code", "state", "-found_at"], name="defect_area"),
                    models.Index(fields=["agreement", "state"], name="defect_of_agreement"),
                    models.Index(fields=["-found_at", "-id"], name="defect_latest"),
                    models.Index(
                        condition=models.Q(
                            ("state__in", ["reported", "verified", "ordered", "repaired"])
                        ),
                        fields=["asset"],
                        name="defect_open",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "reported",
                                    "verified",
                                    "duplicate",
                                    "rejected",
                                    "ordered",
                                    "repaired",
                                    "closed",
                                ],
                            )
                        ),
                        name="defect_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "pothole",
                                    "crack",
                                    "subsidence",
                                    "edge_damage",
                                    "landslide",
                                    "blocked_drain",
                                    "structure_damage",
                                    "safety_missing",
                                    "litter",
                                    "leak",
                                    "no_water",
                                    "water_quality",
                                    "equipment",
                                    "lighting",
                                    "building",
                                    "encroachment",
                                    "other",
                                ],
                            )
                        ),
                        name="defect_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("severity__in", ["minor", "moderate", "serious"])),
                        name="defect_severity_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("source__in", ["patrol", "inspection", "survey", "public", "office"])
                        ),
                        name="defect_source_known",
                    ),
                    models.CheckConstraint(
                        condition=sites.functions.GeometryIsSound(models.F("point")),
                        name="defect_point_is_sound",
                        violation_error_message="The geometry is empty, invalid or out of bounds.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("duplicate_of__isnull", False), ("state", "duplicate")),
                            models.Q(
                                models.Q(("state", "duplicate"), _negated=True),
                                ("duplicate_of__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="defect_duplicate_names_the_other",
                        violation_error_message="A duplicate names the defect that it repeats.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("duplicate_of__isnull", True),
                            models.Q(("duplicate_of", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="defect_is_not_its_own_duplicate",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["ordered", "repaired"]), _negated=True),
                            ("order__isnull", False),
                            _connector="OR",
                        ),
                        name="defect_ordered_has_order",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."agreement_id" IS DISTINCT FROM (NEW."agreement_id") OR OLD."area_code" IS DISTINCT FROM (NEW."area_code") OR OLD."asset_id" IS DISTINCT FROM (NEW."asset_id") OR OLD."chainage_m" IS DISTINCT FROM (NEW."chainage_m") OR OLD."closed_at" IS DISTINCT FROM (NEW."closed_at") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."description" IS DISTINCT FROM (NEW."description") OR OLD."duplicate_of_id" IS DISTINCT FROM (NEW."duplicate_of_id") OR OLD."found_at" IS DISTINCT FROM (NEW."found_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."inspection_answer_id" IS DISTINCT FROM (NEW."inspection_answer_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."needs_review" IS DISTINCT FROM (NEW."needs_review") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."order_id" IS DISTINCT FROM (NEW."order_id") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."point" IS DISTINCT FROM (NEW."point") OR OLD."reported_by_id" IS DISTINCT FROM (NEW."reported_by_id") OR OLD."severity" IS DISTINCT FROM (NEW."severity") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."structure_id" IS DISTINCT FROM (NEW."structure_id") OR OLD."survey_id" IS DISTINCT FROM (NEW."survey_id") OR OLD."township_code" IS DISTINCT FROM (NEW."township_code"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="c741a76325ca845bf22e81a2933d4db70582c470",
                            operation="UPDATE",
                            pgid="pgtrigger_touch_a19a9",
                            table="maintenance_defect",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="note_upkeep_change",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nINSERT INTO assets_upkeepchange (xid, changed_at)\nVALUES (pg_current_xact_id()::text::bigint, now())\nON CONFLICT (xid) DO NOTHING;\nRETURN NULL;\n",
                            hash="5712fca4c8c6a3a31f3bfb10b457458723db4d9d",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_note_upkeep_change_73fce",
                            table="maintenance_defect",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="place",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nSELECT asset.area_code, asset.township_code INTO NEW.area_code, NEW.township_code\nFROM assets_asset asset WHERE asset.id = NEW.asset_id;\nRETURN NEW;\n",
                            hash="028ae05955d278f919a13be878d855d20590fb8d",
                            operation="INSERT",
                            pgid="pgtrigger_place_02065",
                            table="maintenance_defect",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="change_recorded",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."state" IS DISTINCT FROM (NEW."state"))',
                            constraint="CONSTRAINT",
                            func="\nIF NOT EXISTS (\n    SELECT 1 FROM maintenance_defectchange change\n    WHERE change.defect_id = NEW.id AND change.from_state = OLD.state\n      AND change.to_state = NEW.state AND change.xid = pg_current_xact_id()::text::bigint\n) THEN\n    RAISE EXCEPTION 'a state changed without a record'\n        USING ERRCODE = 'check_violation', CONSTRAINT = 'maintenance_defectchange_recorded';\nEND IF;\nRETURN NULL;\n",
                            hash="eafee633c49465201d72ca43de1db8a3cb6f5be2",
                            operation='UPDATE OF "state"',
                            pgid="pgtrigger_change_recorded_27bb8",
                            table="maintenance_defect",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."agreement_id" IS DISTINCT FROM (NEW."agreement_id") OR OLD."area_code" IS DISTINCT FROM (NEW."area_code") OR OLD."asset_id" IS DISTINCT FROM (NEW."asset_id") OR OLD."chainage_m" IS DISTINCT FROM (NEW."chainage_m") OR OLD."closed_at" IS DISTINCT FROM (NEW."closed_at") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."description" IS DISTINCT FROM (NEW."description") OR OLD."duplicate_of_id" IS DISTINCT FROM (NEW."duplicate_of_id") OR OLD."found_at" IS DISTINCT FROM (NEW."found_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."inspection_answer_id" IS DISTINCT FROM (NEW."inspection_answer_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."needs_review" IS DISTINCT FROM (NEW."needs_review") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."order_id" IS DISTINCT FROM (NEW."order_id") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."point" IS DISTINCT FROM (NEW."point") OR OLD."reported_by_id" IS DISTINCT FROM (NEW."reported_by_id") OR OLD."severity" IS DISTINCT FROM (NEW."severity") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."structure_id" IS DISTINCT FROM (NEW."structure_id") OR OLD."survey_id" IS DISTINCT FROM (NEW."survey_id") OR OLD."township_code" IS DISTINCT FROM (NEW."township_code") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                            func='INSERT INTO "maintenance_defectevent" ("agreement_id", "area_code", "asset_id", "chainage_m", "closed_at", "created_at", "description", "duplicate_of_id", "found_at", "id", "inspection_answer_id", "kind", "needs_review", "number", "order_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "point", "reported_by_id", "severity", "source", "state", "structure_id", "survey_id", "township_code", "updated_at", "version") VALUES (OLD."agreement_id", OLD."area_code", OLD."asset_id", OLD."chainage_m", OLD."closed_at", OLD."created_at", OLD."description", OLD."duplicate_of_id", OLD."found_at", OLD."id", OLD."inspection_answer_id", OLD."kind", OLD."needs_review", OLD."number", OLD."order_id", OLD."organisation_id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."point", OLD."reported_by_id", OLD."severity", OLD."source", OLD."state", OLD."structure_id", OLD."survey_id", OLD."township_code", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="cb8040be4291df6b2e48e7978ddbeb101a31f6d0",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e25d4",
                            table="maintenance_defect",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "maintenance_defectevent" ("agreement_id", "area_code", "asset_id", "chainage_m", "closed_at", "created_at", "description", "duplicate_of_id", "found_at", "id", "inspection_answer_id", "kind", "needs_review", "number", "order_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "point", "reported_by_id", "severity", "source", "state", "structure_id", "survey_id", "township_code", "updated_at", "version") VALUES (OLD."agreement_id", OLD."area_code", OLD."asset_id", OLD."chainage_m", OLD."closed_at", OLD."created_at", OLD."description", OLD."duplicate_of_id", OLD."found_at", OLD."id", OLD."inspection_answer_id", OLD."kind", OLD."needs_review", OLD."number", OLD."order_id", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."point", OLD."reported_by_id", OLD."severity", OLD."source", OLD."state", OLD."structure_id", OLD."survey_id", OLD."township_code", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="e72c6c3cc37d457b2a9ec84f7ecbf2e89f9187e8",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_fb735",
                            table="maintenance_defect",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AssessmentLine",
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
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="maintenance.assessment",
                    ),
                ),
                (
                    "points",
                    models.DecimalField(decimal_places=2, max_digits=5, verbose_name="points lost"),
                ),
                ("cause", models.CharField(max_length=200, verbose_name="cause")),
                (
                    "inspection",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="maintenance.inspection",
                    ),
                ),
                (
                    "defect",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="maintenance.defect",
                    ),
                ),
            ],
            options={
                "verbose_name": "lost points",
                "verbose_name_plural": "lost points",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("points__gt", 0), ("points__lte", 100)),
                        name="assessment_line_points_in_range",
                        violation_error_message="Lost points lie above 0 and up to 100.",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="f16424fecc328cccad39d2689b84e805fe43f793",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_af5c6",
                            table="maintenance_assessmentline",
                            when="BEFORE",
                        ),
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="DefectChange",
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
                    "defect",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="maintenance.defect",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of a defect",
                "verbose_name_plural": "changes of defects",
                "ordering": ["at", "id"],
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="6acaad96a485b8d6ae29819bb73d9f8fb4fc340c",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_a91f2",
                            table="maintenance_defectchange",
                            when="BEFORE",
                        ),
                    )
                ],
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="DefectEvent",
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
                        to="maintenance.defect",
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
                    "number",
                    models.BigIntegerField(
                        db_default=maintenance.models.defect.NextNumber("maintenance_defect_no"),
                        editable=False,
                        verbose_name="number",
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
                        verbose_name="asset",
                    ),
                ),
                (
                    "structure",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="assets.structure",
                        verbose_name="structure",
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="maintenance.agreement",
                        verbose_name="agreement",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="maintenance.workorder",
                        verbose_name="work order",
                    ),
                ),
                (
                    "inspection_answer",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="maintenance.checkanswer",
                    ),
                ),
                (
                    "survey",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="assets.conditionsurvey",
                    ),
                ),
                (
                    "duplicate_of",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="maintenance.defect",
                        verbose_name="duplicate of",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("pothole", "Pothole"),
                            ("crack", "Crack"),
                            ("subsidence", "Subsidence"),
                            ("edge_damage", "Damaged edge or shoulder"),
                            ("landslide", "Landslide or fallen rock"),
                            ("blocked_drain", "Blocked ditch or culvert"),
                            ("structure_damage", "Damaged structure"),
                            ("safety_missing", "Missing or damaged safety facility"),
                            ("litter", "Litter or obstruction"),
                            ("leak", "Leak"),
                            ("no_water", "No water"),
                            ("water_quality", "Bad water quality"),
                            ("equipment", "Equipment failure"),
                            ("lighting", "Lamp out of order"),
                            ("building", "Damaged building"),
                            ("encroachment", "Encroachment"),
                            ("other", "Other defect"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "severity",
                    models.CharField(
                        choices=[
                            ("minor", "Minor"),
                            ("moderate", "Moderate"),
                            ("serious", "Serious"),
                        ],
                        max_length=10,
                        verbose_name="severity",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("patrol", "Patrol"),
                            ("inspection", "Inspection"),
                            ("survey", "Condition survey"),
                            ("public", "Public report"),
                            ("office", "Office"),
                        ],
                        max_length=12,
                        verbose_name="source",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("reported", "Reported"),
                            ("verified", "Verified"),
                            ("duplicate", "Duplicate"),
                            ("rejected", "Rejected"),
                            ("ordered", "Ordered"),
                            ("repaired", "Repaired"),
                            ("closed", "Closed"),
                        ],
                        db_default="reported",
                        default="reported",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                (
                    "chainage_m",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        max_digits=9,
                        null=True,
                        verbose_name="chainage (m)",
                    ),
                ),
                (
                    "point",
                    django.contrib.gis.db.models.fields.PointField(
                        spatial_index=False, srid=4490, verbose_name="position"
                    ),
                ),
                (
                    "needs_review",
                    models.BooleanField(
                        db_default=False, default=False, verbose_name="needs review"
                    ),
                ),
                (
                    "description",
                    models.TextField(blank=True, db_default="", verbose_name="description"),
                ),
                ("found_at", models.DateTimeField(verbose_name="found at")),
                (
                    "closed_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="closed at"
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                        verbose_name="reported for",
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
            name="DefectPhoto",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "defect",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="photos",
                        to="maintenance.defect",
                    ),
                ),
                (
                    "photo",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="assets.photo",
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[("before", "Before"), ("during", "During"), ("after", "After")],
                        default="before",
                        max_length=10,
                        verbose_name="stage",
                    ),
                ),
            ],
            options={
                "verbose_name": "photo of a defect",
                "verbose_name_plural": "photos of defects",
                "constraints": [
                    models.UniqueConstraint(fields=("defect", "photo"), name="defect_photo_once")
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="MaintenanceLog",
            fields=[
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
                    "id",
                    models.UUIDField(
                        default=sites.identifiers.new_id, primary_key=True, serialize=False
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="logs",
                        to="maintenance.workorder",
                        verbose_name="work order",
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="logs",
                        to="maintenance.agreement",
                        verbose_name="agreement",
                    ),
                ),
                (
                    "asset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="logs",
                        to="assets.asset",
                        verbose_name="asset",
                    ),
                ),
                (
                    "task",
                    models.CharField(
                        choices=[
                            ("routine", "Routine upkeep"),
                            ("cleaning", "Cleaning"),
                            ("greening", "Greening"),
                            ("minor_repair", "Minor repair"),
                            ("operation", "Operation"),
                        ],
                        max_length=20,
                        verbose_name="task",
                    ),
                ),
                ("device_time", models.DateTimeField(verbose_name="time on the device")),
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
                        db_default=maintenance.models.defect.NextNumber("maintenance_log_seq"),
                        editable=False,
                        unique=True,
                    ),
                ),
                (
                    "xid",
                    models.BigIntegerField(
                        db_default=sites.models.state_change.CurrentTransaction(), editable=False
                    ),
                ),
                (
                    "position",
                    django.contrib.gis.db.models.fields.PointField(
                        blank=True,
                        null=True,
                        spatial_index=False,
                        srid=4490,
                        verbose_name="position",
                    ),
                ),
                (
                    "accuracy_m",
                    models.FloatField(blank=True, null=True, verbose_name="accuracy (m)"),
                ),
                (
                    "distance_m",
                    models.FloatField(
                        blank=True, null=True, verbose_name="distance from the asset (m)"
                    ),
                ),
                (
                    "chainage_m",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        max_digits=9,
                        null=True,
                        verbose_name="chainage (m)",
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
                    models.CharField(
                        blank=True,
                        choices=[
                            ("m", "m"),
                            ("m2", "m²"),
                            ("m3", "m³"),
                            ("place", "places"),
                            ("piece", "pieces"),
                        ],
                        db_default="",
                        max_length=10,
                        verbose_name="unit",
                    ),
                ),
                (
                    "labour_days",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=7,
                        null=True,
                        verbose_name="labour-days",
                    ),
                ),
                (
                    "material",
                    models.CharField(
                        blank=True, db_default="", max_length=200, verbose_name="material"
                    ),
                ),
                ("note", models.TextField(blank=True, db_default="", verbose_name="note")),
                (
                    "worker",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="worker",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="logs",
                        to="sites.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "device_id",
                    models.CharField(blank=True, db_default="", editable=False, max_length=80),
                ),
                (
                    "corrects",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="maintenance.maintenancelog",
                        verbose_name="corrects",
                    ),
                ),
                ("content_hash", models.CharField(editable=False, max_length=64)),
            ],
            options={
                "verbose_name": "maintenance log",
                "verbose_name_plural": "maintenance logs",
                "ordering": ["-server_seq"],
                "indexes": [
                    models.Index(fields=["asset", "-server_seq"], name="log_of_asset"),
                    models.Index(
                        condition=models.Q(("order__isnull", False)),
                        fields=["order", "-server_seq"],
                        name="log_of_order",
                    ),
                    models.Index(fields=["agreement", "-server_seq"], name="log_of_agreement"),
                    models.Index(fields=["area_code", "-server_seq"], name="log_area"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "task__in",
                                ["routine", "cleaning", "greening", "minor_repair", "operation"],
                            )
                        ),
                        name="log_task_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit__in", ["", "m", "m2", "m3", "place", "piece"])),
                        name="log_unit_known",
                    ),
                    models.CheckConstraint(
                        condition=sites.functions.GeometryIsSound(models.F("position")),
                        name="log_position_is_sound",
                        violation_error_message="The geometry is empty, invalid or out of bounds.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("quantity__isnull", True), ("quantity__gte", 0), _connector="OR"
                            ),
                            models.Q(
                                ("labour_days__isnull", True),
                                ("labour_days__gte", 0),
                                _connector="OR",
                            ),
                        ),
                        name="log_amounts_in_range",
                        violation_error_message="Quantities must not be negative.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("corrects__isnull", True),
                            models.Q(("corrects", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="log_is_not_its_own_correction",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="0bd3317c6881678a474a77840cdb8f5f72b3027b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_5eb3e",
                            table="maintenance_maintenancelog",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="place",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nSELECT asset.area_code, asset.township_code INTO NEW.area_code, NEW.township_code\nFROM assets_asset asset WHERE asset.id = NEW.asset_id;\nRETURN NEW;\n",
                            hash="00e0e972ece6cb2a1dd5164c81cb0105f01f75d4",
                            operation="INSERT",
                            pgid="pgtrigger_place_91c97",
                            table="maintenance_maintenancelog",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LogPhoto",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "log",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="photos",
                        to="maintenance.maintenancelog",
                    ),
                ),
                (
                    "photo",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="assets.photo",
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
                "verbose_name": "photo of a log",
                "verbose_name_plural": "photos of logs",
                "constraints": [
                    models.UniqueConstraint(fields=("log", "photo"), name="log_photo_once")
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="ac20b49360a81a635e84d08db2903a9e48008db3",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_d0b26",
                            table="maintenance_logphoto",
                            when="BEFORE",
                        ),
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="LogReview",
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
                    "log",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="maintenance.maintenancelog",
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
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    ),
                ),
            ],
            options={
                "verbose_name": "review of a log",
                "verbose_name_plural": "reviews of logs",
                "ordering": ["at", "id"],
                "indexes": [models.Index(fields=["log", "-at"], name="log_review_latest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verdict", "verified"),
                            models.Q(
                                ("verdict", "returned"), models.Q(("reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="log_review_returned_has_reason",
                        violation_error_message="An entry is returned with a reason.",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="9bc8ff4341ebd92b421797f5acba252953a4bb45",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_1c03a",
                            table="maintenance_logreview",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OrderChange",
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
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="maintenance.workorder",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of a work order",
                "verbose_name_plural": "changes of work orders",
                "ordering": ["at", "id"],
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="5cd9c291c24c59033665f07638e83fc84e04e58b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_715af",
                            table="maintenance_orderchange",
                            when="BEFORE",
                        ),
                    )
                ],
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="OrderQuantity",
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
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="quantities",
                        to="maintenance.workorder",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                ("item", models.CharField(max_length=120, verbose_name="item")),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("m", "m"),
                            ("m2", "m²"),
                            ("m3", "m³"),
                            ("place", "places"),
                            ("piece", "pieces"),
                        ],
                        max_length=10,
                        verbose_name="unit",
                    ),
                ),
                (
                    "planned",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="planned",
                    ),
                ),
                (
                    "done",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="done"
                    ),
                ),
            ],
            options={
                "verbose_name": "quantity of an order",
                "verbose_name_plural": "quantities of orders",
                "ordering": ["order", "position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("order", "position"), name="order_quantity_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("planned__isnull", True), ("planned__gte", 0), _connector="OR"
                            ),
                            models.Q(("done__isnull", True), ("done__gte", 0), _connector="OR"),
                        ),
                        name="order_quantity_not_negative",
                        violation_error_message="Quantities must not be negative.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit__in", ["m", "m2", "m3", "place", "piece"])),
                        name="order_quantity_unit_known",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "maintenance_orderquantityevent" ("done", "id", "item", "order_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned", "position", "unit") VALUES (OLD."done", OLD."id", OLD."item", OLD."order_id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."planned", OLD."position", OLD."unit"); RETURN NULL;',
                            hash="45773c27b6a649dc5b50d33ed5e5542b7401ff54",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_41539",
                            table="maintenance_orderquantity",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "maintenance_orderquantityevent" ("done", "id", "item", "order_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned", "position", "unit") VALUES (OLD."done", OLD."id", OLD."item", OLD."order_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."planned", OLD."position", OLD."unit"); RETURN NULL;',
                            hash="11c9abaed18083b502d15a6b1758a427fe30d35f",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_3e662",
                            table="maintenance_orderquantity",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="OrderQuantityEvent",
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
                        to="maintenance.orderquantity",
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
                    "order",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="maintenance.workorder",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                ("item", models.CharField(max_length=120, verbose_name="item")),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("m", "m"),
                            ("m2", "m²"),
                            ("m3", "m³"),
                            ("place", "places"),
                            ("piece", "pieces"),
                        ],
                        max_length=10,
                        verbose_name="unit",
                    ),
                ),
                (
                    "planned",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="planned",
                    ),
                ),
                (
                    "done",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="done"
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
            name="PaymentDeduction",
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
                    "payment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deductions",
                        to="maintenance.paymentrequest",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=14, verbose_name="amount (yuan)"
                    ),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
                (
                    "defect",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="maintenance.defect",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="maintenance.workorder",
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
                "verbose_name": "deduction",
                "verbose_name_plural": "deductions",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)),
                        name="payment_deduction_positive",
                        violation_error_message="A deduction is a positive amount.",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "maintenance_paymentdeductionevent" ("added_by_id", "amount", "defect_id", "id", "order_id", "payment_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") VALUES (OLD."added_by_id", OLD."amount", OLD."defect_id", OLD."id", OLD."order_id", OLD."payment_id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."reason"); RETURN NULL;',
                            hash="d174dba5fb624b08cc696a04098ad3717043243b",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_d3437",
                            table="maintenance_paymentdeduction",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "maintenance_paymentdeductionevent" ("added_by_id", "amount", "defect_id", "id", "order_id", "payment_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") VALUES (OLD."added_by_id", OLD."amount", OLD."defect_id", OLD."id", OLD."order_id", OLD."payment_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason"); RETURN NULL;',
                            hash="72c0c417dc20a02e608fb76ed9e9cf11a233b91c",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_8135a",
                            table="maintenance_paymentdeduction",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="PaymentDeductionEvent",
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
                        to="maintenance.paymentdeduction",
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
                    "payment",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="maintenance.paymentrequest",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=14, verbose_name="amount (yuan)"
                    ),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
                (
                    "defect",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="maintenance.defect",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="maintenance.workorder",
                    ),
                ),
                (
                    "added_by",
                    models.ForeignKey(
                        db_constraint=False,
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
            name="PublicReport",
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
                    "tracking_code",
                    models.CharField(
                        default=maintenance.models.defect.new_tracking_code,
                        editable=False,
                        max_length=16,
                        unique=True,
                        verbose_name="tracking code",
                    ),
                ),
                (
                    "asset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="public_reports",
                        to="assets.asset",
                        verbose_name="asset",
                    ),
                ),
                (
                    "defect",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="public_reports",
                        to="maintenance.defect",
                        verbose_name="defect",
                    ),
                ),
                ("text", models.TextField(verbose_name="what is wrong")),
                (
                    "point",
                    django.contrib.gis.db.models.fields.PointField(
                        blank=True,
                        null=True,
                        spatial_index=False,
                        srid=4490,
                        verbose_name="position",
                    ),
                ),
                (
                    "accuracy_m",
                    models.FloatField(blank=True, null=True, verbose_name="accuracy (m)"),
                ),
                (
                    "contact",
                    models.CharField(
                        blank=True, db_default="", max_length=120, verbose_name="contact"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "Received"),
                            ("linked", "Being dealt with"),
                            ("answered", "Answered"),
                            ("rejected", "Not taken up"),
                            ("reopened", "Reopened"),
                        ],
                        db_default="received",
                        default="received",
                        max_length=12,
                        verbose_name="state",
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
                ("answer", models.TextField(blank=True, db_default="", verbose_name="answer")),
                (
                    "answered_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="answered at"
                    ),
                ),
                (
                    "reporter_key",
                    models.CharField(blank=True, db_default="", editable=False, max_length=64),
                ),
            ],
            options={
                "verbose_name": "public report",
                "verbose_name_plural": "public reports",
                "ordering": ["-received_at", "-id"],
                "indexes": [
                    models.Index(fields=["area_code", "state", "-received_at"], name="report_area"),
                    models.Index(fields=["reporter_key", "-received_at"], name="report_by_sender"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["received", "linked", "answered", "rejected", "reopened"],
                            )
                        ),
                        name="public_report_state_known",
                    ),
                    models.CheckConstraint(
                        condition=sites.functions.GeometryIsSound(models.F("point")),
                        name="public_report_point_is_sound",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["answered", "rejected"]), _negated=True),
                            models.Q(
                                ("answered_at__isnull", False),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="public_report_answered_has_answer",
                        violation_error_message="An answer is needed.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."accuracy_m" IS DISTINCT FROM (NEW."accuracy_m") OR OLD."answer" IS DISTINCT FROM (NEW."answer") OR OLD."answered_at" IS DISTINCT FROM (NEW."answered_at") OR OLD."area_code" IS DISTINCT FROM (NEW."area_code") OR OLD."asset_id" IS DISTINCT FROM (NEW."asset_id") OR OLD."contact" IS DISTINCT FROM (NEW."contact") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."defect_id" IS DISTINCT FROM (NEW."defect_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."point" IS DISTINCT FROM (NEW."point") OR OLD."received_at" IS DISTINCT FROM (NEW."received_at") OR OLD."reporter_key" IS DISTINCT FROM (NEW."reporter_key") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."township_code" IS DISTINCT FROM (NEW."township_code") OR OLD."tracking_code" IS DISTINCT FROM (NEW."tracking_code"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="54c854216da36bbe80ccf5c3c1797cf027d2bb60",
                            operation="UPDATE",
                            pgid="pgtrigger_touch_96268",
                            table="maintenance_publicreport",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="place",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nSELECT asset.area_code, asset.township_code INTO NEW.area_code, NEW.township_code\nFROM assets_asset asset WHERE asset.id = NEW.asset_id;\nRETURN NEW;\n",
                            hash="be677db33e09f4f2c2ef2f28374015b879632928",
                            operation="INSERT",
                            pgid="pgtrigger_place_af28c",
                            table="maintenance_publicreport",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="change_recorded",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."state" IS DISTINCT FROM (NEW."state"))',
                            constraint="CONSTRAINT",
                            func="\nIF NOT EXISTS (\n    SELECT 1 FROM maintenance_reportchange change\n    WHERE change.report_id = NEW.id AND change.from_state = OLD.state\n      AND change.to_state = NEW.state AND change.xid = pg_current_xact_id()::text::bigint\n) THEN\n    RAISE EXCEPTION 'a state changed without a record'\n        USING ERRCODE = 'check_violation', CONSTRAINT = 'maintenance_reportchange_recorded';\nEND IF;\nRETURN NULL;\n",
                            hash="09aab33b2409debbc2f0a4cca4f360bee52a113e",
                            operation='UPDATE OF "state"',
                            pgid="pgtrigger_change_recorded_c134b",
                            table="maintenance_publicreport",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "maintenance_publicreportevent" ("accuracy_m", "answer", "answered_at", "area_code", "asset_id", "contact", "created_at", "defect_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "point", "received_at", "reporter_key", "state", "text", "township_code", "tracking_code", "updated_at", "version") VALUES (OLD."accuracy_m", OLD."answer", OLD."answered_at", OLD."area_code", OLD."asset_id", OLD."contact", OLD."created_at", OLD."defect_id", OLD."id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."point", OLD."received_at", OLD."reporter_key", OLD."state", OLD."text", OLD."township_code", OLD."tracking_code", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="a22ec15c28e93d555c22dba6fc9aabe735f22b05",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_0ef7c",
                            table="maintenance_publicreport",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "maintenance_publicreportevent" ("accuracy_m", "answer", "answered_at", "area_code", "asset_id", "contact", "created_at", "defect_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "point", "received_at", "reporter_key", "state", "text", "township_code", "tracking_code", "updated_at", "version") VALUES (OLD."accuracy_m", OLD."answer", OLD."answered_at", OLD."area_code", OLD."asset_id", OLD."contact", OLD."created_at", OLD."defect_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."point", OLD."received_at", OLD."reporter_key", OLD."state", OLD."text", OLD."township_code", OLD."tracking_code", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="3aa80bcc57a3f63318369cf96280901a35dc08ae",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_1964c",
                            table="maintenance_publicreport",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PublicReportEvent",
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
                        to="maintenance.publicreport",
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
                    "tracking_code",
                    models.CharField(
                        default=maintenance.models.defect.new_tracking_code,
                        editable=False,
                        max_length=16,
                        verbose_name="tracking code",
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
                        verbose_name="asset",
                    ),
                ),
                (
                    "defect",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="maintenance.defect",
                        verbose_name="defect",
                    ),
                ),
                ("text", models.TextField(verbose_name="what is wrong")),
                (
                    "point",
                    django.contrib.gis.db.models.fields.PointField(
                        blank=True,
                        null=True,
                        spatial_index=False,
                        srid=4490,
                        verbose_name="position",
                    ),
                ),
                (
                    "accuracy_m",
                    models.FloatField(blank=True, null=True, verbose_name="accuracy (m)"),
                ),
                (
                    "contact",
                    models.CharField(
                        blank=True, db_default="", max_length=120, verbose_name="contact"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "Received"),
                            ("linked", "Being dealt with"),
                            ("answered", "Answered"),
                            ("rejected", "Not taken up"),
                            ("reopened", "Reopened"),
                        ],
                        db_default="received",
                        default="received",
                        max_length=12,
                        verbose_name="state",
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
                ("answer", models.TextField(blank=True, db_default="", verbose_name="answer")),
                (
                    "answered_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="answered at"
                    ),
                ),
                (
                    "reporter_key",
                    models.CharField(blank=True, db_default="", editable=False, max_length=64),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="ReportChange",
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
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="maintenance.publicreport",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of a public report",
                "verbose_name_plural": "changes of public reports",
                "ordering": ["at", "id"],
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="6b8e3fe24bfdd5237e874b5a8eadaace96d1286e",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_2d3e4",
                            table="maintenance_reportchange",
                            when="BEFORE",
                        ),
                    )
                ],
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="ReportPhoto",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="photos",
                        to="maintenance.publicreport",
                    ),
                ),
                (
                    "photo",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="assets.photo",
                    ),
                ),
            ],
            options={
                "verbose_name": "photo of a public report",
                "verbose_name_plural": "photos of public reports",
                "constraints": [
                    models.UniqueConstraint(fields=("report", "photo"), name="report_photo_once")
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="e3de6f7c90646151206848b5020fb267ef8c8a26",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_8330f",
                            table="maintenance_reportphoto",
                            when="BEFORE",
                        ),
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="WarrantyClaim",
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
                    "asset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="warranty_claims",
                        to="assets.asset",
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="maintenance.agreement",
                    ),
                ),
                (
                    "defect",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="warranty_claim",
                        to="maintenance.defect",
                    ),
                ),
                (
                    "contractor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="warranty_claims",
                        to="sites.organisation",
                        verbose_name="contractor",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("raised", "Raised"),
                            ("accepted", "Accepted by the contractor"),
                            ("refused", "Refused by the contractor"),
                            ("settled", "Settled"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_default="raised",
                        default="raised",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("raised_on", models.DateField(verbose_name="raised on")),
                ("due_on", models.DateField(verbose_name="due")),
                ("result", models.TextField(blank=True, db_default="", verbose_name="result")),
            ],
            options={
                "verbose_name": "warranty claim",
                "verbose_name_plural": "warranty claims",
                "ordering": ["due_on", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["raised", "accepted", "refused", "settled", "withdrawn"])
                        ),
                        name="warranty_claim_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_on__gte", models.F("raised_on"))),
                        name="warranty_claim_dates_in_order",
                        violation_error_message="The last day must not come before the first.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."agreement_id" IS DISTINCT FROM (NEW."agreement_id") OR OLD."area_code" IS DISTINCT FROM (NEW."area_code") OR OLD."asset_id" IS DISTINCT FROM (NEW."asset_id") OR OLD."contractor_id" IS DISTINCT FROM (NEW."contractor_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."defect_id" IS DISTINCT FROM (NEW."defect_id") OR OLD."due_on" IS DISTINCT FROM (NEW."due_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."raised_on" IS DISTINCT FROM (NEW."raised_on") OR OLD."result" IS DISTINCT FROM (NEW."result") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."township_code" IS DISTINCT FROM (NEW."township_code"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="402649ade0bf346b79001fff923f4e8daab8fa94",
                            operation="UPDATE",
                            pgid="pgtrigger_touch_4b475",
                            table="maintenance_warrantyclaim",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="place",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nSELECT asset.area_code, asset.township_code INTO NEW.area_code, NEW.township_code\nFROM assets_asset asset WHERE asset.id = NEW.asset_id;\nRETURN NEW;\n",
                            hash="814d357783bb0e52f2d35218772cc602a07a0542",
                            operation="INSERT",
                            pgid="pgtrigger_place_6f19c",
                            table="maintenance_warrantyclaim",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "maintenance_warrantyclaimevent" ("agreement_id", "area_code", "asset_id", "contractor_id", "created_at", "defect_id", "due_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_on", "result", "state", "township_code", "updated_at", "version") VALUES (OLD."agreement_id", OLD."area_code", OLD."asset_id", OLD."contractor_id", OLD."created_at", OLD."defect_id", OLD."due_on", OLD."id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."raised_on", OLD."result", OLD."state", OLD."township_code", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="51e652121009f22d46d59dc0dfb06eeb6fa119b1",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_87955",
                            table="maintenance_warrantyclaim",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "maintenance_warrantyclaimevent" ("agreement_id", "area_code", "asset_id", "contractor_id", "created_at", "defect_id", "due_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_on", "result", "state", "township_code", "updated_at", "version") VALUES (OLD."agreement_id", OLD."area_code", OLD."asset_id", OLD."contractor_id", OLD."created_at", OLD."defect_id", OLD."due_on", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."raised_on", OLD."result", OLD."state", OLD."township_code", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="26a773a110cf3ee83428362281a55e816a81d33e",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_f6a03",
                            table="maintenance_warrantyclaim",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="WarrantyClaimEvent",
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
                        to="maintenance.warrantyclaim",
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
                    "agreement",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="maintenance.agreement",
                    ),
                ),
                (
                    "defect",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="maintenance.defect",
                    ),
                ),
                (
                    "contractor",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sites.organisation",
                        verbose_name="contractor",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("raised", "Raised"),
                            ("accepted", "Accepted by the contractor"),
                            ("refused", "Refused by the contractor"),
                            ("settled", "Settled"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_default="raised",
                        default="raised",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("raised_on", models.DateField(verbose_name="raised on")),
                ("due_on", models.DateField(verbose_name="due")),
                ("result", models.TextField(blank=True, db_default="", verbose_name="result")),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="WorkOrderEvent",
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
                        to="maintenance.workorder",
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
                    "number",
                    models.BigIntegerField(
                        db_default=maintenance.models.defect.NextNumber("maintenance_order_no"),
                        editable=False,
                        verbose_name="number",
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="maintenance.agreement",
                        verbose_name="agreement",
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
                        verbose_name="asset",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("routine", "Routine"),
                            ("minor_repair", "Minor repair"),
                            ("emergency", "Emergency"),
                            ("engineering", "Upkeep engineering"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "priority",
                    models.CharField(
                        choices=[("normal", "Normal"), ("high", "High"), ("urgent", "Urgent")],
                        default="normal",
                        max_length=10,
                        verbose_name="priority",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("issued", "Issued"),
                            ("accepted", "Accepted by the executor"),
                            ("doing", "Under way"),
                            ("submitted", "Submitted"),
                            ("inspected", "Inspected"),
                            ("confirmed", "Confirmed"),
                            ("closed", "Closed"),
                            ("cancelled", "Cancelled"),
                        ],
                        db_default="issued",
                        default="issued",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "description",
                    models.TextField(blank=True, db_default="", verbose_name="description"),
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
                (
                    "point",
                    django.contrib.gis.db.models.fields.PointField(
                        spatial_index=False, srid=4490, verbose_name="position"
                    ),
                ),
                ("issued_at", models.DateTimeField(verbose_name="issued at")),
                ("due_at", models.DateTimeField(verbose_name="due")),
                (
                    "submitted_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="submitted at"
                    ),
                ),
                (
                    "closed_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="closed at"
                    ),
                ),
                (
                    "estimate",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="estimate (yuan)",
                    ),
                ),
                (
                    "agreed_price",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="agreed price (yuan)",
                    ),
                ),
                (
                    "executor",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sites.organisation",
                        verbose_name="executor",
                    ),
                ),
                (
                    "inspector",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sites.organisation",
                        verbose_name="inspector",
                    ),
                ),
                (
                    "confirmer",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sites.organisation",
                        verbose_name="confirmer",
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "rework_count",
                    models.PositiveSmallIntegerField(
                        db_default=0, default=0, editable=False, verbose_name="times sent back"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.RunSQL(UPKEEP_STATUS.read_text(encoding="utf-8"), DROP_UPKEEP_STATUS),
        migrations.RunSQL(SCHEDULES.read_text(encoding="utf-8"), DROP_SCHEDULES),
    ]
