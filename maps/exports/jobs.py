"""Exports in the background: asked for, written by the worker, fetched by their owner alone."""

from __future__ import annotations

import datetime
import hashlib
import logging
from collections.abc import Sequence
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Any, Self
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.http import QueryDict
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from maintenance.models import AgreementParty, AgreementScope
from maps.exports.choice import ExportChoice, export_layer, read_filter
from maps.exports.formats import FORMATS
from maps.exports.geojson import refuse_other_systems
from maps.exports.progress import ExportCancelled
from maps.layers import LAYERS, LayerDefinition
from maps.models import ExportJob, ExportState
from sites.access import Scope, scope_of
from sites.filters import ParameterError

KEPT = datetime.timedelta(days=7)
SILENT = datetime.timedelta(minutes=10)
SECONDS_BETWEEN_REPORTS = 0.5
MOST_OPEN = 5
logger = logging.getLogger(__name__)


class TooManyExports(Exception):
    """The owner has as many exports waiting as one person may have."""


def request_export(
    *,
    owner: User,
    scope: Scope,
    chosen: Any,
    layer: str,
    form: str,
    names: Sequence[str] = (),
    srid: int,
    reason: str = "",
) -> ExportJob:
    """Store an export to be written later; raises `ParameterError` or `TooManyExports`."""
    if form not in FORMATS:
        raise ParameterError("format", "unknown_value", _("There is no such format."))
    ExportChoice.of(scope, chosen, layer=layer, names=names, srid=srid)
    if form == "geojson":
        refuse_other_systems(srid)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=owner.pk)
        waiting = ExportJob.objects.filter(
            owner=owner, state__in=[ExportState.QUEUED, ExportState.RUNNING]
        )
        if waiting.count() >= MOST_OPEN:
            raise TooManyExports
        job: ExportJob = ExportJob.objects.create(
            owner=owner,
            layer=layer,
            format=form,
            query=chosen.to_query(),
            fields=list(names),
            srid=srid,
            reason=reason,
            scope_key=scope_key(LAYERS[layer], scope),
        )
    return job


def run_export(job_id: UUID) -> None:
    """Write the file of a waiting export; what goes wrong is noted on the export itself."""
    taken = ExportJob.objects.filter(pk=job_id, state=ExportState.QUEUED).update(
        state=ExportState.RUNNING, heartbeat_at=timezone.now()
    )
    if not taken:
        return
    job: ExportJob = ExportJob.objects.select_related("owner").get(pk=job_id)
    try:
        # The note is kept in English and translated for whoever reads it.
        with translation.override("en"):
            _write(job)
    except ExportCancelled:
        _end(job, ExportState.CANCELLED)
    except ParameterError as error:
        _end(job, ExportState.FAILED, message=error.message)
    except Exception:
        logger.exception("export %s failed", job_id)
        _end(job, ExportState.FAILED, message=gettext_noop("The file could not be written."))


def cancel_export(job: ExportJob) -> None:
    """Stop an export: at once when it waits, at the next batch when it is at work."""
    waiting = ExportJob.objects.filter(pk=job.pk, state=ExportState.QUEUED)
    if not waiting.update(state=ExportState.CANCELLED, finished_at=timezone.now()):
        ExportJob.objects.filter(pk=job.pk).update(cancel_requested=True)


def remove_export(job: ExportJob) -> None:
    """Forget an export and its file."""
    path = file_of(job)
    job.delete()
    path.unlink(missing_ok=True)


def tidy_exports(now: datetime.datetime) -> None:
    """Remove expired exports; name those failed whose worker is gone."""
    for job in ExportJob.objects.expired(now):
        remove_export(job)
    for job in ExportJob.objects.silent_since(now - SILENT):
        stopped = gettext_noop("The server stopped while writing. Try again.")
        _end(job, ExportState.FAILED, message=stopped)


def file_of(job: ExportJob) -> Path:
    """Return where the file of an export lies."""
    return exports_folder() / f"{job.pk}.{FORMATS[job.format].suffix}"


def file_name(job: ExportJob) -> str:
    """Return the name under which a browser saves the file."""
    day = timezone.localtime(job.created_at)
    return f"{job.layer}-{day:%Y%m%d-%H%M}.{FORMATS[job.format].suffix}"


def may_fetch(job: ExportJob, scope: Scope) -> bool:
    """Whether the owner still sees what was visible when the file was written."""
    return (
        job.state == ExportState.READY
        and job.owner_id == scope.user_id
        and job.scope_key == scope_key(LAYERS[job.layer], scope)
        and file_of(job).is_file()
    )


def scope_key(layer: LayerDefinition, scope: Scope) -> str:
    """Return a text that is equal while the scope sees the same rows of a layer.

    What a body sees of upkeep follows from its agreements, so the stretches that they cover
    belong to the text: a file is no longer handed out once one of them has ended.
    """
    if not layer.is_upkeep or not scope.organisation_ids():
        return scope.cache_key()
    held = AgreementParty.objects.filter(organisation_id__in=scope.organisation_ids())
    covered = (
        AgreementScope.objects.filter(agreement_id__in=held.values("agreement_id"))
        .filter(is_binding=True, valid_to__gte=timezone.localdate())
        .order_by("pk")
        .values_list("pk", "valid_from", "valid_to", "start_m", "end_m")
    )
    digest = hashlib.blake2b(repr(list(covered)).encode(), digest_size=12).hexdigest()
    return f"{scope.cache_key()}|agreements:{digest}"


def exports_folder() -> Path:
    """Return the folder of export files, made on first use."""
    folder = Path(settings.MEDIA_ROOT) / "exports"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _write(job: ExportJob) -> None:
    scope = scope_of(job.owner)
    if not scope.grants and not scope.everything:
        raise ParameterError("owner", "no_access", _("You no longer have a role."))
    choice = ExportChoice.of(
        scope,
        read_filter(export_layer(job.layer), QueryDict(job.query)),
        layer=job.layer,
        names=job.fields,
        srid=job.srid,
    )
    job.scope_key = scope_key(choice.layer, scope)
    ExportJob.objects.filter(pk=job.pk).update(
        scope_key=job.scope_key, progress_total=choice.rows().count()
    )
    with Watch(job.pk) as watch:
        count = FORMATS[job.format].write(choice, file_of(job), watch)
    _end(job, ExportState.READY, sites=count, progress_done=count)


def _end(job: ExportJob, state: ExportState, **values: Any) -> None:
    now = timezone.now()
    path = file_of(job)
    size = path.stat().st_size if state == ExportState.READY else 0
    ExportJob.objects.filter(pk=job.pk).update(
        state=state, finished_at=now, expires_at=now + KEPT, size_bytes=size, **values
    )


class Watch:
    """Reports progress over a connection of its own: the export's is inside a long reading."""

    REPORT_SQL = """
        UPDATE maps_exportjob SET progress_done = %s, heartbeat_at = now()
        WHERE id = %s RETURNING cancel_requested
    """

    def __init__(self, job_id: UUID) -> None:
        self.job_id = job_id
        self._connection = connection.copy()
        self._last = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.close()

    def __call__(self, written: int) -> None:
        """Report now and then; raises `ExportCancelled` when nobody waits any more."""
        if monotonic() - self._last < SECONDS_BETWEEN_REPORTS:
            return
        self._last = monotonic()
        with self._connection.cursor() as cursor:
            cursor.execute(self.REPORT_SQL, [written, self.job_id])
            row = cursor.fetchone()
        if row and row[0]:
            raise ExportCancelled
