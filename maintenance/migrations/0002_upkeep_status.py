from pathlib import Path

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import maintenance.day_ranges

STATEMENTS = Path(__file__).resolve().parent.parent / "sql" / "upkeep_status.sql"

DROP = """
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


class Migration(migrations.Migration):
    """The upkeep status becomes sets of days, and the database keeps it; the SQL explains how."""

    dependencies = [
        ("maintenance", "0001_initial"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="upkeepstatus",
            name="upkeep_status_bare",
        ),
        migrations.RemoveField(
            model_name="upkeepstatus",
            name="covered_from",
        ),
        migrations.RemoveField(
            model_name="upkeepstatus",
            name="covered_until",
        ),
        migrations.RemoveField(
            model_name="upkeepstatus",
            name="has_keeper",
        ),
        migrations.RemoveField(
            model_name="upkeepstatus",
            name="is_funded",
        ),
        migrations.AddField(
            model_name="upkeepstatus",
            name="covered_days",
            field=maintenance.day_ranges.DaysField(db_default="{}", editable=False),
        ),
        migrations.AddField(
            model_name="upkeepstatus",
            name="funded_days",
            field=maintenance.day_ranges.DaysField(db_default="{}", editable=False),
        ),
        migrations.AddField(
            model_name="upkeepstatus",
            name="kept_days",
            field=maintenance.day_ranges.DaysField(db_default="{}", editable=False),
        ),
        migrations.AlterField(
            model_name="paymentrequest",
            name="coefficient",
            field=models.DecimalField(
                blank=True, decimal_places=4, max_digits=5, null=True, verbose_name="coefficient"
            ),
        ),
        migrations.AlterField(
            model_name="paymentrequestevent",
            name="coefficient",
            field=models.DecimalField(
                blank=True, decimal_places=4, max_digits=5, null=True, verbose_name="coefficient"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="paymentrequest",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="paymentshare",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        migrations.RunSQL(STATEMENTS.read_text(encoding="utf-8"), DROP),
    ]
