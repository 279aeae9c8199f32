import django.db.models.deletion
import django.db.models.expressions
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
            name="FundingSource",
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
                            ("central", "Central"),
                            ("province", "Provincial"),
                            ("city", "City"),
                            ("district", "District"),
                            ("other", "Other"),
                        ],
                        max_length=10,
                        verbose_name="level",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("social_capital", "Social capital"),
                            ("village_collective", "Village collective"),
                            ("households", "Raised from households"),
                            ("case_award", "Award for case-by-case projects"),
                            ("donation", "Donation"),
                            ("user_fees", "User fees"),
                            ("miscellaneous", "Other money"),
                        ],
                        db_default="",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(db_default=True, default=True, verbose_name="in use"),
                ),
            ],
            options={
                "verbose_name": "source of money",
                "verbose_name_plural": "sources of money",
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[0-9a-z][0-9a-z_-]*$")),
                        name="funding_source_code_form",
                        violation_error_message="A code is made of small letters, digits, dash and underscore.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("level__in", ["central", "province", "city", "district", "other"])
                        ),
                        name="funding_source_level_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "kind__in",
                                    [
                                        "social_capital",
                                        "village_collective",
                                        "households",
                                        "case_award",
                                        "donation",
                                        "user_fees",
                                        "miscellaneous",
                                    ],
                                ),
                                ("level", "other"),
                            ),
                            models.Q(models.Q(("level", "other"), _negated=True), ("kind", "")),
                            _connector="OR",
                        ),
                        name="funding_source_kind_of_other_money",
                        violation_error_message="Other money has a kind, a government's money has none.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."level" IS DISTINCT FROM (NEW."level") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."name_en" IS DISTINCT FROM (NEW."name_en"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="cfc23d54cc1b12d7b817c4448b58daa5deba8515",
                            operation="UPDATE",
                            pgid="pgtrigger_touch_a3ed6",
                            table="funding_fundingsource",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "funding_fundingsourceevent" ("code", "created_at", "id", "is_active", "kind", "level", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version") VALUES (OLD."code", OLD."created_at", OLD."id", OLD."is_active", OLD."kind", OLD."level", OLD."name", OLD."name_en", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="a1db2d88e29f5c3430238e9d90f099d1b1c0835c",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e9a1a",
                            table="funding_fundingsource",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "funding_fundingsourceevent" ("code", "created_at", "id", "is_active", "kind", "level", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version") VALUES (OLD."code", OLD."created_at", OLD."id", OLD."is_active", OLD."kind", OLD."level", OLD."name", OLD."name_en", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="7700da118bafc3225bc3fc0e60943ea5a6f5b6ab",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_f86f8",
                            table="funding_fundingsource",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="FundAccount",
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
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fund_accounts",
                        to="sites.programme",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accounts",
                        to="funding.fundingsource",
                    ),
                ),
                (
                    "budget",
                    models.DecimalField(
                        db_default=0,
                        decimal_places=2,
                        default=0,
                        editable=False,
                        max_digits=18,
                        verbose_name="budget",
                    ),
                ),
                (
                    "allocated",
                    models.DecimalField(
                        db_default=0,
                        decimal_places=2,
                        default=0,
                        editable=False,
                        max_digits=18,
                        verbose_name="allocated",
                    ),
                ),
                (
                    "released",
                    models.DecimalField(
                        db_default=0,
                        decimal_places=2,
                        default=0,
                        editable=False,
                        max_digits=18,
                        verbose_name="released",
                    ),
                ),
                (
                    "paid",
                    models.DecimalField(
                        db_default=0,
                        decimal_places=2,
                        default=0,
                        editable=False,
                        max_digits=18,
                        verbose_name="paid",
                    ),
                ),
            ],
            options={
                "verbose_name": "account",
                "verbose_name_plural": "accounts",
                "ordering": ["programme", "source"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("programme", "source"), name="fund_account_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("allocated__gte", 0),
                            ("budget__gte", 0),
                            ("paid__gte", 0),
                            ("released__gte", 0),
                        ),
                        name="fund_account_not_negative",
                        violation_error_message="No more can be taken back than was booked.",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="FundingSourceEvent",
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
                        to="funding.fundingsource",
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
                            ("central", "Central"),
                            ("province", "Provincial"),
                            ("city", "City"),
                            ("district", "District"),
                            ("other", "Other"),
                        ],
                        max_length=10,
                        verbose_name="level",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("social_capital", "Social capital"),
                            ("village_collective", "Village collective"),
                            ("households", "Raised from households"),
                            ("case_award", "Award for case-by-case projects"),
                            ("donation", "Donation"),
                            ("user_fees", "User fees"),
                            ("miscellaneous", "Other money"),
                        ],
                        db_default="",
                        max_length=20,
                        verbose_name="kind",
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
            name="OfficialDocument",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("budget", "Budget document"),
                            ("allocation", "Allocation notice"),
                            ("release", "Release notice"),
                            ("voucher", "Payment voucher"),
                            ("approval", "Approval by the People's Congress standing committee"),
                            ("contract", "Contract"),
                            ("settlement", "Settlement report"),
                            ("letter", "Letter"),
                            ("minutes", "Minutes"),
                            ("other", "Other"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("number", models.CharField(max_length=80, verbose_name="document number")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "issuer",
                    models.CharField(
                        blank=True, db_default="", max_length=120, verbose_name="issued by"
                    ),
                ),
                ("issued_on", models.DateField(verbose_name="issued on")),
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
                "verbose_name": "official document",
                "verbose_name_plural": "official documents",
                "ordering": ["-issued_on", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("area", "number"),
                        name="official_document_number_once",
                        violation_error_message="A document of this number exists already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "budget",
                                    "allocation",
                                    "release",
                                    "voucher",
                                    "approval",
                                    "contract",
                                    "settlement",
                                    "letter",
                                    "minutes",
                                    "other",
                                ],
                            )
                        ),
                        name="official_document_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sha256", ""), ("sha256__regex", "^[0-9a-f]{64}$"), _connector="OR"
                        ),
                        name="official_document_hash_form",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."added_by_id" IS DISTINCT FROM (NEW."added_by_id") OR OLD."area_id" IS DISTINCT FROM (NEW."area_id") OR OLD."area_code" IS DISTINCT FROM (NEW."area_code") OR OLD."content_type" IS DISTINCT FROM (NEW."content_type") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."file_name" IS DISTINCT FROM (NEW."file_name") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."issued_on" IS DISTINCT FROM (NEW."issued_on") OR OLD."issuer" IS DISTINCT FROM (NEW."issuer") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."size_bytes" IS DISTINCT FROM (NEW."size_bytes") OR OLD."title" IS DISTINCT FROM (NEW."title"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="93b2095d67322a04d804280d13b9e474b1356796",
                            operation="UPDATE",
                            pgid="pgtrigger_touch_dee22",
                            table="funding_officialdocument",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="placed_by_area",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nSELECT area.code INTO NEW.area_code FROM sites_area area WHERE area.id = NEW.area_id;\nRETURN NEW;\n",
                            hash="65282a37b48821df9732348afb652e99d44bec10",
                            operation='INSERT OR UPDATE OF "area_id"',
                            pgid="pgtrigger_placed_by_area_0a65e",
                            table="funding_officialdocument",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "funding_officialdocumentevent" ("added_by_id", "area_code", "area_id", "content_type", "created_at", "file_name", "id", "issued_on", "issuer", "kind", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "size_bytes", "title", "updated_at", "version") VALUES (OLD."added_by_id", OLD."area_code", OLD."area_id", OLD."content_type", OLD."created_at", OLD."file_name", OLD."id", OLD."issued_on", OLD."issuer", OLD."kind", OLD."number", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."sha256", OLD."size_bytes", OLD."title", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="9209c7bcb36f718eae4ed4e37760b23d3b268f3f",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_1ae6a",
                            table="funding_officialdocument",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "funding_officialdocumentevent" ("added_by_id", "area_code", "area_id", "content_type", "created_at", "file_name", "id", "issued_on", "issuer", "kind", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "size_bytes", "title", "updated_at", "version") VALUES (OLD."added_by_id", OLD."area_code", OLD."area_id", OLD."content_type", OLD."created_at", OLD."file_name", OLD."id", OLD."issued_on", OLD."issuer", OLD."kind", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."sha256", OLD."size_bytes", OLD."title", OLD."updated_at", OLD."version"); RETURN NULL;',
                            hash="b73a2e9c505e35ac17a085364960d1e4be2f919b",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_cfba3",
                            table="funding_officialdocument",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Contract",
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
                ("number", models.CharField(max_length=80, verbose_name="contract number")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contracts",
                        to="sites.programme",
                        verbose_name="programme",
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contracts_given",
                        to="sites.organisation",
                        verbose_name="client",
                    ),
                ),
                (
                    "contractor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contracts_won",
                        to="sites.organisation",
                        verbose_name="contractor",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=16, verbose_name="amount (yuan)"
                    ),
                ),
                ("signed_on", models.DateField(verbose_name="signed on")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="to")),
                (
                    "warranty_months",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="warranty (months)"
                    ),
                ),
                (
                    "tender_method",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("open", "Open tender"),
                            ("invited", "Invited tender"),
                            ("negotiated", "Competitive negotiation"),
                            ("single", "Single source"),
                            ("below_threshold", "Below the tender threshold"),
                        ],
                        db_default="",
                        max_length=20,
                        verbose_name="how it was tendered",
                    ),
                ),
                (
                    "bidders",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="bidders"),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="funding.officialdocument",
                        verbose_name="document",
                    ),
                ),
                ("note", models.TextField(blank=True, db_default="", verbose_name="note")),
                (
                    "sites",
                    models.ManyToManyField(
                        related_name="contracts",
                        through="funding.ContractSite",
                        to="sites.projectsite",
                        verbose_name="sites",
                    ),
                ),
            ],
            options={
                "verbose_name": "contract",
                "verbose_name_plural": "contracts",
                "ordering": ["-signed_on", "number"],
                "indexes": [
                    models.Index(fields=["area_code", "-signed_on", "id"], name="contract_area"),
                    models.Index(fields=["-signed_on", "id"], name="contract_newest"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("client", "number"),
                        name="contract_number_once",
                        violation_error_message="This client already has a contract of that number.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)),
                        name="contract_amount_positive",
                        violation_error_message="The amount must be above zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("starts_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="contract_days_in_order",
                        violation_error_message="The last day must not come before the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("client", models.F("contractor")), _negated=True),
                        name="contract_two_parties",
                        violation_error_message="Client and contractor are two bodies.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "tender_method__in",
                                ["", "open", "invited", "negotiated", "single", "below_threshold"],
                            )
                        ),
                        name="contract_tender_method_known",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."amount" IS DISTINCT FROM (NEW."amount") OR OLD."area_id" IS DISTINCT FROM (NEW."area_id") OR OLD."area_code" IS DISTINCT FROM (NEW."area_code") OR OLD."bidders" IS DISTINCT FROM (NEW."bidders") OR OLD."client_id" IS DISTINCT FROM (NEW."client_id") OR OLD."contractor_id" IS DISTINCT FROM (NEW."contractor_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."document_id" IS DISTINCT FROM (NEW."document_id") OR OLD."ends_on" IS DISTINCT FROM (NEW."ends_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."programme_id" IS DISTINCT FROM (NEW."programme_id") OR OLD."signed_on" IS DISTINCT FROM (NEW."signed_on") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on") OR OLD."tender_method" IS DISTINCT FROM (NEW."tender_method") OR OLD."warranty_months" IS DISTINCT FROM (NEW."warranty_months"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="a8ac6e041130f26a8e87d8d01949334eb9ac153b",
                            operation="UPDATE",
                            pgid="pgtrigger_touch_f4445",
                            table="funding_contract",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="placed_by_area",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nSELECT area.code INTO NEW.area_code FROM sites_area area WHERE area.id = NEW.area_id;\nRETURN NEW;\n",
                            hash="4359cf4261a398c8af19f15365136d25b0955d3d",
                            operation='INSERT OR UPDATE OF "area_id"',
                            pgid="pgtrigger_placed_by_area_4e032",
                            table="funding_contract",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "funding_contractevent" ("amount", "area_code", "area_id", "bidders", "client_id", "contractor_id", "created_at", "document_id", "ends_on", "id", "name", "note", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "signed_on", "starts_on", "tender_method", "updated_at", "version", "warranty_months") VALUES (OLD."amount", OLD."area_code", OLD."area_id", OLD."bidders", OLD."client_id", OLD."contractor_id", OLD."created_at", OLD."document_id", OLD."ends_on", OLD."id", OLD."name", OLD."note", OLD."number", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."programme_id", OLD."signed_on", OLD."starts_on", OLD."tender_method", OLD."updated_at", OLD."version", OLD."warranty_months"); RETURN NULL;',
                            hash="d16c07d62fb1e01f208c49bffa26b4515461a96f",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_7cf6b",
                            table="funding_contract",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "funding_contractevent" ("amount", "area_code", "area_id", "bidders", "client_id", "contractor_id", "created_at", "document_id", "ends_on", "id", "name", "note", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "signed_on", "starts_on", "tender_method", "updated_at", "version", "warranty_months") VALUES (OLD."amount", OLD."area_code", OLD."area_id", OLD."bidders", OLD."client_id", OLD."contractor_id", OLD."created_at", OLD."document_id", OLD."ends_on", OLD."id", OLD."name", OLD."note", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."programme_id", OLD."signed_on", OLD."starts_on", OLD."tender_method", OLD."updated_at", OLD."version", OLD."warranty_months"); RETURN NULL;',
                            hash="1bc03e8b7dbc802582898fd3e270b4b5de39ee24",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_6c843",
                            table="funding_contract",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContractEvent",
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
                        to="funding.contract",
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
                ("number", models.CharField(max_length=80, verbose_name="contract number")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
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
                (
                    "client",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sites.organisation",
                        verbose_name="client",
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
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=16, verbose_name="amount (yuan)"
                    ),
                ),
                ("signed_on", models.DateField(verbose_name="signed on")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="to")),
                (
                    "warranty_months",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="warranty (months)"
                    ),
                ),
                (
                    "tender_method",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("open", "Open tender"),
                            ("invited", "Invited tender"),
                            ("negotiated", "Competitive negotiation"),
                            ("single", "Single source"),
                            ("below_threshold", "Below the tender threshold"),
                        ],
                        db_default="",
                        max_length=20,
                        verbose_name="how it was tendered",
                    ),
                ),
                (
                    "bidders",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="bidders"),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="funding.officialdocument",
                        verbose_name="document",
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
            name="ContractSite",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="funding.contract",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contract_parts",
                        to="sites.projectsite",
                    ),
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
            ],
            options={
                "verbose_name": "site of a contract",
                "verbose_name_plural": "sites of contracts",
                "constraints": [
                    models.UniqueConstraint(fields=("contract", "site"), name="contract_site_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount__isnull", True), ("amount__gt", 0), _connector="OR"
                        ),
                        name="contract_site_amount_positive",
                        violation_error_message="The amount must be above zero.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "funding_contractsiteevent" ("amount", "contract_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id") VALUES (OLD."amount", OLD."contract_id", OLD."id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."site_id"); RETURN NULL;',
                            hash="5154a5f2e0754aad9a70599af3a61c951939276e",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_faa76",
                            table="funding_contractsite",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "funding_contractsiteevent" ("amount", "contract_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id") VALUES (OLD."amount", OLD."contract_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."site_id"); RETURN NULL;',
                            hash="0eb65c33b53d1fb5d6a805cfc3c39795e3692ba6",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a0422",
                            table="funding_contractsite",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ContractSiteEvent",
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
                        to="funding.contractsite",
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
                ("id", models.BigIntegerField()),
                (
                    "contract",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="funding.contract",
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
                    ),
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
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="FallbackCommitment",
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
                        related_name="fallbacks",
                        to="sites.programme",
                        verbose_name="programme",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                (
                    "assigned",
                    models.DecimalField(decimal_places=3, max_digits=16, verbose_name="assigned"),
                ),
                (
                    "executed",
                    models.DecimalField(decimal_places=3, max_digits=16, verbose_name="executed"),
                ),
                (
                    "unit_cost",
                    models.DecimalField(
                        decimal_places=2, max_digits=16, verbose_name="unit cost (yuan)"
                    ),
                ),
                (
                    "other_sources",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        max_digits=16,
                        verbose_name="covered by other sources (yuan)",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2,
                        editable=False,
                        max_digits=16,
                        verbose_name="fallback (yuan)",
                    ),
                ),
                ("as_of", models.DateField(verbose_name="as of")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("approved", "Approved"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="proposed",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "approval",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fallbacks",
                        to="funding.officialdocument",
                        verbose_name="approval document",
                    ),
                ),
                (
                    "approved_on",
                    models.DateField(blank=True, null=True, verbose_name="approved on"),
                ),
                ("note", models.TextField(blank=True, db_default="", verbose_name="note")),
            ],
            options={
                "verbose_name": "district fallback",
                "verbose_name_plural": "district fallbacks",
                "ordering": ["-year", "programme__code", "area_code"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "withdrawn"), _negated=True),
                        fields=("programme", "area", "year"),
                        name="fallback_once",
                        violation_error_message="This programme already has a fallback for that area and year.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["proposed", "approved", "withdrawn"])),
                        name="fallback_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "approved"), _negated=True),
                            models.Q(("approval__isnull", False), ("approved_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="fallback_approved_with_document",
                        violation_error_message="A fallback is approved by a document.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount__gte", 0),
                            ("assigned__gte", 0),
                            ("executed__gte", 0),
                            ("other_sources__gte", 0),
                            ("unit_cost__gte", 0),
                        ),
                        name="fallback_amounts_not_negative",
                        violation_error_message="Amounts must not be negative.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount", 0),
                            models.Q(
                                (
                                    "amount__gte",
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(
                                                django.db.models.expressions.CombinedExpression(
                                                    models.F("executed"), "-", models.F("assigned")
                                                ),
                                                "*",
                                                models.F("unit_cost"),
                                            ),
                                            "-",
                                            models.F("other_sources"),
                                        ),
                                        "-",
                                        models.Value(0.005, output_field=models.DecimalField()),
                                    ),
                                ),
                                (
                                    "amount__lte",
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(
                                                django.db.models.expressions.CombinedExpression(
                                                    models.F("executed"), "-", models.F("assigned")
                                                ),
                                                "*",
                                                models.F("unit_cost"),
                                            ),
                                            "-",
                                            models.F("other_sources"),
                                        ),
                                        "+",
                                        models.Value(0.005, output_field=models.DecimalField()),
                                    ),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="fallback_amount_follows_the_rule",
                        violation_error_message="The fallback does not follow from its numbers.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."amount" IS DISTINCT FROM (NEW."amount") OR OLD."approval_id" IS DISTINCT FROM (NEW."approval_id") OR OLD."approved_on" IS DISTINCT FROM (NEW."approved_on") OR OLD."area_id" IS DISTINCT FROM (NEW."area_id") OR OLD."area_code" IS DISTINCT FROM (NEW."area_code") OR OLD."as_of" IS DISTINCT FROM (NEW."as_of") OR OLD."assigned" IS DISTINCT FROM (NEW."assigned") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."executed" IS DISTINCT FROM (NEW."executed") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."other_sources" IS DISTINCT FROM (NEW."other_sources") OR OLD."programme_id" IS DISTINCT FROM (NEW."programme_id") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."unit_cost" IS DISTINCT FROM (NEW."unit_cost") OR OLD."year" IS DISTINCT FROM (NEW."year"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="8167c9af2fa9298ca8081b3c9a1e8749ce75fc05",
                            operation="UPDATE",
                            pgid="pgtrigger_touch_74ec9",
                            table="funding_fallbackcommitment",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="placed_by_area",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nSELECT area.code INTO NEW.area_code FROM sites_area area WHERE area.id = NEW.area_id;\nRETURN NEW;\n",
                            hash="1257aac5bd473c4ceae143f2474a869b4ac40fe4",
                            operation='INSERT OR UPDATE OF "area_id"',
                            pgid="pgtrigger_placed_by_area_1539a",
                            table="funding_fallbackcommitment",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "funding_fallbackcommitmentevent" ("amount", "approval_id", "approved_on", "area_code", "area_id", "as_of", "assigned", "created_at", "executed", "id", "note", "other_sources", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "state", "unit_cost", "updated_at", "version", "year") VALUES (OLD."amount", OLD."approval_id", OLD."approved_on", OLD."area_code", OLD."area_id", OLD."as_of", OLD."assigned", OLD."created_at", OLD."executed", OLD."id", OLD."note", OLD."other_sources", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."programme_id", OLD."state", OLD."unit_cost", OLD."updated_at", OLD."version", OLD."year"); RETURN NULL;',
                            hash="f64fb7ceb2336764aed20056ab30dc6874b43a7b",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_0275a",
                            table="funding_fallbackcommitment",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "funding_fallbackcommitmentevent" ("amount", "approval_id", "approved_on", "area_code", "area_id", "as_of", "assigned", "created_at", "executed", "id", "note", "other_sources", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "state", "unit_cost", "updated_at", "version", "year") VALUES (OLD."amount", OLD."approval_id", OLD."approved_on", OLD."area_code", OLD."area_id", OLD."as_of", OLD."assigned", OLD."created_at", OLD."executed", OLD."id", OLD."note", OLD."other_sources", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."programme_id", OLD."state", OLD."unit_cost", OLD."updated_at", OLD."version", OLD."year"); RETURN NULL;',
                            hash="fb4276c2c5f83c5cecd63c1942c3f2d127caaaea",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_9309c",
                            table="funding_fallbackcommitment",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="FallbackCommitmentEvent",
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
                        to="funding.fallbackcommitment",
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
                    "assigned",
                    models.DecimalField(decimal_places=3, max_digits=16, verbose_name="assigned"),
                ),
                (
                    "executed",
                    models.DecimalField(decimal_places=3, max_digits=16, verbose_name="executed"),
                ),
                (
                    "unit_cost",
                    models.DecimalField(
                        decimal_places=2, max_digits=16, verbose_name="unit cost (yuan)"
                    ),
                ),
                (
                    "other_sources",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        max_digits=16,
                        verbose_name="covered by other sources (yuan)",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2,
                        editable=False,
                        max_digits=16,
                        verbose_name="fallback (yuan)",
                    ),
                ),
                ("as_of", models.DateField(verbose_name="as of")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("approved", "Approved"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="proposed",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "approval",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="funding.officialdocument",
                        verbose_name="approval document",
                    ),
                ),
                (
                    "approved_on",
                    models.DateField(blank=True, null=True, verbose_name="approved on"),
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
            name="LedgerEntry",
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
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ledger_entries",
                        to="sites.programme",
                        verbose_name="programme",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ledger_entries",
                        to="sites.projectsite",
                        verbose_name="site",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ledger_entries",
                        to="funding.fundingsource",
                        verbose_name="source",
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("budget", "Budget"),
                            ("allocated", "Allocated"),
                            ("released", "Released"),
                            ("paid", "Paid"),
                        ],
                        max_length=10,
                        verbose_name="stage",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("entry", "Entry"),
                            ("reversal", "Reversal"),
                            ("return", "Money returned"),
                        ],
                        default="entry",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=16, verbose_name="amount (yuan)"
                    ),
                ),
                ("booked_on", models.DateField(verbose_name="day")),
                (
                    "document_number",
                    models.CharField(
                        blank=True, db_default="", max_length=80, verbose_name="document number"
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ledger_entries",
                        to="funding.officialdocument",
                        verbose_name="document",
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ledger_entries",
                        to="funding.contract",
                        verbose_name="contract",
                    ),
                ),
                (
                    "fallback",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ledger_entries",
                        to="funding.fallbackcommitment",
                        verbose_name="district fallback",
                    ),
                ),
                (
                    "payee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sites.organisation",
                        verbose_name="paid to",
                    ),
                ),
                (
                    "reverses",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversed_by",
                        to="funding.ledgerentry",
                        verbose_name="reverses",
                    ),
                ),
                (
                    "override_reason",
                    models.TextField(
                        blank=True, db_default="", verbose_name="reason for exceeding the limit"
                    ),
                ),
                ("note", models.TextField(blank=True, db_default="", verbose_name="note")),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="recorded at",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
            ],
            options={
                "verbose_name": "ledger entry",
                "verbose_name_plural": "ledger entries",
                "ordering": ["-booked_on", "-id"],
                "indexes": [
                    models.Index(fields=["site", "stage"], name="ledger_of_site"),
                    models.Index(fields=["programme", "source", "stage"], name="ledger_of_account"),
                    models.Index(fields=["area_code", "-booked_on", "-id"], name="ledger_area"),
                    models.Index(fields=["-booked_on", "-id"], name="ledger_newest"),
                    models.Index(
                        condition=models.Q(("contract__isnull", False)),
                        fields=["contract"],
                        name="ledger_of_contract",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stage__in", ["budget", "allocated", "released", "paid"])
                        ),
                        name="ledger_stage_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("amount__gt", 0), ("kind", "entry"), ("reverses__isnull", True)
                            ),
                            models.Q(
                                ("amount__lt", 0), ("kind", "return"), ("reverses__isnull", True)
                            ),
                            models.Q(
                                ("kind", "reversal"),
                                ("reverses__isnull", False),
                                models.Q(("amount", 0), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="ledger_amount_has_its_sign",
                        violation_error_message="An entry is above zero, a return below, and a reversal names its entry.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("fallback__isnull", True),
                            models.Q(("stage", "budget"), _negated=True),
                            _connector="OR",
                        ),
                        name="ledger_fallback_pays_district_money",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reverses__isnull", True),
                            models.Q(("reverses", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="ledger_is_not_its_own_reversal",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="f44f3f89cb0d8e1eead45bdb26d3559a849928db",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_49b3f",
                            table="funding_ledgerentry",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="placed_by_area",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nSELECT area.code INTO NEW.area_code FROM sites_area area WHERE area.id = NEW.area_id;\nRETURN NEW;\n",
                            hash="9e6acb2606f1a94c01e5c65bdfa859f733080dee",
                            operation='INSERT OR UPDATE OF "area_id"',
                            pgid="pgtrigger_placed_by_area_c0419",
                            table="funding_ledgerentry",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="note_data_change",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nINSERT INTO sites_datachange (xid, changed_at)\nVALUES (pg_current_xact_id()::text::bigint, now())\nON CONFLICT (xid) DO NOTHING;\nRETURN NULL;\n",
                            hash="a3b9b7d10ad3b595d8623ca18b0209a4ba883376",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_note_data_change_d3d51",
                            table="funding_ledgerentry",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="keep_accounts",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE account RECORD; before RECORD; after RECORD;",
                            func="\nFOR account IN\n    SELECT programme_id, source_id,\n           sum(amount) FILTER (WHERE stage = 'budget') AS budget,\n           sum(amount) FILTER (WHERE stage = 'allocated') AS allocated,\n           sum(amount) FILTER (WHERE stage = 'released') AS released,\n           sum(amount) FILTER (WHERE stage = 'paid') AS paid,\n           bool_or(override_reason = '') AS is_bound\n    FROM booked GROUP BY programme_id, source_id ORDER BY programme_id, source_id\nLOOP\n    INSERT INTO funding_fundaccount (id, programme_id, source_id)\n    VALUES (gen_random_uuid(), account.programme_id, account.source_id)\n    ON CONFLICT (programme_id, source_id) DO NOTHING;\n    SELECT * INTO before FROM funding_fundaccount\n    WHERE programme_id = account.programme_id AND source_id = account.source_id FOR UPDATE;\n    UPDATE funding_fundaccount SET\n        budget = budget + COALESCE(account.budget, 0),\n        allocated = allocated + COALESCE(account.allocated, 0),\n        released = released + COALESCE(account.released, 0),\n        paid = paid + COALESCE(account.paid, 0)\n    WHERE id = before.id RETURNING * INTO after;\n    IF account.is_bound AND (\n        after.paid - after.released > GREATEST(before.paid - before.released, 0)\n        OR after.released - after.allocated > GREATEST(before.released - before.allocated, 0)\n    ) THEN\n        RAISE EXCEPTION 'more paid than released, or more released than allocated'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_within_account';\n    END IF;\nEND LOOP;\nRETURN NULL;\n",
                            hash="573eaa2b25f8f6b0b7b874f84a015654e809e77b",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_keep_accounts_b9289",
                            referencing="REFERENCING NEW TABLE AS booked ",
                            table="funding_ledgerentry",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="within_fallback",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE commitment RECORD;",
                            func="\nFOR commitment IN\n    SELECT id, state, amount FROM funding_fallbackcommitment\n    WHERE id IN (SELECT fallback_id FROM booked WHERE fallback_id IS NOT NULL)\n    ORDER BY id FOR UPDATE\nLOOP\n    IF commitment.state <> 'approved' AND EXISTS (\n        SELECT 1 FROM booked WHERE fallback_id = commitment.id AND amount > 0\n    ) THEN\n        RAISE EXCEPTION 'a fallback is used before its approval'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'fallback_is_approved';\n    END IF;\n    IF EXISTS (\n        SELECT 1 FROM funding_ledgerentry WHERE fallback_id = commitment.id\n        GROUP BY stage HAVING sum(amount) > commitment.amount\n    ) THEN\n        RAISE EXCEPTION 'more booked on a fallback than it covers'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'fallback_not_exceeded';\n    END IF;\nEND LOOP;\nRETURN NULL;\n",
                            hash="de5cbe3e0565e3eb5fb7e5dc32d2934ca9613f30",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_within_fallback_9b69c",
                            referencing="REFERENCING NEW TABLE AS booked ",
                            table="funding_ledgerentry",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OfficialDocumentEvent",
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
                        to="funding.officialdocument",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("budget", "Budget document"),
                            ("allocation", "Allocation notice"),
                            ("release", "Release notice"),
                            ("voucher", "Payment voucher"),
                            ("approval", "Approval by the People's Congress standing committee"),
                            ("contract", "Contract"),
                            ("settlement", "Settlement report"),
                            ("letter", "Letter"),
                            ("minutes", "Minutes"),
                            ("other", "Other"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("number", models.CharField(max_length=80, verbose_name="document number")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "issuer",
                    models.CharField(
                        blank=True, db_default="", max_length=120, verbose_name="issued by"
                    ),
                ),
                ("issued_on", models.DateField(verbose_name="issued on")),
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
            name="Reserve",
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
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "budget",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=18,
                        null=True,
                        verbose_name="budget that it is part of (yuan)",
                    ),
                ),
                (
                    "percent",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        verbose_name="share of the budget (%)",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=16, verbose_name="amount (yuan)"
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
                        verbose_name="document",
                    ),
                ),
                ("note", models.TextField(blank=True, db_default="", verbose_name="note")),
            ],
            options={
                "verbose_name": "reserve",
                "verbose_name_plural": "reserves",
                "ordering": ["-year", "name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)),
                        name="reserve_amount_positive",
                        violation_error_message="The amount must be above zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("percent__isnull", True),
                            models.Q(("percent__gt", 0), ("percent__lte", 100)),
                            _connector="OR",
                        ),
                        name="reserve_percent_in_range",
                        violation_error_message="A share lies above 0 and at most at 100 percent.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="touch",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."amount" IS DISTINCT FROM (NEW."amount") OR OLD."area_id" IS DISTINCT FROM (NEW."area_id") OR OLD."area_code" IS DISTINCT FROM (NEW."area_code") OR OLD."budget" IS DISTINCT FROM (NEW."budget") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."document_id" IS DISTINCT FROM (NEW."document_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."percent" IS DISTINCT FROM (NEW."percent") OR OLD."year" IS DISTINCT FROM (NEW."year"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="18063affda40ca2a4cc32ca37d256222f9704d9a",
                            operation="UPDATE",
                            pgid="pgtrigger_touch_e674e",
                            table="funding_reserve",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="placed_by_area",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nSELECT area.code INTO NEW.area_code FROM sites_area area WHERE area.id = NEW.area_id;\nRETURN NEW;\n",
                            hash="51f9682cfbce53d60b67ce18cecd87d0c1950f7c",
                            operation='INSERT OR UPDATE OF "area_id"',
                            pgid="pgtrigger_placed_by_area_35d5d",
                            table="funding_reserve",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "funding_reserveevent" ("amount", "area_code", "area_id", "budget", "created_at", "document_id", "id", "name", "note", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version", "year") VALUES (OLD."amount", OLD."area_code", OLD."area_id", OLD."budget", OLD."created_at", OLD."document_id", OLD."id", OLD."name", OLD."note", OLD."percent", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."updated_at", OLD."version", OLD."year"); RETURN NULL;',
                            hash="b7e84169d71abf6386a50c3e0474beee2f1ac162",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_2fe8c",
                            table="funding_reserve",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "funding_reserveevent" ("amount", "area_code", "area_id", "budget", "created_at", "document_id", "id", "name", "note", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version", "year") VALUES (OLD."amount", OLD."area_code", OLD."area_id", OLD."budget", OLD."created_at", OLD."document_id", OLD."id", OLD."name", OLD."note", OLD."percent", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."updated_at", OLD."version", OLD."year"); RETURN NULL;',
                            hash="13c6d83805d601ba08e3845fed9b5432763692dd",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_9f77b",
                            table="funding_reserve",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ReserveDraw",
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
                    "reserve",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="draws",
                        to="funding.reserve",
                        verbose_name="reserve",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sites.programme",
                        verbose_name="programme",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sites.projectsite",
                        verbose_name="site",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[("new_item", "New item"), ("raised_standard", "Raised standard")],
                        max_length=16,
                        verbose_name="reason",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=16, verbose_name="amount (yuan)"
                    ),
                ),
                ("drawn_on", models.DateField(verbose_name="day")),
                (
                    "document_number",
                    models.CharField(
                        blank=True, db_default="", max_length=80, verbose_name="document number"
                    ),
                ),
                ("note", models.TextField(blank=True, db_default="", verbose_name="note")),
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
                "verbose_name": "draw from a reserve",
                "verbose_name_plural": "draws from reserves",
                "ordering": ["drawn_on", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount", 0), _negated=True),
                        name="reserve_draw_not_zero",
                        violation_error_message="The amount must not be zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason__in", ["new_item", "raised_standard"])),
                        name="reserve_draw_reason_known",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="bb285fb1e9f0590129810d041de8009eff736fc8",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_10039",
                            table="funding_reservedraw",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="within_reserve",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nPERFORM 1 FROM funding_reserve WHERE id = NEW.reserve_id FOR UPDATE;\nIF (SELECT sum(amount) FROM funding_reservedraw WHERE reserve_id = NEW.reserve_id)\n   > (SELECT amount FROM funding_reserve WHERE id = NEW.reserve_id) THEN\n    RAISE EXCEPTION 'more drawn from a reserve than it holds'\n        USING ERRCODE = 'check_violation', CONSTRAINT = 'reserve_not_exceeded';\nEND IF;\nRETURN NULL;\n",
                            hash="dc917bf5ac7f689ff684a991639f29345bdfd865",
                            operation="INSERT",
                            pgid="pgtrigger_within_reserve_14cf6",
                            table="funding_reservedraw",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ReserveEvent",
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
                        to="funding.reserve",
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
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "budget",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=18,
                        null=True,
                        verbose_name="budget that it is part of (yuan)",
                    ),
                ),
                (
                    "percent",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        verbose_name="share of the budget (%)",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=16, verbose_name="amount (yuan)"
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="funding.officialdocument",
                        verbose_name="document",
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
            name="Settlement",
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
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="settlements",
                        to="funding.contract",
                        verbose_name="contract",
                    ),
                ),
                (
                    "submitted",
                    models.DecimalField(
                        decimal_places=2, max_digits=16, verbose_name="submitted (yuan)"
                    ),
                ),
                (
                    "approved",
                    models.DecimalField(
                        decimal_places=2, max_digits=16, verbose_name="approved (yuan)"
                    ),
                ),
                ("settled_on", models.DateField(verbose_name="settled on")),
                (
                    "auditor",
                    models.CharField(
                        blank=True, db_default="", max_length=120, verbose_name="audited by"
                    ),
                ),
                (
                    "document_number",
                    models.CharField(
                        blank=True, db_default="", max_length=80, verbose_name="document number"
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
                        to="funding.settlement",
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
                "verbose_name": "settlement",
                "verbose_name_plural": "settlements",
                "ordering": ["-settled_on", "-recorded_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("supersedes__isnull", True)),
                        fields=("contract",),
                        name="settlement_first_once",
                        violation_error_message="This contract has been settled already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("approved__gte", 0), ("submitted__gt", 0)),
                        name="settlement_amounts_in_order",
                        violation_error_message="Amounts must not be negative.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="ddb14a024b1a53e9dea7197e00345226d9ade558",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_dc3b7",
                            table="funding_settlement",
                            when="BEFORE",
                        ),
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Variation",
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
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="variations",
                        to="funding.contract",
                        verbose_name="contract",
                    ),
                ),
                (
                    "number",
                    models.CharField(
                        blank=True, db_default="", max_length=80, verbose_name="document number"
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=16, verbose_name="change of amount (yuan)"
                    ),
                ),
                ("reason", models.TextField(verbose_name="reason")),
                ("approved_on", models.DateField(verbose_name="approved on")),
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
                "verbose_name": "variation",
                "verbose_name_plural": "variations",
                "ordering": ["approved_on", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount", 0), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                        ),
                        name="variation_says_what_and_why",
                        violation_error_message="A variation has an amount and a reason.",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="dbe52a095757b2aa93f2950aadf2b3126fae28a9",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_6fc39",
                            table="funding_variation",
                            when="BEFORE",
                        ),
                    )
                ],
                "indexes": [],
            },
        ),
    ]
