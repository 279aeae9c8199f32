"""`bootstrap_admin`: the first account of an empty service."""

from __future__ import annotations

import os
import secrets
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from config import env

DEFAULT_FILE = ".local/admin-password"


class Command(BaseCommand):
    help = "Create an administrator with a generated password that is written to a private file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--username", default="admin", help="user name (default: admin)")
        parser.add_argument(
            "--password-file",
            default=DEFAULT_FILE,
            help=f"file that gets the password, must not exist yet (default: {DEFAULT_FILE})",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        users = get_user_model()._default_manager
        username = options["username"]
        if users.filter(username=username).exists():
            self.stdout.write(f"The account {username} is already there; nothing was changed.")
            return
        password = secrets.token_urlsafe(18)
        file = _write_privately(env.ROOT / options["password_file"], password)
        users.create_superuser(username=username, password=password)
        self.stdout.write(f"Account {username} created. Its password stands in {file}.")


def _write_privately(file: Path, text: str) -> Path:
    """Write a new file that the owner alone can read; an existing one is never overwritten."""
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise CommandError(f"{file} cannot be written: {error.strerror}") from error
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write(text + "\n")
    return file
