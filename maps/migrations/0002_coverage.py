import django.contrib.gis.db.models.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import sites.functions
import sites.identifiers
from sites.schema import AdditiveMigration


class Migration(AdditiveMigration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("maps", "0001_exports"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("sites", "0001_register"),
    ]

    operations = [
        migrations.CreateModel(
            name="CoverageRule",
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
                    "indicator",
                    models.CharField(
                        choices=[
                            ("rural_access", "Rural Access Index (SDG 9.1.1)"),
                            ("villages_hard_road", "Administrative villages on a hardened road"),
                            (
                                "hamlets_hard_road",
                                "Natural villages of 20 households and more on a hardened road",
                            ),
                            ("tap_water", "Tap water rate"),
                            ("central_supply", "Central water supply rate"),
                            ("water_quality", "Water quality compliance rate"),
                            ("upkeep", "Upkeep coverage"),
                            ("people_served", "People served"),
                        ],
                        max_length=20,
                        verbose_name="indicator",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("parameters", models.JSONField(default=dict, verbose_name="parameters")),
                ("method", models.TextField(verbose_name="method")),
                (
                    "method_en",
                    models.TextField(blank=True, db_default="", verbose_name="method in English"),
                ),
            ],
            options={
                "verbose_name": "rule of coverage",
                "verbose_name_plural": "rules of coverage",
                "ordering": ["indicator", "-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("indicator", "number"), name="coverage_rule_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "indicator__in",
                                [
                                    "rural_access",
                                    "villages_hard_road",
                                    "hamlets_hard_road",
                                    "tap_water",
                                    "central_supply",
                                    "water_quality",
                                    "upkeep",
                                    "people_served",
                                ],
                            )
                        ),
                        name="coverage_rule_indicator_known",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."indicator" IS DISTINCT FROM (NEW."indicator") OR OLD."method" IS DISTINCT FROM (NEW."method") OR OLD."method_en" IS DISTINCT FROM (NEW."method_en") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."name_en" IS DISTINCT FROM (NEW."name_en") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."parameters" IS DISTINCT FROM (NEW."parameters"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="896f74d6947ddb51bc2719c397bc550a07ced752",
                            operation="UPDATE",
                            pgid="pgtrigger_touch_ad5a8",
                            table="maps_coveragerule",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "maps_coverageruleevent" ("created_at", "id", "indicator", "method", "method_en", "name", "name_en", "number", "parameters", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version") VALUES (OLD."created_at", OLD."id", OLD."indicator", OLD."method", OLD."method_en", OLD."name", OLD."name_en", OLD."number", OLD."parameters", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="4aacb49fb0da9ad53469f7253807965ada5744e9",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c3e56",
                            table="maps_coveragerule",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "maps_coverageruleevent" ("created_at", "id", "indicator", "method", "method_en", "name", "name_en", "number", "parameters", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version") VALUES (OLD."created_at", OLD."id", OLD."indicator", OLD."method", OLD."method_en", OLD."name", OLD."name_en", OLD."number", OLD."parameters", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="2c276fdc6637a0333f5241a3416016d6d4cd3a52",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_00d6b",
                            table="maps_coveragerule",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="CoverageRuleEvent",
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
                        to="maps.coveragerule",
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
                    "indicator",
                    models.CharField(
                        choices=[
                            ("rural_access", "Rural Access Index (SDG 9.1.1)"),
                            ("villages_hard_road", "Administrative villages on a hardened road"),
                            (
                                "hamlets_hard_road",
                                "Natural villages of 20 households and more on a hardened road",
                            ),
                            ("tap_water", "Tap water rate"),
                            ("central_supply", "Central water supply rate"),
                            ("water_quality", "Water quality compliance rate"),
                            ("upkeep", "Upkeep coverage"),
                            ("people_served", "People served"),
                        ],
                        max_length=20,
                        verbose_name="indicator",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("parameters", models.JSONField(default=dict, verbose_name="parameters")),
                ("method", models.TextField(verbose_name="method")),
                (
                    "method_en",
                    models.TextField(blank=True, db_default="", verbose_name="method in English"),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="PopulationSet",
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
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("source", models.CharField(max_length=200, verbose_name="source")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("points", "Points of villages"),
                            ("polygons", "Areas"),
                            ("raster", "Raster cells"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "people",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        editable=False,
                        max_digits=14,
                        verbose_name="people",
                    ),
                ),
                (
                    "cells",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="places"),
                ),
                (
                    "sha256",
                    models.CharField(blank=True, db_default="", editable=False, max_length=64),
                ),
                (
                    "added_by",
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
                "verbose_name": "population",
                "verbose_name_plural": "populations",
                "ordering": ["-year", "name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("area", "year", "name"),
                        name="population_set_once",
                        violation_error_message="A population of that name and year exists already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["points", "polygons", "raster"])),
                        name="population_set_kind_known",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."added_by_id" IS DISTINCT FROM (NEW."added_by_id") OR OLD."area_id" IS DISTINCT FROM (NEW."area_id") OR OLD."area_code" IS DISTINCT FROM (NEW."area_code") OR OLD."cells" IS DISTINCT FROM (NEW."cells") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."people" IS DISTINCT FROM (NEW."people") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."year" IS DISTINCT FROM (NEW."year"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="1b8673fc37384acf3f83f01e0a8ab36f6ad8a5d9",
                            operation="UPDATE",
                            pgid="pgtrigger_touch_ef137",
                            table="maps_populationset",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="placed_by_area",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nSELECT area.code INTO NEW.area_code FROM sites_area area WHERE area.id = NEW.area_id;\nRETURN NEW;\n",
                            hash="348ab5e717191c618c80851870940d5284f999d1",
                            operation='INSERT OR UPDATE OF "area_id"',
                            pgid="pgtrigger_placed_by_area_e571b",
                            table="maps_populationset",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "maps_populationsetevent" ("added_by_id", "area_code", "area_id", "cells", "created_at", "id", "kind", "name", "people", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "source", "updated_at", "version", "year") VALUES (OLD."added_by_id", OLD."area_code", OLD."area_id", OLD."cells", OLD."created_at", OLD."id", OLD."kind", OLD."name", OLD."people", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."sha256", OLD."source", OLD."updated_at", OLD."version", OLD."year"); RETURN NULL;',
                            hash="e287542bd0d53b7f32180d76a2225a6c96832d9f",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_8a8f6",
                            table="maps_populationset",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "maps_populationsetevent" ("added_by_id", "area_code", "area_id", "cells", "created_at", "id", "kind", "name", "people", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "source", "updated_at", "version", "year") VALUES (OLD."added_by_id", OLD."area_code", OLD."area_id", OLD."cells", OLD."created_at", OLD."id", OLD."kind", OLD."name", OLD."people", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."sha256", OLD."source", OLD."updated_at", OLD."version", OLD."year"); RETURN NULL;',
                            hash="f50b235bdce42b6c0a5449f6382b836bfa5df79d",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_0e3a8",
                            table="maps_populationset",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="CoverageRun",
            fields=[
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
                    "id",
                    models.UUIDField(
                        default=sites.identifiers.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "indicator",
                    models.CharField(
                        choices=[
                            ("rural_access", "Rural Access Index (SDG 9.1.1)"),
                            ("villages_hard_road", "Administrative villages on a hardened road"),
                            (
                                "hamlets_hard_road",
                                "Natural villages of 20 households and more on a hardened road",
                            ),
                            ("tap_water", "Tap water rate"),
                            ("central_supply", "Central water supply rate"),
                            ("water_quality", "Water quality compliance rate"),
                            ("upkeep", "Upkeep coverage"),
                            ("people_served", "People served"),
                        ],
                        max_length=20,
                        verbose_name="indicator",
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="runs",
                        to="maps.coveragerule",
                        verbose_name="rule",
                    ),
                ),
                ("as_of", models.DateField(verbose_name="as of")),
                (
                    "population",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="runs",
                        to="maps.populationset",
                        verbose_name="population",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Waiting"),
                            ("running", "Running"),
                            ("ready", "Ready"),
                            ("failed", "Failed"),
                        ],
                        default="queued",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "numerator",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        max_digits=18,
                        null=True,
                        verbose_name="reached",
                    ),
                ),
                (
                    "denominator",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        max_digits=18,
                        null=True,
                        verbose_name="of all",
                    ),
                ),
                ("inputs", models.JSONField(default=dict, verbose_name="inputs")),
                ("inputs_sha256", models.CharField(blank=True, db_default="", max_length=64)),
                (
                    "reach",
                    django.contrib.gis.db.models.fields.MultiPolygonField(
                        blank=True,
                        null=True,
                        spatial_index=False,
                        srid=4490,
                        verbose_name="reached area",
                    ),
                ),
                ("problem", models.CharField(blank=True, db_default="", max_length=40)),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="created at",
                    ),
                ),
                (
                    "finished_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="finished at"),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="created by",
                    ),
                ),
            ],
            options={
                "verbose_name": "coverage run",
                "verbose_name_plural": "coverage runs",
                "ordering": ["-created_at", "-id"],
                "indexes": [
                    models.Index(
                        fields=["area_code", "-created_at", "-id"], name="coverage_run_area"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "indicator__in",
                                [
                                    "rural_access",
                                    "villages_hard_road",
                                    "hamlets_hard_road",
                                    "tap_water",
                                    "central_supply",
                                    "water_quality",
                                    "upkeep",
                                    "people_served",
                                ],
                            ),
                            ("state__in", ["queued", "running", "ready", "failed"]),
                        ),
                        name="coverage_run_codes_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("numerator__isnull", True),
                            models.Q(
                                ("numerator__gte", 0), ("numerator__lte", models.F("denominator"))
                            ),
                            _connector="OR",
                        ),
                        name="coverage_run_part_of_all",
                    ),
                    models.CheckConstraint(
                        condition=sites.functions.GeometryIsSound(models.F("reach")),
                        name="coverage_run_reach_is_sound",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="placed_by_area",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nSELECT area.code INTO NEW.area_code FROM sites_area area WHERE area.id = NEW.area_id;\nRETURN NEW;\n",
                            hash="636b7aa0c13ae776267282532d4d806a80b67448",
                            operation='INSERT OR UPDATE OF "area_id"',
                            pgid="pgtrigger_placed_by_area_97860",
                            table="maps_coveragerun",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CoverageGap",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="gaps",
                        to="maps.coveragerun",
                    ),
                ),
                (
                    "place",
                    django.contrib.gis.db.models.fields.GeometryField(
                        spatial_index=False, srid=4490, verbose_name="place"
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=4, max_digits=16, verbose_name="not reached"
                    ),
                ),
                (
                    "label",
                    models.CharField(
                        blank=True, db_default="", max_length=200, verbose_name="name"
                    ),
                ),
                ("township_code", models.CharField(db_collation="C", db_default="", max_length=9)),
            ],
            options={
                "verbose_name": "gap of coverage",
                "verbose_name_plural": "gaps of coverage",
                "ordering": ["-amount", "id"],
                "indexes": [
                    models.Index(fields=["run", "-amount", "id"], name="coverage_gap_of_run")
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="2bfb2b24bbee4c8c75f1753b2f9d73725267cf42",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_249d6",
                            table="maps_coveragegap",
                            when="BEFORE",
                        ),
                    )
                ],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="CoverageRow",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="maps.coveragerun",
                    ),
                ),
                ("township_code", models.CharField(db_collation="C", max_length=9)),
                ("numerator", models.DecimalField(decimal_places=4, max_digits=18)),
                ("denominator", models.DecimalField(decimal_places=4, max_digits=18)),
            ],
            options={
                "verbose_name": "coverage of a township",
                "verbose_name_plural": "coverage of townships",
                "ordering": ["township_code"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("run", "township_code"), name="coverage_row_once"
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="6107a38264e560bfbccd07e27315fa9eb69dd11b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_96c47",
                            table="maps_coveragerow",
                            when="BEFORE",
                        ),
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="PopulationCell",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "population",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="places",
                        to="maps.populationset",
                    ),
                ),
                (
                    "place",
                    django.contrib.gis.db.models.fields.GeometryField(
                        srid=4490, verbose_name="place"
                    ),
                ),
                (
                    "people",
                    models.DecimalField(decimal_places=2, max_digits=12, verbose_name="people"),
                ),
                (
                    "households",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="households"),
                ),
                (
                    "label",
                    models.CharField(
                        blank=True, db_default="", max_length=120, verbose_name="name"
                    ),
                ),
                ("township_code", models.CharField(db_collation="C", db_default="", max_length=9)),
                (
                    "is_rural",
                    models.BooleanField(db_default=True, default=True, verbose_name="rural"),
                ),
            ],
            options={
                "verbose_name": "populated place",
                "verbose_name_plural": "populated places",
                "constraints": [
                    models.CheckConstraint(
                        condition=sites.functions.GeometryIsSound(models.F("place")),
                        name="population_cell_place_is_sound",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("people__gte", 0)),
                        name="population_cell_people_not_negative",
                        violation_error_message="The number of people must not be negative.",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="PopulationSetEvent",
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
                        to="maps.populationset",
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
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("source", models.CharField(max_length=200, verbose_name="source")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("points", "Points of villages"),
                            ("polygons", "Areas"),
                            ("raster", "Raster cells"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "people",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        editable=False,
                        max_digits=14,
                        verbose_name="people",
                    ),
                ),
                (
                    "cells",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="places"),
                ),
                (
                    "sha256",
                    models.CharField(blank=True, db_default="", editable=False, max_length=64),
                ),
                (
                    "added_by",
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
            name="SavedView",
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_views",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("path", models.CharField(max_length=120, verbose_name="page")),
                ("query", models.TextField(blank=True, db_default="", verbose_name="parameters")),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("own", "Only me"),
                            ("township", "My township"),
                            ("office", "The office"),
                            ("public", "Everybody"),
                        ],
                        default="own",
                        max_length=10,
                        verbose_name="shared with",
                    ),
                ),
                (
                    "area_codes",
                    models.JSONField(default=list, editable=False, verbose_name="areas"),
                ),
            ],
            options={
                "verbose_name": "saved view",
                "verbose_name_plural": "saved views",
                "ordering": ["name", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("owner", "name"),
                        name="saved_view_name_once",
                        violation_error_message="You already have a view of that name.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("audience__in", ["own", "township", "office", "public"])
                        ),
                        name="saved_view_audience_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("path__startswith", "/"),
                            models.Q(("path__startswith", "//"), _negated=True),
                        ),
                        name="saved_view_page_is_ours",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."area_codes" IS DISTINCT FROM (NEW."area_codes") OR OLD."audience" IS DISTINCT FROM (NEW."audience") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."path" IS DISTINCT FROM (NEW."path") OR OLD."query" IS DISTINCT FROM (NEW."query"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="76de61f6eddc5371c9bfa63d5c49978995be652e",
                            operation="UPDATE",
                            pgid="pgtrigger_touch_f60e4",
                            table="maps_savedview",
                            when="BEFORE",
                        ),
                    )
                ],
                "indexes": [],
            },
        ),
    ]
