import datetime

import django.contrib.gis.db.models.fields
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import django.db.models.functions.text
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import sites.functions
import sites.identifiers
import sites.models.state_change
from sites.schema import AdditiveMigration

# Immutable and without tables, so that an index may be built on it and a dump may be restored.
CHARACTER_PAIRS = """
CREATE OR REPLACE FUNCTION sites_character_pairs(given text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $body$
DECLARE
    letters text := pg_catalog.regexp_replace(given, '[\\x01-\\x7f]+', ' ', 'g');
    pairs text[] := '{}';
    pair text;
BEGIN
    FOR place IN 1 .. pg_catalog.length(letters) - 1 LOOP
        pair := pg_catalog.substr(letters, place, 2);
        IF pg_catalog.strpos(pair, ' ') = 0 AND NOT pair = ANY (pairs) THEN
            pairs := pairs || pair;
        END IF;
    END LOOP;
    RETURN pairs;
END
$body$
"""


class Migration(AdditiveMigration):
    replaces = [
        ("sites", "0001_initial"),
        ("sites", "0002_list_order"),
        ("sites", "0003_idempotent_request"),
        ("sites", "0004_map_indexes"),
        ("sites", "0005_list_indexes"),
        ("sites", "0006_character_pairs"),
    ]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.RunSQL(CHARACTER_PAIRS, "DROP FUNCTION sites_character_pairs(text)"),
        migrations.CreateModel(
            name="ApiToken",
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
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="api_tokens",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="created at",
                    ),
                ),
                ("expires_at", models.DateTimeField(verbose_name="expires at")),
                (
                    "revoked_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="revoked at"),
                ),
            ],
            options={
                "verbose_name": "API token",
                "verbose_name_plural": "API tokens",
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Area",
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
                ("code", models.CharField(db_collation="C", max_length=15, verbose_name="code")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("province", "Province"),
                            ("city", "City"),
                            ("district", "District"),
                            ("township", "Township"),
                            ("village", "Village"),
                            ("group", "Natural village"),
                        ],
                        max_length=10,
                        verbose_name="level",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="sites.area",
                        verbose_name="parent",
                    ),
                ),
                (
                    "boundary",
                    django.contrib.gis.db.models.fields.MultiPolygonField(
                        blank=True, null=True, srid=4490, verbose_name="boundary"
                    ),
                ),
                (
                    "centre",
                    django.contrib.gis.db.models.fields.PointField(
                        blank=True, null=True, srid=4490, verbose_name="centre"
                    ),
                ),
                (
                    "urban_rural_class",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("111", "Main urban area"),
                            ("112", "Urban-rural fringe"),
                            ("121", "Town centre"),
                            ("122", "Town-rural fringe"),
                            ("123", "Special area"),
                            ("210", "Township seat area"),
                            ("220", "Village area"),
                        ],
                        max_length=3,
                        verbose_name="urban-rural class",
                    ),
                ),
                (
                    "population",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="population"),
                ),
                (
                    "households",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="households"),
                ),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid to")),
                ("source", models.CharField(blank=True, max_length=120, verbose_name="source")),
            ],
            options={
                "verbose_name": "area",
                "verbose_name_plural": "areas",
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("code__regex", "^[0-9]+$"),
                            models.Q(
                                models.Q(("code__regex", "^.{2}$"), ("level", "province")),
                                models.Q(("code__regex", "^.{4}$"), ("level", "city")),
                                models.Q(("code__regex", "^.{6}$"), ("level", "district")),
                                models.Q(("code__regex", "^.{9}$"), ("level", "township")),
                                models.Q(("code__regex", "^.{12}$"), ("level", "village")),
                                models.Q(("code__regex", "^.{14,15}$"), ("level", "group")),
                                _connector="OR",
                            ),
                        ),
                        name="area_code_is_digits_of_its_level",
                        violation_error_message="The code must be digits: 2, 4, 6, 9, 12 or 14-15 of them by level.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gt", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="area_dates_in_order",
                        violation_error_message="The end of validity must follow its beginning.",
                    ),
                    models.CheckConstraint(
                        condition=sites.functions.GeometryIsSound(models.F("boundary")),
                        name="area_boundary_is_sound",
                        violation_error_message="The boundary is empty, invalid or out of bounds.",
                    ),
                    models.CheckConstraint(
                        condition=sites.functions.GeometryIsSound(models.F("centre")),
                        name="area_centre_is_sound",
                        violation_error_message="The centre is empty, invalid or out of bounds.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "urban_rural_class__in",
                                ["", "111", "112", "121", "122", "123", "210", "220"],
                            )
                        ),
                        name="area_urban_rural_class_known",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("code", "="),
                            (
                                models.Func(
                                    models.F("valid_from"),
                                    models.F("valid_to"),
                                    django.contrib.postgres.fields.ranges.RangeBoundary(),
                                    function="DATERANGE",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="area_code_valid_once_at_a_time",
                        violation_error_message="This code is already in force at that time.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."boundary" IS DISTINCT FROM (NEW."boundary") OR OLD."centre" IS DISTINCT FROM (NEW."centre") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."households" IS DISTINCT FROM (NEW."households") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."level" IS DISTINCT FROM (NEW."level") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."name_en" IS DISTINCT FROM (NEW."name_en") OR OLD."parent_id" IS DISTINCT FROM (NEW."parent_id") OR OLD."population" IS DISTINCT FROM (NEW."population") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."urban_rural_class" IS DISTINCT FROM (NEW."urban_rural_class") OR OLD."valid_from" IS DISTINCT FROM (NEW."valid_from") OR OLD."valid_to" IS DISTINCT FROM (NEW."valid_to"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="b9749737709c81d4702edd373e98349ba109b343",
                            operation="UPDATE",
                            pgid="pgtrigger_touch_a6d3c",
                            table="sites_area",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="note_data_change",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nINSERT INTO sites_datachange (xid, changed_at)\nVALUES (pg_current_xact_id()::text::bigint, now())\nON CONFLICT (xid) DO NOTHING;\nRETURN NULL;\n",
                            hash="a3a28ee41f9f3b1213259c4663fdba15070db669",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_note_data_change_cf50c",
                            table="sites_area",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "sites_areaevent" ("boundary", "centre", "code", "created_at", "households", "id", "level", "name", "name_en", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "population", "source", "updated_at", "urban_rural_class", "valid_from", "valid_to", "version") VALUES (OLD."boundary", OLD."centre", OLD."code", OLD."created_at", OLD."households", OLD."id", OLD."level", OLD."name", OLD."name_en", OLD."parent_id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."population", OLD."source", OLD."updated_at", OLD."urban_rural_class", OLD."valid_from", OLD."valid_to", OLD."version"); RETURN NULL;',
                            hash="4b980a926a773bad1ede4f85c7347b815f12942f",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f28b9",
                            table="sites_area",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sites_areaevent" ("boundary", "centre", "code", "created_at", "households", "id", "level", "name", "name_en", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "population", "source", "updated_at", "urban_rural_class", "valid_from", "valid_to", "version") VALUES (OLD."boundary", OLD."centre", OLD."code", OLD."created_at", OLD."households", OLD."id", OLD."level", OLD."name", OLD."name_en", OLD."parent_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."population", OLD."source", OLD."updated_at", OLD."urban_rural_class", OLD."valid_from", OLD."valid_to", OLD."version"); RETURN NULL;',
                            hash="9fde3bc6610021b2486e92de32d765490048189a",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_bdb9d",
                            table="sites_area",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="AreaEvent",
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
                        to="sites.area",
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
                ("code", models.CharField(db_collation="C", max_length=15, verbose_name="code")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("province", "Province"),
                            ("city", "City"),
                            ("district", "District"),
                            ("township", "Township"),
                            ("village", "Village"),
                            ("group", "Natural village"),
                        ],
                        max_length=10,
                        verbose_name="level",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sites.area",
                        verbose_name="parent",
                    ),
                ),
                (
                    "boundary",
                    django.contrib.gis.db.models.fields.MultiPolygonField(
                        blank=True, null=True, srid=4490, verbose_name="boundary"
                    ),
                ),
                (
                    "centre",
                    django.contrib.gis.db.models.fields.PointField(
                        blank=True, null=True, srid=4490, verbose_name="centre"
                    ),
                ),
                (
                    "urban_rural_class",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("111", "Main urban area"),
                            ("112", "Urban-rural fringe"),
                            ("121", "Town centre"),
                            ("122", "Town-rural fringe"),
                            ("123", "Special area"),
                            ("210", "Township seat area"),
                            ("220", "Village area"),
                        ],
                        max_length=3,
                        verbose_name="urban-rural class",
                    ),
                ),
                (
                    "population",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="population"),
                ),
                (
                    "households",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="households"),
                ),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid to")),
                ("source", models.CharField(blank=True, max_length=120, verbose_name="source")),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="DataChange",
            fields=[
                ("xid", models.BigIntegerField(primary_key=True, serialize=False)),
                ("changed_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "verbose_name": "data change",
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="DemoMarker",
            fields=[
                ("only", models.BooleanField(default=True, primary_key=True, serialize=False)),
                ("seed", models.IntegerField()),
                ("scale", models.CharField(max_length=20)),
                (
                    "seeded_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("only", True)), name="demo_marker_is_single"
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="IdempotentRequest",
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
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("key", models.CharField(max_length=200)),
                ("fingerprint", models.CharField(max_length=64)),
                ("status", models.PositiveSmallIntegerField(default=0)),
                ("headers", models.JSONField(default=dict)),
                ("body", models.JSONField(null=True)),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), db_index=True
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("user", "key"), name="idempotent_request_once")
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ImportMapping",
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
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="import_mappings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
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
                ("fields", models.JSONField(default=dict)),
            ],
            options={
                "verbose_name": "import mapping",
                "verbose_name_plural": "import mappings",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("owner", "kind", "name"), name="import_mapping_name_once"
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("livelihood_office", "Livelihood projects office"),
                            ("lead_department", "Lead department"),
                            ("township", "Township government"),
                            ("village_committee", "Village committee"),
                            ("client", "Project client"),
                            ("designer", "Survey and design institute"),
                            ("contractor", "Contractor"),
                            ("supervision", "Construction supervision"),
                            ("company", "Maintenance company"),
                            ("association", "Association"),
                            ("cooperative", "Cooperative"),
                            ("third_party", "Third-party evaluator"),
                            ("consulted", "Consulted body"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "credit_code",
                    models.CharField(
                        blank=True,
                        max_length=18,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[0-9A-Z]{18}$", "A credit code has 18 digits or capitals."
                            )
                        ],
                        verbose_name="unified social credit code",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="organisations",
                        to="sites.area",
                        verbose_name="area",
                    ),
                ),
                ("contact", models.CharField(blank=True, max_length=200, verbose_name="contact")),
            ],
            options={
                "verbose_name": "organisation",
                "verbose_name_plural": "organisations",
                "ordering": ["name", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "livelihood_office",
                                    "lead_department",
                                    "township",
                                    "village_committee",
                                    "client",
                                    "designer",
                                    "contractor",
                                    "supervision",
                                    "company",
                                    "association",
                                    "cooperative",
                                    "third_party",
                                    "consulted",
                                ],
                            )
                        ),
                        name="organisation_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("credit_code", ""),
                            ("credit_code__regex", "^[0-9A-Z]{18}$"),
                            _connector="OR",
                        ),
                        name="organisation_credit_code_form",
                        violation_error_message="A credit code has 18 digits or capitals.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("credit_code", ""), _negated=True),
                        fields=("credit_code",),
                        name="organisation_credit_code_once",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."area_id" IS DISTINCT FROM (NEW."area_id") OR OLD."contact" IS DISTINCT FROM (NEW."contact") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."credit_code" IS DISTINCT FROM (NEW."credit_code") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."name_en" IS DISTINCT FROM (NEW."name_en"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="4de1c0861f1ff896d50cd8079826790354d78571",
                            operation="UPDATE",
                            pgid="pgtrigger_touch_f2f10",
                            table="sites_organisation",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "sites_organisationevent" ("area_id", "contact", "created_at", "credit_code", "id", "kind", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version") VALUES (OLD."area_id", OLD."contact", OLD."created_at", OLD."credit_code", OLD."id", OLD."kind", OLD."name", OLD."name_en", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="7fccee7ccdc26b465c478a2437d25f97bb374fdc",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_9709c",
                            table="sites_organisation",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sites_organisationevent" ("area_id", "contact", "created_at", "credit_code", "id", "kind", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version") VALUES (OLD."area_id", OLD."contact", OLD."created_at", OLD."credit_code", OLD."id", OLD."kind", OLD."name", OLD."name_en", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="b4494b89619153c3dfc465b3814cdea30f92e93f",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_07f0d",
                            table="sites_organisation",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Membership",
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
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("district_planner", "District planner"),
                            ("township_officer", "Township officer"),
                            ("company_member", "Company member"),
                            ("association_member", "Association member"),
                            ("cooperative_member", "Cooperative member"),
                            ("evaluator", "Evaluator"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid to")),
                (
                    "areas",
                    models.ManyToManyField(blank=True, to="sites.area", verbose_name="areas"),
                ),
                (
                    "organisations",
                    models.ManyToManyField(
                        blank=True,
                        related_name="memberships",
                        to="sites.organisation",
                        verbose_name="organisations",
                    ),
                ),
            ],
            options={
                "verbose_name": "membership",
                "verbose_name_plural": "memberships",
                "ordering": ["user", "role", "valid_from"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "district_planner",
                                    "township_officer",
                                    "company_member",
                                    "association_member",
                                    "cooperative_member",
                                    "evaluator",
                                ],
                            )
                        ),
                        name="membership_role_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gt", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="membership_dates_in_order",
                        violation_error_message="The end of validity must follow its beginning.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."role" IS DISTINCT FROM (NEW."role") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id") OR OLD."valid_from" IS DISTINCT FROM (NEW."valid_from") OR OLD."valid_to" IS DISTINCT FROM (NEW."valid_to"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="f428281728bc401b26ac9f6b7df7e70b9a99f114",
                            operation="UPDATE",
                            pgid="pgtrigger_touch_79e66",
                            table="sites_membership",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "sites_membershipevent" ("created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "updated_at", "user_id", "valid_from", "valid_to", "version") VALUES (OLD."created_at", OLD."id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."role", OLD."updated_at", OLD."user_id", OLD."valid_from", OLD."valid_to", OLD."version"); RETURN NULL;',
                            hash="817aafbb6d6e87e5dd4c330af20d547af7212b40",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_16ed3",
                            table="sites_membership",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sites_membershipevent" ("created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "updated_at", "user_id", "valid_from", "valid_to", "version") VALUES (OLD."created_at", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."role", OLD."updated_at", OLD."user_id", OLD."valid_from", OLD."valid_to", OLD."version"); RETURN NULL;',
                            hash="07b70e25ee7fd769d58778694eb51f582db0f53e",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_0e429",
                            table="sites_membership",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="MembershipEvent",
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
                        to="sites.membership",
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
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("district_planner", "District planner"),
                            ("township_officer", "Township officer"),
                            ("company_member", "Company member"),
                            ("association_member", "Association member"),
                            ("cooperative_member", "Cooperative member"),
                            ("evaluator", "Evaluator"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid to")),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="OrganisationEvent",
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
                        to="sites.organisation",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("livelihood_office", "Livelihood projects office"),
                            ("lead_department", "Lead department"),
                            ("township", "Township government"),
                            ("village_committee", "Village committee"),
                            ("client", "Project client"),
                            ("designer", "Survey and design institute"),
                            ("contractor", "Contractor"),
                            ("supervision", "Construction supervision"),
                            ("company", "Maintenance company"),
                            ("association", "Association"),
                            ("cooperative", "Cooperative"),
                            ("third_party", "Third-party evaluator"),
                            ("consulted", "Consulted body"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "credit_code",
                    models.CharField(
                        blank=True,
                        max_length=18,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[0-9A-Z]{18}$", "A credit code has 18 digits or capitals."
                            )
                        ],
                        verbose_name="unified social credit code",
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
                ("contact", models.CharField(blank=True, max_length=200, verbose_name="contact")),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="SiteCategory",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "name_en",
                    models.CharField(blank=True, max_length=200, verbose_name="English name"),
                ),
                ("code", models.SlugField(max_length=40, unique=True, verbose_name="code")),
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
                    "is_private",
                    models.BooleanField(
                        default=False,
                        help_text="The public never sees a site of this category, only totals.",
                        verbose_name="private",
                    ),
                ),
            ],
            options={
                "verbose_name": "site category",
                "verbose_name_plural": "site categories",
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["road", "village_centre", "water_works", "housing", "facility"],
                            )
                        ),
                        name="site_category_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "housing"), _negated=True),
                            ("is_private", True),
                            _connector="OR",
                        ),
                        name="site_category_housing_is_private",
                        violation_error_message="Housing categories are always private.",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Programme",
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
                    "level",
                    models.CharField(
                        choices=[
                            ("province", "Provincial"),
                            ("city", "City level"),
                            ("district", "District level"),
                        ],
                        max_length=10,
                        verbose_name="level",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("engineering", "Engineering"),
                            ("cash", "Cash benefit"),
                            ("training", "Training service"),
                            ("purchased", "Purchased service"),
                        ],
                        default="engineering",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="sites.sitecategory",
                        verbose_name="category",
                    ),
                ),
                (
                    "lead_organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="programmes",
                        to="sites.organisation",
                        verbose_name="lead organisation",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("measure", models.CharField(blank=True, max_length=120, verbose_name="measure")),
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
                        default="site",
                        max_length=20,
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "programme",
                "verbose_name_plural": "programmes",
                "ordering": ["-year", "code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[0-9A-Za-z][0-9A-Za-z._-]*$")),
                        name="programme_code_form",
                        violation_error_message="A programme code is made of letters, digits, dot, dash and underscore.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("year__gte", 1949), ("year__lte", 2100)),
                        name="programme_year_in_range",
                        violation_error_message="The year must lie between 1949 and 2100.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("level__in", ["province", "city", "district"])),
                        name="programme_level_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["engineering", "cash", "training", "purchased"])
                        ),
                        name="programme_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "unit__in",
                                [
                                    "km",
                                    "m",
                                    "household",
                                    "site",
                                    "person",
                                    "m3_per_day",
                                    "m2",
                                    "yuan",
                                ],
                            )
                        ),
                        name="programme_unit_known",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."category_id" IS DISTINCT FROM (NEW."category_id") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."lead_organisation_id" IS DISTINCT FROM (NEW."lead_organisation_id") OR OLD."level" IS DISTINCT FROM (NEW."level") OR OLD."measure" IS DISTINCT FROM (NEW."measure") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."name_en" IS DISTINCT FROM (NEW."name_en") OR OLD."unit" IS DISTINCT FROM (NEW."unit") OR OLD."year" IS DISTINCT FROM (NEW."year"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="06a81bbcfb23058ee93d386746ac8d37aeb0a119",
                            operation="UPDATE",
                            pgid="pgtrigger_touch_39f3f",
                            table="sites_programme",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "sites_programmeevent" ("category_id", "code", "created_at", "id", "kind", "lead_organisation_id", "level", "measure", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit", "updated_at", "version", "year") VALUES (OLD."category_id", OLD."code", OLD."created_at", OLD."id", OLD."kind", OLD."lead_organisation_id", OLD."level", OLD."measure", OLD."name", OLD."name_en", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."unit", OLD."updated_at", OLD."version", OLD."year"); RETURN NULL;',
                            hash="3886426fe26f40512739d084419db2659b7848b3",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c8a92",
                            table="sites_programme",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sites_programmeevent" ("category_id", "code", "created_at", "id", "kind", "lead_organisation_id", "level", "measure", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit", "updated_at", "version", "year") VALUES (OLD."category_id", OLD."code", OLD."created_at", OLD."id", OLD."kind", OLD."lead_organisation_id", OLD."level", OLD."measure", OLD."name", OLD."name_en", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."unit", OLD."updated_at", OLD."version", OLD."year"); RETURN NULL;',
                            hash="047aa8b3675ded5cf80406d0527754ea9aeac886",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_bee21",
                            table="sites_programme",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ImportRun",
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
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="import_runs",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("uploading", "Uploading"),
                            ("validating", "Checking"),
                            ("ready", "Ready"),
                            ("committing", "Writing"),
                            ("committed", "Imported"),
                            ("failed", "Failed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="uploading",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("target", models.CharField(default="sites", max_length=10, verbose_name="target")),
                ("file_name", models.CharField(max_length=255, verbose_name="file")),
                ("stored_path", models.CharField(blank=True, max_length=400)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("size_bytes", models.BigIntegerField(default=0)),
                (
                    "kind",
                    models.CharField(
                        blank=True,
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
                    "programme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="sites.programme",
                    ),
                ),
                ("options", models.JSONField(blank=True, default=dict)),
                ("mapping", models.JSONField(blank=True, default=dict)),
                ("seen", models.JSONField(blank=True, default=dict)),
                ("counts", models.JSONField(blank=True, default=dict)),
                ("errors", models.JSONField(blank=True, default=list)),
                ("message", models.TextField(blank=True)),
                ("progress_done", models.BigIntegerField(default=0)),
                ("progress_total", models.BigIntegerField(default=0)),
                ("cancel_requested", models.BooleanField(default=False)),
                ("heartbeat_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "import run",
                "verbose_name_plural": "import runs",
                "ordering": ["-created_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "uploading",
                                    "validating",
                                    "ready",
                                    "committing",
                                    "committed",
                                    "failed",
                                    "cancelled",
                                ],
                            )
                        ),
                        name="import_run_state_known",
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ProgrammeEvent",
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
                        to="sites.programme",
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
                    "level",
                    models.CharField(
                        choices=[
                            ("province", "Provincial"),
                            ("city", "City level"),
                            ("district", "District level"),
                        ],
                        max_length=10,
                        verbose_name="level",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("engineering", "Engineering"),
                            ("cash", "Cash benefit"),
                            ("training", "Training service"),
                            ("purchased", "Purchased service"),
                        ],
                        default="engineering",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sites.sitecategory",
                        verbose_name="category",
                    ),
                ),
                (
                    "lead_organisation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sites.organisation",
                        verbose_name="lead organisation",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("measure", models.CharField(blank=True, max_length=120, verbose_name="measure")),
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
                        default="site",
                        max_length=20,
                        verbose_name="unit",
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
            name="ProjectSite",
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
                    "category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sites",
                        to="sites.sitecategory",
                        verbose_name="category",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sites",
                        to="sites.programme",
                        verbose_name="programme",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sites",
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
                            ("proposed", "Proposed"),
                            ("shortlisted", "Shortlisted"),
                            ("designed", "Designed"),
                            ("approved", "Approved"),
                            ("tendering", "Tendering"),
                            ("contracted", "Contracted"),
                            ("under_construction", "Under construction"),
                            ("completed", "Completed"),
                            ("rectifying", "Rectifying"),
                            ("accepted", "Accepted"),
                            ("settled", "Settled"),
                            ("handed_over", "Handed over"),
                            ("closed", "Closed"),
                            ("suspended", "Suspended"),
                            ("cancelled", "Cancelled"),
                        ],
                        db_default="proposed",
                        default="proposed",
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
                    "is_key_plan",
                    models.BooleanField(db_default=False, default=False, verbose_name="key plan"),
                ),
                (
                    "planned_geometry",
                    django.contrib.gis.db.models.fields.GeometryField(
                        blank=True,
                        null=True,
                        spatial_index=False,
                        srid=4490,
                        verbose_name="planned geometry",
                    ),
                ),
                (
                    "actual_geometry",
                    django.contrib.gis.db.models.fields.GeometryField(
                        blank=True,
                        null=True,
                        spatial_index=False,
                        srid=4490,
                        verbose_name="actual geometry",
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
                (
                    "planned_start",
                    models.DateField(blank=True, null=True, verbose_name="planned start"),
                ),
                (
                    "planned_finish",
                    models.DateField(blank=True, null=True, verbose_name="planned finish"),
                ),
                (
                    "actual_start",
                    models.DateField(blank=True, null=True, verbose_name="actual start"),
                ),
                (
                    "actual_finish",
                    models.DateField(blank=True, null=True, verbose_name="actual finish"),
                ),
                (
                    "progress_percent",
                    models.DecimalField(
                        db_default=0,
                        decimal_places=2,
                        default=0,
                        max_digits=5,
                        verbose_name="progress (%)",
                    ),
                ),
                (
                    "owner_organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="owned_sites",
                        to="sites.organisation",
                        verbose_name="owner",
                    ),
                ),
                (
                    "contractor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contracted_sites",
                        to="sites.organisation",
                        verbose_name="contractor",
                    ),
                ),
                (
                    "supervisor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supervised_sites",
                        to="sites.organisation",
                        verbose_name="supervisor",
                    ),
                ),
                (
                    "source",
                    models.CharField(default="register", max_length=120, verbose_name="source"),
                ),
                (
                    "source_id",
                    models.CharField(max_length=120, verbose_name="identifier in the source"),
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
                        expression=sites.functions.ToMapProjection(
                            django.db.models.functions.comparison.Coalesce(
                                models.F("actual_geometry"), models.F("planned_geometry")
                            )
                        ),
                        output_field=django.contrib.gis.db.models.fields.GeometryField(
                            null=True, spatial_index=False, srid=3857
                        ),
                    ),
                ),
                (
                    "outline_3857",
                    models.GeneratedField(
                        db_persist=True,
                        expression=sites.functions.Generalised(
                            django.db.models.functions.comparison.Coalesce(
                                models.F("actual_geometry"), models.F("planned_geometry")
                            )
                        ),
                        output_field=django.contrib.gis.db.models.fields.GeometryField(
                            null=True, spatial_index=False, srid=3857
                        ),
                    ),
                ),
                (
                    "cluster_column",
                    models.GeneratedField(
                        db_persist=True,
                        expression=sites.functions.GridColumn(
                            django.db.models.functions.comparison.Coalesce(
                                models.F("actual_geometry"), models.F("planned_geometry")
                            )
                        ),
                        output_field=models.IntegerField(null=True),
                    ),
                ),
                (
                    "cluster_row",
                    models.GeneratedField(
                        db_persist=True,
                        expression=sites.functions.GridRow(
                            django.db.models.functions.comparison.Coalesce(
                                models.F("actual_geometry"), models.F("planned_geometry")
                            )
                        ),
                        output_field=models.IntegerField(null=True),
                    ),
                ),
                (
                    "measured_length_m",
                    models.GeneratedField(
                        db_persist=True,
                        expression=sites.functions.EllipsoidLength(
                            django.db.models.functions.comparison.Coalesce(
                                models.F("actual_geometry"), models.F("planned_geometry")
                            )
                        ),
                        output_field=models.FloatField(null=True),
                        verbose_name="measured length (m)",
                    ),
                ),
                (
                    "measured_area_m2",
                    models.GeneratedField(
                        db_persist=True,
                        expression=sites.functions.EllipsoidArea(
                            django.db.models.functions.comparison.Coalesce(
                                models.F("actual_geometry"), models.F("planned_geometry")
                            )
                        ),
                        output_field=models.FloatField(null=True),
                    ),
                ),
                (
                    "search_text",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Lower(
                            sites.functions.JoinedText(
                                models.F("code"),
                                models.F("name"),
                                models.F("name_en"),
                                models.F("source_id"),
                            )
                        ),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "due_on",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(
                                state__in=(
                                    "completed",
                                    "accepted",
                                    "settled",
                                    "handed_over",
                                    "closed",
                                    "cancelled",
                                ),
                                then=models.Value(None),
                            ),
                            models.When(
                                state__in=(
                                    "proposed",
                                    "shortlisted",
                                    "designed",
                                    "approved",
                                    "tendering",
                                    "contracted",
                                ),
                                then=django.db.models.functions.comparison.Least(
                                    "planned_start", "planned_finish"
                                ),
                            ),
                            default=models.F("planned_finish"),
                            output_field=models.DateField(),
                        ),
                        output_field=models.DateField(null=True),
                    ),
                ),
            ],
            options={
                "verbose_name": "project site",
                "verbose_name_plural": "project sites",
                "ordering": ["code"],
                "indexes": [
                    django.contrib.postgres.indexes.GistIndex(
                        fields=["geometry_3857"], name="project_site_place"
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass("search_text", "gin_trgm_ops"),
                        name="project_site_text",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        sites.functions.CharacterPairs("search_text"), name="project_site_pairs"
                    ),
                    models.Index(fields=["area_code", "code"], name="project_site_area"),
                    models.Index(
                        fields=["township_code", "kind", "state"], name="project_site_township"
                    ),
                    models.Index(fields=["year", "kind", "state"], name="project_site_year"),
                    models.Index(fields=["updated_at", "id"], name="project_site_updated"),
                    models.Index(fields=["year", "code"], name="project_site_year_code"),
                    models.Index(fields=["programme", "code"], name="project_site_programme_code"),
                    models.Index(fields=["progress_percent", "id"], name="project_site_progress"),
                    models.Index(
                        django.db.models.functions.comparison.Collate(models.F("name"), "zh-x-icu"),
                        models.F("id"),
                        name="project_site_pinyin",
                    ),
                    models.Index(
                        django.db.models.functions.comparison.Coalesce(
                            models.F("due_on"),
                            models.Value(datetime.date(9999, 12, 31)),
                            output_field=models.DateField(),
                        ),
                        models.F("id"),
                        name="project_site_due",
                    ),
                    models.Index(
                        condition=models.Q(("removed_at__isnull", True)),
                        fields=["cluster_column", "cluster_row"],
                        include=(
                            "id",
                            "kind",
                            "state",
                            "due_on",
                            "area_code",
                            "visibility",
                            "category",
                        ),
                        name="project_site_cells",
                    ),
                    models.Index(
                        models.OrderBy(models.F("measured_length_m"), descending=True),
                        condition=models.Q(("kind", "road"), ("removed_at__isnull", True)),
                        name="project_site_longest_roads",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[^\\s,;\\x01-\\x1f]+$")),
                        name="project_site_code_form",
                        violation_error_message="A site code has no spaces, commas or semicolons.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["road", "village_centre", "water_works", "housing", "facility"],
                            )
                        ),
                        name="project_site_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "proposed",
                                    "shortlisted",
                                    "designed",
                                    "approved",
                                    "tendering",
                                    "contracted",
                                    "under_construction",
                                    "completed",
                                    "rectifying",
                                    "accepted",
                                    "settled",
                                    "handed_over",
                                    "closed",
                                    "suspended",
                                    "cancelled",
                                ],
                            )
                        ),
                        name="project_site_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("visibility__in", ["public", "office", "restricted"])),
                        name="project_site_visibility_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind", "housing"), ("visibility", "public"), _negated=True
                        ),
                        name="project_site_housing_is_not_public",
                        violation_error_message="A household's site is never public.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("year__gte", 1949), ("year__lte", 2100)),
                        name="project_site_year_in_range",
                        violation_error_message="The year must lie between 1949 and 2100.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("progress_percent__gte", 0), ("progress_percent__lte", 100)
                        ),
                        name="project_site_progress_in_range",
                        violation_error_message="Progress must lie between 0 and 100 percent.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("declared_length_m__isnull", True),
                            models.Q(
                                ("declared_length_m__gte", 0), ("declared_length_m__lte", 10000000)
                            ),
                            _connector="OR",
                        ),
                        name="project_site_declared_length_in_range",
                        violation_error_message="The declared length must lie between 0 and 10,000 km.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("planned_start__isnull", True),
                            models.Q(
                                ("planned_start__gte", datetime.date(1949, 10, 1)),
                                ("planned_start__lt", datetime.date(2100, 1, 1)),
                            ),
                            _connector="OR",
                        ),
                        name="project_site_planned_start_in_range",
                        violation_error_message="Dates must lie between 1949-10-01 and 2099-12-31.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("planned_finish__isnull", True),
                            models.Q(
                                ("planned_finish__gte", datetime.date(1949, 10, 1)),
                                ("planned_finish__lt", datetime.date(2100, 1, 1)),
                            ),
                            _connector="OR",
                        ),
                        name="project_site_planned_finish_in_range",
                        violation_error_message="Dates must lie between 1949-10-01 and 2099-12-31.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("actual_start__isnull", True),
                            models.Q(
                                ("actual_start__gte", datetime.date(1949, 10, 1)),
                                ("actual_start__lt", datetime.date(2100, 1, 1)),
                            ),
                            _connector="OR",
                        ),
                        name="project_site_actual_start_in_range",
                        violation_error_message="Dates must lie between 1949-10-01 and 2099-12-31.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("actual_finish__isnull", True),
                            models.Q(
                                ("actual_finish__gte", datetime.date(1949, 10, 1)),
                                ("actual_finish__lt", datetime.date(2100, 1, 1)),
                            ),
                            _connector="OR",
                        ),
                        name="project_site_actual_finish_in_range",
                        violation_error_message="Dates must lie between 1949-10-01 and 2099-12-31.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("planned_start__isnull", True),
                            ("planned_finish__isnull", True),
                            ("planned_finish__gte", models.F("planned_start")),
                            _connector="OR",
                        ),
                        name="project_site_planned_dates_in_order",
                        violation_error_message="The finish must not come before the start.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("actual_start__isnull", True),
                            ("actual_finish__isnull", True),
                            ("actual_finish__gte", models.F("actual_start")),
                            _connector="OR",
                        ),
                        name="project_site_actual_dates_in_order",
                        violation_error_message="The finish must not come before the start.",
                    ),
                    models.CheckConstraint(
                        condition=sites.functions.GeometryIsSound(models.F("planned_geometry")),
                        name="project_site_planned_geometry_is_sound",
                        violation_error_message="The geometry is empty, invalid or out of bounds.",
                    ),
                    models.CheckConstraint(
                        condition=sites.functions.GeometryIsSound(models.F("actual_geometry")),
                        name="project_site_actual_geometry_is_sound",
                        violation_error_message="The geometry is empty, invalid or out of bounds.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("planned_geometry__isnull", True),
                            models.Q(
                                ("kind", "road"),
                                sites.functions.GeometryTypeIn(
                                    models.F("planned_geometry"), ("LineString", "MultiLineString")
                                ),
                            ),
                            models.Q(
                                ("kind", "village_centre"),
                                sites.functions.GeometryTypeIn(
                                    models.F("planned_geometry"),
                                    ("Polygon", "MultiPolygon", "Point"),
                                ),
                            ),
                            models.Q(
                                ("kind", "water_works"),
                                sites.functions.GeometryTypeIn(
                                    models.F("planned_geometry"),
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
                                    models.F("planned_geometry"),
                                    ("Point", "Polygon", "MultiPolygon"),
                                ),
                            ),
                            models.Q(
                                ("kind", "facility"),
                                sites.functions.GeometryTypeIn(
                                    models.F("planned_geometry"),
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
                        name="project_site_planned_geometry_fits_kind",
                        violation_error_message="This type of geometry does not fit the kind of site.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("actual_geometry__isnull", True),
                            models.Q(
                                ("kind", "road"),
                                sites.functions.GeometryTypeIn(
                                    models.F("actual_geometry"), ("LineString", "MultiLineString")
                                ),
                            ),
                            models.Q(
                                ("kind", "village_centre"),
                                sites.functions.GeometryTypeIn(
                                    models.F("actual_geometry"),
                                    ("Polygon", "MultiPolygon", "Point"),
                                ),
                            ),
                            models.Q(
                                ("kind", "water_works"),
                                sites.functions.GeometryTypeIn(
                                    models.F("actual_geometry"),
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
                                    models.F("actual_geometry"),
                                    ("Point", "Polygon", "MultiPolygon"),
                                ),
                            ),
                            models.Q(
                                ("kind", "facility"),
                                sites.functions.GeometryTypeIn(
                                    models.F("actual_geometry"),
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
                        name="project_site_actual_geometry_fits_kind",
                        violation_error_message="This type of geometry does not fit the kind of site.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("planned_geometry__isnull", False),
                            ("actual_geometry__isnull", False),
                            _connector="OR",
                        ),
                        name="project_site_has_a_place",
                        violation_error_message="A site needs a planned or an actual geometry.",
                    ),
                    models.UniqueConstraint(
                        fields=("source", "source_id"),
                        name="project_site_source_id_once",
                        violation_error_message="This identifier of the source is already in the register.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."actual_finish" IS DISTINCT FROM (NEW."actual_finish") OR OLD."actual_geometry" IS DISTINCT FROM (NEW."actual_geometry") OR OLD."actual_start" IS DISTINCT FROM (NEW."actual_start") OR OLD."area_id" IS DISTINCT FROM (NEW."area_id") OR OLD."area_code" IS DISTINCT FROM (NEW."area_code") OR OLD."category_id" IS DISTINCT FROM (NEW."category_id") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."contractor_id" IS DISTINCT FROM (NEW."contractor_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."declared_length_m" IS DISTINCT FROM (NEW."declared_length_m") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_key_plan" IS DISTINCT FROM (NEW."is_key_plan") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."name_en" IS DISTINCT FROM (NEW."name_en") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."owner_organisation_id" IS DISTINCT FROM (NEW."owner_organisation_id") OR OLD."planned_finish" IS DISTINCT FROM (NEW."planned_finish") OR OLD."planned_geometry" IS DISTINCT FROM (NEW."planned_geometry") OR OLD."planned_start" IS DISTINCT FROM (NEW."planned_start") OR OLD."programme_id" IS DISTINCT FROM (NEW."programme_id") OR OLD."progress_percent" IS DISTINCT FROM (NEW."progress_percent") OR OLD."removal_reason" IS DISTINCT FROM (NEW."removal_reason") OR OLD."removed_at" IS DISTINCT FROM (NEW."removed_at") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."source_id" IS DISTINCT FROM (NEW."source_id") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."supervisor_id" IS DISTINCT FROM (NEW."supervisor_id") OR OLD."township_code" IS DISTINCT FROM (NEW."township_code") OR OLD."updated_by_id" IS DISTINCT FROM (NEW."updated_by_id") OR OLD."visibility" IS DISTINCT FROM (NEW."visibility") OR OLD."year" IS DISTINCT FROM (NEW."year"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="38c398fe95cbf0aa42d1cc16a606a2182e6df648",
                            operation="UPDATE",
                            pgid="pgtrigger_touch_4b3ab",
                            table="sites_projectsite",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="note_data_change",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nINSERT INTO sites_datachange (xid, changed_at)\nVALUES (pg_current_xact_id()::text::bigint, now())\nON CONFLICT (xid) DO NOTHING;\nRETURN NULL;\n",
                            hash="445aba136a099b8224b51afae9e566c07b97d2cd",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_note_data_change_c5b2e",
                            table="sites_projectsite",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="place",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nSELECT area.code, COALESCE(\n    (SELECT t.code FROM sites_area t WHERE t.level = 'township' AND t.code = left(area.code, 9)\n     ORDER BY t.valid_to DESC NULLS FIRST LIMIT 1), '')\nINTO NEW.area_code, NEW.township_code\nFROM sites_area area WHERE area.id = NEW.area_id;\nRETURN NEW;\n",
                            hash="5369cbea9ed47f97a8fd85927a8586acaa92c71a",
                            operation='INSERT OR UPDATE OF "area_id"',
                            pgid="pgtrigger_place_9db18",
                            table="sites_projectsite",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="state_change_recorded",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."state" IS DISTINCT FROM (NEW."state"))',
                            constraint="CONSTRAINT",
                            func="\nIF NOT EXISTS (\n    SELECT 1 FROM sites_statechange change\n    WHERE change.site_id = NEW.id AND change.from_state = OLD.state\n      AND change.to_state = NEW.state AND change.xid = pg_current_xact_id()::text::bigint\n) THEN\n    RAISE EXCEPTION 'state of site % changed without a record', NEW.code\n        USING ERRCODE = 'check_violation', CONSTRAINT = 'project_site_state_change_recorded';\nEND IF;\nRETURN NULL;\n",
                            hash="c2333d4e49a7fbe122d197004725db29ee046fe7",
                            operation='UPDATE OF "state"',
                            pgid="pgtrigger_state_change_recorded_6263f",
                            table="sites_projectsite",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."actual_finish" IS DISTINCT FROM (NEW."actual_finish") OR OLD."actual_geometry" IS DISTINCT FROM (NEW."actual_geometry") OR OLD."actual_start" IS DISTINCT FROM (NEW."actual_start") OR OLD."area_id" IS DISTINCT FROM (NEW."area_id") OR OLD."area_code" IS DISTINCT FROM (NEW."area_code") OR OLD."category_id" IS DISTINCT FROM (NEW."category_id") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."contractor_id" IS DISTINCT FROM (NEW."contractor_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."declared_length_m" IS DISTINCT FROM (NEW."declared_length_m") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_key_plan" IS DISTINCT FROM (NEW."is_key_plan") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."name_en" IS DISTINCT FROM (NEW."name_en") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."owner_organisation_id" IS DISTINCT FROM (NEW."owner_organisation_id") OR OLD."planned_finish" IS DISTINCT FROM (NEW."planned_finish") OR OLD."planned_geometry" IS DISTINCT FROM (NEW."planned_geometry") OR OLD."planned_start" IS DISTINCT FROM (NEW."planned_start") OR OLD."programme_id" IS DISTINCT FROM (NEW."programme_id") OR OLD."progress_percent" IS DISTINCT FROM (NEW."progress_percent") OR OLD."removal_reason" IS DISTINCT FROM (NEW."removal_reason") OR OLD."removed_at" IS DISTINCT FROM (NEW."removed_at") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."source_id" IS DISTINCT FROM (NEW."source_id") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."supervisor_id" IS DISTINCT FROM (NEW."supervisor_id") OR OLD."township_code" IS DISTINCT FROM (NEW."township_code") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."updated_by_id" IS DISTINCT FROM (NEW."updated_by_id") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."visibility" IS DISTINCT FROM (NEW."visibility") OR OLD."year" IS DISTINCT FROM (NEW."year"))',
                            func='INSERT INTO "sites_projectsiteevent" ("actual_finish", "actual_geometry", "actual_start", "area_code", "area_id", "category_id", "code", "contractor_id", "created_at", "created_by_id", "declared_length_m", "id", "is_key_plan", "kind", "name", "name_en", "note", "owner_organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_finish", "planned_geometry", "planned_start", "programme_id", "progress_percent", "removal_reason", "removed_at", "source", "source_id", "state", "supervisor_id", "township_code", "updated_at", "updated_by_id", "version", "visibility", "year") VALUES (OLD."actual_finish", OLD."actual_geometry", OLD."actual_start", OLD."area_code", OLD."area_id", OLD."category_id", OLD."code", OLD."contractor_id", OLD."created_at", OLD."created_by_id", OLD."declared_length_m", OLD."id", OLD."is_key_plan", OLD."kind", OLD."name", OLD."name_en", OLD."note", OLD."owner_organisation_id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."planned_finish", OLD."planned_geometry", OLD."planned_start", OLD."programme_id", OLD."progress_percent", OLD."removal_reason", OLD."removed_at", OLD."source", OLD."source_id", OLD."state", OLD."supervisor_id", OLD."township_code", OLD."updated_at", OLD."updated_by_id", OLD."version", OLD."visibility", OLD."year"); RETURN NULL;',
                            hash="b737e19626d567aad673b4c053c9ce9c2a686a03",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a2584",
                            table="sites_projectsite",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sites_projectsiteevent" ("actual_finish", "actual_geometry", "actual_start", "area_code", "area_id", "category_id", "code", "contractor_id", "created_at", "created_by_id", "declared_length_m", "id", "is_key_plan", "kind", "name", "name_en", "note", "owner_organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_finish", "planned_geometry", "planned_start", "programme_id", "progress_percent", "removal_reason", "removed_at", "source", "source_id", "state", "supervisor_id", "township_code", "updated_at", "updated_by_id", "version", "visibility", "year") VALUES (OLD."actual_finish", OLD."actual_geometry", OLD."actual_start", OLD."area_code", OLD."area_id", OLD."category_id", OLD."code", OLD."contractor_id", OLD."created_at", OLD."created_by_id", OLD."declared_length_m", OLD."id", OLD."is_key_plan", OLD."kind", OLD."name", OLD."name_en", OLD."note", OLD."owner_organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."planned_finish", OLD."planned_geometry", OLD."planned_start", OLD."programme_id", OLD."progress_percent", OLD."removal_reason", OLD."removed_at", OLD."source", OLD."source_id", OLD."state", OLD."supervisor_id", OLD."township_code", OLD."updated_at", OLD."updated_by_id", OLD."version", OLD."visibility", OLD."year"); RETURN NULL;',
                            hash="f8a9e27b527836d8ef62702505715f56e8192b02",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e6442",
                            table="sites_projectsite",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FacilityDetail",
            fields=[
                (
                    "site",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="facility",
                        serialize=False,
                        to="sites.projectsite",
                        verbose_name="site",
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
                "verbose_name": "facility detail",
                "verbose_name_plural": "facility details",
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
                        name="facility_facility_kind_known",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "sites_facilitydetailevent" ("facility_kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id") VALUES (OLD."facility_kind", _pgh_attach_context(), NOW(), \'update\', OLD."site_id", OLD."site_id"); RETURN NULL;',
                            hash="338a9dd4640787cfdb6d850ce6459945a2439e52",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_1ec7d",
                            table="sites_facilitydetail",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sites_facilitydetailevent" ("facility_kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id") VALUES (OLD."facility_kind", _pgh_attach_context(), NOW(), \'delete\', OLD."site_id", OLD."site_id"); RETURN NULL;',
                            hash="46c96fb4f6b42a0511f4dd5d686564a2e46c77ea",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_8d4c0",
                            table="sites_facilitydetail",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="FacilityDetailEvent",
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
                        to="sites.facilitydetail",
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
                    "site",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        serialize=False,
                        to="sites.projectsite",
                        verbose_name="site",
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
            name="HouseholdRecord",
            fields=[
                (
                    "site",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="household",
                        serialize=False,
                        to="sites.projectsite",
                        verbose_name="site",
                    ),
                ),
                ("reference", models.CharField(max_length=60, verbose_name="household reference")),
                ("note", models.TextField(blank=True, db_default="", verbose_name="note")),
            ],
            options={
                "verbose_name": "household record",
                "verbose_name_plural": "household records",
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "sites_householdrecordevent" ("note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "site_id") VALUES (OLD."note", _pgh_attach_context(), NOW(), \'update\', OLD."site_id", OLD."reference", OLD."site_id"); RETURN NULL;',
                            hash="f2b58800b2fcdb7a04ead6373f68dffbd16ddcb9",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_83267",
                            table="sites_householdrecord",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sites_householdrecordevent" ("note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "site_id") VALUES (OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."site_id", OLD."reference", OLD."site_id"); RETURN NULL;',
                            hash="374937612682d2d771f963755c5436650c05f168",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_26f7c",
                            table="sites_householdrecord",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="HouseholdRecordEvent",
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
                        to="sites.householdrecord",
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
                    "site",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        serialize=False,
                        to="sites.projectsite",
                        verbose_name="site",
                    ),
                ),
                ("reference", models.CharField(max_length=60, verbose_name="household reference")),
                ("note", models.TextField(blank=True, db_default="", verbose_name="note")),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="HousingDetail",
            fields=[
                (
                    "site",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="housing",
                        serialize=False,
                        to="sites.projectsite",
                        verbose_name="site",
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
                    "household_group",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("1", "At risk of falling back into poverty"),
                            ("2", "On minimum living allowance"),
                            ("3", "Scattered extreme-poverty support"),
                            ("4", "Sudden severe hardship"),
                            ("5", "Marginal to minimum living allowance"),
                            ("6", "Other lifted-out household without earlier support"),
                        ],
                        db_default="",
                        max_length=20,
                        verbose_name="household group",
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
                "verbose_name": "housing detail",
                "verbose_name_plural": "housing details",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("danger_grade__in", ["", "C", "D"])),
                        name="housing_danger_grade_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("method__in", ["", "reinforce", "rebuild", "relocate", "rent"])
                        ),
                        name="housing_method_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("household_group__in", ["", "1", "2", "3", "4", "5", "6"])
                        ),
                        name="housing_household_group_known",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "sites_housingdetailevent" ("danger_grade", "floor_area_m2", "household_group", "households", "method", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id") VALUES (OLD."danger_grade", OLD."floor_area_m2", OLD."household_group", OLD."households", OLD."method", _pgh_attach_context(), NOW(), \'update\', OLD."site_id", OLD."site_id"); RETURN NULL;',
                            hash="862b552f4635cb9592851e5d1de9a04dbacb6b88",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_91ce3",
                            table="sites_housingdetail",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sites_housingdetailevent" ("danger_grade", "floor_area_m2", "household_group", "households", "method", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id") VALUES (OLD."danger_grade", OLD."floor_area_m2", OLD."household_group", OLD."households", OLD."method", _pgh_attach_context(), NOW(), \'delete\', OLD."site_id", OLD."site_id"); RETURN NULL;',
                            hash="d3d94389f1ee8039a3e7a287fc4ebd9295fe15d6",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_6b600",
                            table="sites_housingdetail",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="HousingDetailEvent",
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
                        to="sites.housingdetail",
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
                    "site",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        serialize=False,
                        to="sites.projectsite",
                        verbose_name="site",
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
                    "household_group",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("1", "At risk of falling back into poverty"),
                            ("2", "On minimum living allowance"),
                            ("3", "Scattered extreme-poverty support"),
                            ("4", "Sudden severe hardship"),
                            ("5", "Marginal to minimum living allowance"),
                            ("6", "Other lifted-out household without earlier support"),
                        ],
                        db_default="",
                        max_length=20,
                        verbose_name="household group",
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
            name="Milestone",
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
                        related_name="milestones",
                        to="sites.projectsite",
                        verbose_name="site",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
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
                        max_length=30,
                        verbose_name="milestone",
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="done")),
                (
                    "responsible",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="milestones",
                        to="sites.organisation",
                        verbose_name="responsible unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "milestone",
                "verbose_name_plural": "milestones",
                "ordering": ["due_on", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("site", "kind"), name="milestone_once_a_site"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "proposal",
                                    "shortlist",
                                    "design",
                                    "approval",
                                    "tender",
                                    "start",
                                    "finish",
                                    "preliminary_acceptance",
                                    "final_acceptance",
                                    "settlement",
                                    "handover",
                                ],
                            )
                        ),
                        name="milestone_kind_known",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "sites_milestoneevent" ("done_on", "due_on", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "responsible_id", "site_id") VALUES (OLD."done_on", OLD."due_on", OLD."id", OLD."kind", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."responsible_id", OLD."site_id"); RETURN NULL;',
                            hash="6f3d1887fa63441bb06d154e25b9f833a3589620",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c7a37",
                            table="sites_milestone",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sites_milestoneevent" ("done_on", "due_on", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "responsible_id", "site_id") VALUES (OLD."done_on", OLD."due_on", OLD."id", OLD."kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."responsible_id", OLD."site_id"); RETURN NULL;',
                            hash="ab00eb254e1e86dba5776556edee9668dbba1c27",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_15c36",
                            table="sites_milestone",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="MilestoneEvent",
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
                        to="sites.milestone",
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
                (
                    "kind",
                    models.CharField(
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
                        max_length=30,
                        verbose_name="milestone",
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="done")),
                (
                    "responsible",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sites.organisation",
                        verbose_name="responsible unit",
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
            name="ProgressEntry",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="progress_entries",
                        to="sites.projectsite",
                        verbose_name="site",
                    ),
                ),
                ("reported_on", models.DateField(verbose_name="reported on")),
                (
                    "percent",
                    models.DecimalField(
                        decimal_places=2, max_digits=5, verbose_name="progress (%)"
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="note")),
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
                    "captured_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="captured at"),
                ),
                (
                    "received_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="received at",
                    ),
                ),
                (
                    "photo_sha256",
                    models.CharField(blank=True, max_length=64, verbose_name="photo (SHA-256)"),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="reported by",
                    ),
                ),
            ],
            options={
                "verbose_name": "progress entry",
                "verbose_name_plural": "progress entries",
                "ordering": ["-reported_on", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("percent__gte", 0), ("percent__lte", 100)),
                        name="progress_entry_percent_in_range",
                        violation_error_message="Progress must lie between 0 and 100 percent.",
                    ),
                    models.CheckConstraint(
                        condition=sites.functions.GeometryIsSound(models.F("position")),
                        name="progress_entry_position_is_sound",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("photo_sha256", ""),
                            ("photo_sha256__regex", "^[0-9a-f]{64}$"),
                            _connector="OR",
                        ),
                        name="progress_entry_photo_hash_form",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="7385a0c6388f2da93f6355b91712d788123e520f",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_4ce09",
                            table="sites_progressentry",
                            when="BEFORE",
                        ),
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ProjectSiteEvent",
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
                        to="sites.projectsite",
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
                    "category",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sites.sitecategory",
                        verbose_name="category",
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
                            ("proposed", "Proposed"),
                            ("shortlisted", "Shortlisted"),
                            ("designed", "Designed"),
                            ("approved", "Approved"),
                            ("tendering", "Tendering"),
                            ("contracted", "Contracted"),
                            ("under_construction", "Under construction"),
                            ("completed", "Completed"),
                            ("rectifying", "Rectifying"),
                            ("accepted", "Accepted"),
                            ("settled", "Settled"),
                            ("handed_over", "Handed over"),
                            ("closed", "Closed"),
                            ("suspended", "Suspended"),
                            ("cancelled", "Cancelled"),
                        ],
                        db_default="proposed",
                        default="proposed",
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
                    "is_key_plan",
                    models.BooleanField(db_default=False, default=False, verbose_name="key plan"),
                ),
                (
                    "planned_geometry",
                    django.contrib.gis.db.models.fields.GeometryField(
                        blank=True,
                        null=True,
                        spatial_index=False,
                        srid=4490,
                        verbose_name="planned geometry",
                    ),
                ),
                (
                    "actual_geometry",
                    django.contrib.gis.db.models.fields.GeometryField(
                        blank=True,
                        null=True,
                        spatial_index=False,
                        srid=4490,
                        verbose_name="actual geometry",
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
                (
                    "planned_start",
                    models.DateField(blank=True, null=True, verbose_name="planned start"),
                ),
                (
                    "planned_finish",
                    models.DateField(blank=True, null=True, verbose_name="planned finish"),
                ),
                (
                    "actual_start",
                    models.DateField(blank=True, null=True, verbose_name="actual start"),
                ),
                (
                    "actual_finish",
                    models.DateField(blank=True, null=True, verbose_name="actual finish"),
                ),
                (
                    "progress_percent",
                    models.DecimalField(
                        db_default=0,
                        decimal_places=2,
                        default=0,
                        max_digits=5,
                        verbose_name="progress (%)",
                    ),
                ),
                (
                    "owner_organisation",
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
                    "supervisor",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sites.organisation",
                        verbose_name="supervisor",
                    ),
                ),
                (
                    "source",
                    models.CharField(default="register", max_length=120, verbose_name="source"),
                ),
                (
                    "source_id",
                    models.CharField(max_length=120, verbose_name="identifier in the source"),
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
            name="RoadDetail",
            fields=[
                (
                    "site",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="road",
                        serialize=False,
                        to="sites.projectsite",
                        verbose_name="site",
                    ),
                ),
                (
                    "route_code",
                    models.CharField(
                        blank=True, db_index=True, max_length=20, verbose_name="route code"
                    ),
                ),
                (
                    "road_class",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("county", "County road"),
                            ("township", "Township road"),
                            ("village", "Village road"),
                            ("special", "Special-purpose road"),
                        ],
                        db_default="",
                        max_length=20,
                        verbose_name="road class",
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
                    "start_name",
                    models.CharField(
                        blank=True, db_default="", max_length=120, verbose_name="from"
                    ),
                ),
                (
                    "end_name",
                    models.CharField(blank=True, db_default="", max_length=120, verbose_name="to"),
                ),
                ("opened_on", models.DateField(blank=True, null=True, verbose_name="opened on")),
            ],
            options={
                "verbose_name": "road detail",
                "verbose_name_plural": "road details",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("route_code", ""),
                            ("route_code__regex", "^[GSXYCZ][0-9A-Z]{3,15}$"),
                            _connector="OR",
                        ),
                        name="road_route_code_form",
                        violation_error_message="A route code is a letter G, S, X, Y, C or Z and 3 to 15 digits.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("road_class__in", ["", "county", "township", "village", "special"])
                        ),
                        name="road_road_class_known",
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
                        name="road_technical_class_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("pavement__in", ["", "asphalt", "cement", "simple", "gravel", "earth"])
                        ),
                        name="road_pavement_known",
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
                        name="road_widths_are_positive",
                        violation_error_message="Widths must be positive.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="note_data_change",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nINSERT INTO sites_datachange (xid, changed_at)\nVALUES (pg_current_xact_id()::text::bigint, now())\nON CONFLICT (xid) DO NOTHING;\nRETURN NULL;\n",
                            hash="6ef5029b12dfc465284011173ca9f303e5b4232d",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_note_data_change_869ca",
                            table="sites_roaddetail",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "sites_roaddetailevent" ("end_name", "opened_on", "pavement", "pavement_width_m", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "road_class", "roadbed_width_m", "route_code", "site_id", "start_name", "technical_class") VALUES (OLD."end_name", OLD."opened_on", OLD."pavement", OLD."pavement_width_m", _pgh_attach_context(), NOW(), \'update\', OLD."site_id", OLD."road_class", OLD."roadbed_width_m", OLD."route_code", OLD."site_id", OLD."start_name", OLD."technical_class"); RETURN NULL;',
                            hash="c68a79cf51e2304e18a65f459ea67f0be0cca876",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_736a9",
                            table="sites_roaddetail",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sites_roaddetailevent" ("end_name", "opened_on", "pavement", "pavement_width_m", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "road_class", "roadbed_width_m", "route_code", "site_id", "start_name", "technical_class") VALUES (OLD."end_name", OLD."opened_on", OLD."pavement", OLD."pavement_width_m", _pgh_attach_context(), NOW(), \'delete\', OLD."site_id", OLD."road_class", OLD."roadbed_width_m", OLD."route_code", OLD."site_id", OLD."start_name", OLD."technical_class"); RETURN NULL;',
                            hash="26d36c529cc37a577017062184c8857ba51c3e9d",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_58767",
                            table="sites_roaddetail",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="RoadDetailEvent",
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
                        to="sites.roaddetail",
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
                    "site",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        serialize=False,
                        to="sites.projectsite",
                        verbose_name="site",
                    ),
                ),
                (
                    "route_code",
                    models.CharField(blank=True, max_length=20, verbose_name="route code"),
                ),
                (
                    "road_class",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("county", "County road"),
                            ("township", "Township road"),
                            ("village", "Village road"),
                            ("special", "Special-purpose road"),
                        ],
                        db_default="",
                        max_length=20,
                        verbose_name="road class",
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
                    "start_name",
                    models.CharField(
                        blank=True, db_default="", max_length=120, verbose_name="from"
                    ),
                ),
                (
                    "end_name",
                    models.CharField(blank=True, db_default="", max_length=120, verbose_name="to"),
                ),
                ("opened_on", models.DateField(blank=True, null=True, verbose_name="opened on")),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="StateChange",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="state_changes",
                        to="sites.projectsite",
                        verbose_name="site",
                    ),
                ),
                (
                    "from_state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("shortlisted", "Shortlisted"),
                            ("designed", "Designed"),
                            ("approved", "Approved"),
                            ("tendering", "Tendering"),
                            ("contracted", "Contracted"),
                            ("under_construction", "Under construction"),
                            ("completed", "Completed"),
                            ("rectifying", "Rectifying"),
                            ("accepted", "Accepted"),
                            ("settled", "Settled"),
                            ("handed_over", "Handed over"),
                            ("closed", "Closed"),
                            ("suspended", "Suspended"),
                            ("cancelled", "Cancelled"),
                        ],
                        max_length=20,
                        verbose_name="from state",
                    ),
                ),
                (
                    "to_state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("shortlisted", "Shortlisted"),
                            ("designed", "Designed"),
                            ("approved", "Approved"),
                            ("tendering", "Tendering"),
                            ("contracted", "Contracted"),
                            ("under_construction", "Under construction"),
                            ("completed", "Completed"),
                            ("rectifying", "Rectifying"),
                            ("accepted", "Accepted"),
                            ("settled", "Settled"),
                            ("handed_over", "Handed over"),
                            ("closed", "Closed"),
                            ("suspended", "Suspended"),
                            ("cancelled", "Cancelled"),
                        ],
                        max_length=20,
                        verbose_name="to state",
                    ),
                ),
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
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                ("effective_on", models.DateField(verbose_name="effective on")),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="recorded at",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("evidence", models.TextField(blank=True, verbose_name="evidence")),
                (
                    "xid",
                    models.BigIntegerField(
                        db_default=sites.models.state_change.CurrentTransaction(), editable=False
                    ),
                ),
            ],
            options={
                "verbose_name": "state change",
                "verbose_name_plural": "state changes",
                "ordering": ["at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "from_state__in",
                                [
                                    "proposed",
                                    "shortlisted",
                                    "designed",
                                    "approved",
                                    "tendering",
                                    "contracted",
                                    "under_construction",
                                    "completed",
                                    "rectifying",
                                    "accepted",
                                    "settled",
                                    "handed_over",
                                    "closed",
                                    "suspended",
                                    "cancelled",
                                ],
                            ),
                            (
                                "to_state__in",
                                [
                                    "proposed",
                                    "shortlisted",
                                    "designed",
                                    "approved",
                                    "tendering",
                                    "contracted",
                                    "under_construction",
                                    "completed",
                                    "rectifying",
                                    "accepted",
                                    "settled",
                                    "handed_over",
                                    "closed",
                                    "suspended",
                                    "cancelled",
                                ],
                            ),
                        ),
                        name="state_change_states_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("from_state", models.F("to_state")), _negated=True),
                        name="state_change_moves",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="370188a397dde8c9ccb1d04dc7d5cdc98baa2b7d",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_63e50",
                            table="sites_statechange",
                            when="BEFORE",
                        ),
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="VillageCentreDetail",
            fields=[
                (
                    "site",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="village_centre",
                        serialize=False,
                        to="sites.projectsite",
                        verbose_name="site",
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
                "verbose_name": "village centre detail",
                "verbose_name_plural": "village centre details",
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "sites_villagecentredetailevent" ("households", "people", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id") VALUES (OLD."households", OLD."people", _pgh_attach_context(), NOW(), \'update\', OLD."site_id", OLD."site_id"); RETURN NULL;',
                            hash="2a0f8d0889bba420b56a31387ee8644a531d1563",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_74288",
                            table="sites_villagecentredetail",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sites_villagecentredetailevent" ("households", "people", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id") VALUES (OLD."households", OLD."people", _pgh_attach_context(), NOW(), \'delete\', OLD."site_id", OLD."site_id"); RETURN NULL;',
                            hash="f9ceb87ac52af43c32e9561f99b0ac7703ed5ca6",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_45e4a",
                            table="sites_villagecentredetail",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="VillageCentreComponent",
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
                    "village_centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="components",
                        to="sites.villagecentredetail",
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
                ("unit", models.CharField(blank=True, max_length=20, verbose_name="unit")),
                ("is_done", models.BooleanField(default=False, verbose_name="done")),
            ],
            options={
                "verbose_name": "village centre component",
                "verbose_name_plural": "village centre components",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("village_centre", "kind"), name="village_centre_component_once"
                    ),
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
                        name="village_centre_component_kind_known",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "sites_villagecentrecomponentevent" ("id", "is_done", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "unit", "village_centre_id") VALUES (OLD."id", OLD."is_done", OLD."kind", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."quantity", OLD."unit", OLD."village_centre_id"); RETURN NULL;',
                            hash="3af1e9859081155330afed1907ef682731bbf175",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_faebe",
                            table="sites_villagecentrecomponent",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sites_villagecentrecomponentevent" ("id", "is_done", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "unit", "village_centre_id") VALUES (OLD."id", OLD."is_done", OLD."kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."quantity", OLD."unit", OLD."village_centre_id"); RETURN NULL;',
                            hash="2650b98f9365a387e3a13cf821ed533bb9ed20bc",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_efc43",
                            table="sites_villagecentrecomponent",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="VillageCentreComponentEvent",
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
                        to="sites.villagecentrecomponent",
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
                    "village_centre",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sites.villagecentredetail",
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
                ("unit", models.CharField(blank=True, max_length=20, verbose_name="unit")),
                ("is_done", models.BooleanField(default=False, verbose_name="done")),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="VillageCentreDetailEvent",
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
                        to="sites.villagecentredetail",
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
                    "site",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        serialize=False,
                        to="sites.projectsite",
                        verbose_name="site",
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
            name="WaterWorksDetail",
            fields=[
                (
                    "site",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="water_works",
                        serialize=False,
                        to="sites.projectsite",
                        verbose_name="site",
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
                    "people_served",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="people served"
                    ),
                ),
            ],
            options={
                "verbose_name": "water works detail",
                "verbose_name_plural": "water works details",
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
                        name="water_works_works_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("capacity_m3_per_day__isnull", True),
                            ("capacity_m3_per_day__gte", 0),
                            _connector="OR",
                        ),
                        name="water_works_capacity_not_negative",
                        violation_error_message="The capacity must not be negative.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "sites_waterworksdetailevent" ("capacity_m3_per_day", "people_served", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id", "works_kind") VALUES (OLD."capacity_m3_per_day", OLD."people_served", _pgh_attach_context(), NOW(), \'update\', OLD."site_id", OLD."site_id", OLD."works_kind"); RETURN NULL;',
                            hash="b22c1530edf92db997d9eaf0a58bc230017d3868",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b762b",
                            table="sites_waterworksdetail",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "sites_waterworksdetailevent" ("capacity_m3_per_day", "people_served", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id", "works_kind") VALUES (OLD."capacity_m3_per_day", OLD."people_served", _pgh_attach_context(), NOW(), \'delete\', OLD."site_id", OLD."site_id", OLD."works_kind"); RETURN NULL;',
                            hash="c2e29b04e3a8f2e9e2ffdaa9620c52ea072012f2",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_4edf1",
                            table="sites_waterworksdetail",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="WaterWorksDetailEvent",
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
                        to="sites.waterworksdetail",
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
                    "site",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        serialize=False,
                        to="sites.projectsite",
                        verbose_name="site",
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
                    "people_served",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="people served"
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
