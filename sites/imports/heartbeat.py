"""A job's sign of life: its own connection tells progress and hears of a cancellation.

The import itself is one transaction; what it does is invisible until the end. A second
connection, outside of it, keeps the run's row up to date, and stops a long statement when
somebody cancels.
"""

from __future__ import annotations

import threading
from types import TracebackType
from typing import Any, Final
from uuid import UUID

import psycopg
from django.db import connection

from sites.imports.problems import CancelledError

SECONDS: Final = 1.0
_BEAT: Final = (
    "UPDATE sites_importrun SET heartbeat_at = now(), progress_done = %s, progress_total = %s"
    " WHERE id = %s RETURNING cancel_requested"
)


class Heartbeat:
    """Watches one import; use as a context manager around it."""

    def __init__(self, run_id: UUID) -> None:
        self._run_id = run_id
        self._done = 0
        self._total = 0
        self.is_cancelled = False
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="import-heartbeat", daemon=True)
        self._parameters: dict[str, Any] = {}
        self._process_id = 0

    def __enter__(self) -> Heartbeat:
        connection.ensure_connection()
        self._parameters = {
            key: value
            for key, value in connection.get_connection_params().items()
            if key in {"dbname", "user", "password", "host", "port", "options", "connect_timeout"}
        }
        self._process_id = connection.connection.info.backend_pid
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join()

    def step(self, stage: str, done: int, total: int | None) -> None:
        """Take note of progress; raises `CancelledError` once somebody cancelled."""
        self._done, self._total = done, total or 0
        if self.is_cancelled:
            raise CancelledError

    def _beat(self) -> None:
        with psycopg.connect(**self._parameters, autocommit=True) as own:
            while not self._over.wait(SECONDS):
                row = own.execute(_BEAT, (self._done, self._total, self._run_id)).fetchone()
                if row is not None and row[0] and not self.is_cancelled:
                    self.is_cancelled = True
                    own.execute("SELECT pg_cancel_backend(%s)", (self._process_id,))
