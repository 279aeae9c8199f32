"""Every limit that a client of the service can meet, gathered from where each is enforced."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from assets.api.references import MOST_PHOTOS
from assets.forms_photos import MOST_PHOTOS as MOST_PHOTOS_IN_FORM
from assets.photos.pictures import MAX_PIXELS
from field.api.sync_fields import MOST_ASKED
from field.limits import LARGEST_PUSH, MOST_OPERATIONS
from field.outbox_file import reading as outbox_file
from maps.exports.choice import MOST_FIELDS
from maps.exports.jobs import KEPT, MOST_OPEN
from maps.exports.tables import MOST_EXCEL_ROWS
from maps.layers import LARGEST_ZOOM, ROWS_FROM_ZOOM
from maps.tile_statements import MOST_LINES
from maps.tilejson import LARGEST_TILE_ZOOM
from sites.api.paging import MAX_LIMIT
from sites.api.parsers import MAX_DEPTH
from sites.filters import MAX_TEXT, MAX_VALUES


def limits() -> dict[str, Any]:
    """Return the limits by name; sizes are bytes, times seconds."""
    return {
        "filter_values": MAX_VALUES,
        "filter_text_characters": MAX_TEXT,
        "page_rows": MAX_LIMIT,
        "request_body_bytes": settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
        "json_levels": MAX_DEPTH,
        "push_bytes": LARGEST_PUSH,
        "push_operations": MOST_OPERATIONS,
        "receipts_of_a_kind": MOST_ASKED,
        "outbox_file_entries": outbox_file.MOST_OPERATIONS,
        "outbox_file_photos": outbox_file.MOST_PHOTOS,
        "outbox_file_bytes": settings.UPLOAD_MAX_BYTES,
        "outbox_file_entry_bytes": outbox_file.LARGEST_OPERATION,
        "outbox_file_kept_seconds": settings.OUTBOX_FILE_DAYS * 24 * 3600,
        "import_file_bytes": settings.UPLOAD_MAX_BYTES,
        "document_bytes": settings.DOCUMENT_MAX_BYTES,
        "photo_bytes": settings.PHOTO_MAX_BYTES,
        "photo_pixels": MAX_PIXELS,
        "photos_in_an_entry": MOST_PHOTOS,
        "photos_in_a_form": MOST_PHOTOS_IN_FORM,
        "photo_parts_bytes": settings.PHOTO_PARTS_MAX_BYTES,
        "photo_part_seconds": settings.PHOTO_PART_DAYS * 24 * 3600,
        "tile_zoom": LARGEST_ZOOM,
        "tile_zoom_useful": LARGEST_TILE_ZOOM,
        "tile_zoom_of_every_row": ROWS_FROM_ZOOM,
        "tile_lines_below_that": MOST_LINES,
        "exports_open_at_once": MOST_OPEN,
        "export_fields": MOST_FIELDS,
        "export_kept_seconds": int(KEPT.total_seconds()),
        "export_excel_rows": MOST_EXCEL_ROWS,
        "sign_in_failures": settings.AXES_FAILURE_LIMIT,
        "sign_in_pause_seconds": int(settings.AXES_COOLOFF_TIME * 3600),
    }
