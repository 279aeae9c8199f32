import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assets", "0002_progress_photos"),
        ("maintenance", "0002_set_aside_and_promised_photos"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="defect",
            name="touch",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="defect",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="defect",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="defect",
            name="content_hash",
            field=models.CharField(blank=True, db_default="", editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name="defectevent",
            name="content_hash",
            field=models.CharField(blank=True, db_default="", editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name="inspection",
            name="content_hash",
            field=models.CharField(blank=True, db_default="", editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name="maintenancelog",
            name="clock_skew_s",
            field=models.FloatField(
                blank=True,
                editable=False,
                null=True,
                verbose_name="device's clock ahead of ours (s)",
            ),
        ),
        migrations.AddField(
            model_name="patrol",
            name="content_hash",
            field=models.CharField(blank=True, db_default="", editable=False, max_length=64),
        ),
        migrations.AddIndex(
            model_name="setasideentry",
            index=models.Index(fields=["-received_at", "-id"], name="set_aside_latest"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="defect",
            trigger=pgtrigger.compiler.Trigger(
                name="touch",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."agreement_id" IS DISTINCT FROM (NEW."agreement_id") OR OLD."area_code" IS DISTINCT FROM (NEW."area_code") OR OLD."asset_id" IS DISTINCT FROM (NEW."asset_id") OR OLD."chainage_m" IS DISTINCT FROM (NEW."chainage_m") OR OLD."closed_at" IS DISTINCT FROM (NEW."closed_at") OR OLD."content_hash" IS DISTINCT FROM (NEW."content_hash") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."description" IS DISTINCT FROM (NEW."description") OR OLD."duplicate_of_id" IS DISTINCT FROM (NEW."duplicate_of_id") OR OLD."found_at" IS DISTINCT FROM (NEW."found_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."inspection_answer_id" IS DISTINCT FROM (NEW."inspection_answer_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."needs_review" IS DISTINCT FROM (NEW."needs_review") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."order_id" IS DISTINCT FROM (NEW."order_id") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."point" IS DISTINCT FROM (NEW."point") OR OLD."reported_by_id" IS DISTINCT FROM (NEW."reported_by_id") OR OLD."severity" IS DISTINCT FROM (NEW."severity") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."structure_id" IS DISTINCT FROM (NEW."structure_id") OR OLD."survey_id" IS DISTINCT FROM (NEW."survey_id") OR OLD."township_code" IS DISTINCT FROM (NEW."township_code"))',
                    func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                    hash="d9662a1e36b65210bb17a1e7aaf9934443cf88e2",
                    operation="UPDATE",
                    pgid="pgtrigger_touch_a19a9",
                    table="maintenance_defect",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="defect",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."agreement_id" IS DISTINCT FROM (NEW."agreement_id") OR OLD."area_code" IS DISTINCT FROM (NEW."area_code") OR OLD."asset_id" IS DISTINCT FROM (NEW."asset_id") OR OLD."chainage_m" IS DISTINCT FROM (NEW."chainage_m") OR OLD."closed_at" IS DISTINCT FROM (NEW."closed_at") OR OLD."content_hash" IS DISTINCT FROM (NEW."content_hash") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."description" IS DISTINCT FROM (NEW."description") OR OLD."duplicate_of_id" IS DISTINCT FROM (NEW."duplicate_of_id") OR OLD."found_at" IS DISTINCT FROM (NEW."found_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."inspection_answer_id" IS DISTINCT FROM (NEW."inspection_answer_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."needs_review" IS DISTINCT FROM (NEW."needs_review") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."order_id" IS DISTINCT FROM (NEW."order_id") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."point" IS DISTINCT FROM (NEW."point") OR OLD."reported_by_id" IS DISTINCT FROM (NEW."reported_by_id") OR OLD."severity" IS DISTINCT FROM (NEW."severity") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."structure_id" IS DISTINCT FROM (NEW."structure_id") OR OLD."survey_id" IS DISTINCT FROM (NEW."survey_id") OR OLD."township_code" IS DISTINCT FROM (NEW."township_code") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                    func='INSERT INTO "maintenance_defectevent" ("agreement_id", "area_code", "asset_id", "chainage_m", "closed_at", "content_hash", "created_at", "description", "duplicate_of_id", "found_at", "id", "inspection_answer_id", "kind", "needs_review", "number", "order_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "point", "reported_by_id", "severity", "source", "state", "structure_id", "survey_id", "township_code", "updated_at", "version") VALUES (OLD."agreement_id", OLD."area_code", OLD."asset_id", OLD."chainage_m", OLD."closed_at", OLD."content_hash", OLD."created_at", OLD."description", OLD."duplicate_of_id", OLD."found_at", OLD."id", OLD."inspection_answer_id", OLD."kind", OLD."needs_review", OLD."number", OLD."order_id", OLD."organisation_id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."point", OLD."reported_by_id", OLD."severity", OLD."source", OLD."state", OLD."structure_id", OLD."survey_id", OLD."township_code", OLD."updated_at", OLD."version"); RETURN NULL;',
                    hash="945ef02a43567d6cd3be34537c21c36f71897cf5",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_e25d4",
                    table="maintenance_defect",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="defect",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "maintenance_defectevent" ("agreement_id", "area_code", "asset_id", "chainage_m", "closed_at", "content_hash", "created_at", "description", "duplicate_of_id", "found_at", "id", "inspection_answer_id", "kind", "needs_review", "number", "order_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "point", "reported_by_id", "severity", "source", "state", "structure_id", "survey_id", "township_code", "updated_at", "version") VALUES (OLD."agreement_id", OLD."area_code", OLD."asset_id", OLD."chainage_m", OLD."closed_at", OLD."content_hash", OLD."created_at", OLD."description", OLD."duplicate_of_id", OLD."found_at", OLD."id", OLD."inspection_answer_id", OLD."kind", OLD."needs_review", OLD."number", OLD."order_id", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."point", OLD."reported_by_id", OLD."severity", OLD."source", OLD."state", OLD."structure_id", OLD."survey_id", OLD."township_code", OLD."updated_at", OLD."version"); RETURN NULL;',
                    hash="d494c8f574dbab4c44962fea4eb9c0ecb39d0357",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_fb735",
                    table="maintenance_defect",
                    when="AFTER",
                ),
            ),
        ),
    ]
