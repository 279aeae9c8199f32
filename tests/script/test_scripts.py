"""The scripts: each parses, and each bad circumstance gets one clear sentence."""

from __future__ import annotations

import os
import socket
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = sorted(
    path
    for path in [ROOT / ".ci" / "run", *(ROOT / "script").rglob("*")]
    if path.is_file() and (path.suffix == ".sh" or path.read_bytes().startswith(b"#!"))
)


def run(command: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def function(call: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Call one function of script/lib, with every part loaded."""
    return run(["bash", "-c", f". script/lib/start.sh; {call}"], **environment)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_script_parses_and_can_be_started(script: Path) -> None:
    result = run(["bash", "-n", str(script)])

    assert result.returncode == 0, result.stderr
    assert script.suffix == ".sh" or os.access(script, os.X_OK)


def test_a_taken_port_is_named_with_the_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        result = run(["script/server"], PORT=str(port), HOST="127.0.0.1")

    assert result.returncode == 1
    assert result.stderr == (
        f"Stopped: port {port} is taken on this machine. Choose another one: "
        f"PORT={port + 1} script/server\n"
    )


@pytest.fixture
def old_python(tmp_path: Path) -> str:
    """An interpreter that says it is of version 3.9."""
    fake = tmp_path / "python3"
    fake.write_text('#!/bin/sh\n[ "$1" = -c ] || echo Python 3.9.2\n', encoding="ascii")
    fake.chmod(0o755)
    return str(fake)


def test_an_old_python_is_named(old_python: str) -> None:
    result = function("require_system_packages", ATLAS_PYTHON=old_python)

    assert result.returncode == 1
    assert result.stderr == (
        "Stopped: Python 3.11 or newer is needed, and this machine has Python 3.9.2 "
        f"({old_python}).\n"
    )


def test_without_postgis_an_ordinary_user_is_told_what_root_must_run() -> None:
    result = function("is_root() { false; }; install_packages postgresql-postgis")

    assert result.returncode == 1
    assert result.stderr == (
        "Stopped: postgresql-postgis is missing. Run this once as root, then start again: "
        "apt-get install -y postgresql-postgis\n"
    )


def test_a_full_disk_is_told_in_megabytes() -> None:
    result = function("free_megabytes() { echo 12; }; require_space 200 /srv")

    assert result.returncode == 1
    assert result.stderr == (
        "Stopped: the disk is full: 12 MB are free at /srv and 200 MB are needed. "
        "Free some space and start again.\n"
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("write failed: No space left on device", "Stopped: the disk is full ("),
        ("error: Could not resolve host", "Stopped: no network: "),
        ("npm error code ENOTFOUND", "Stopped: no network: "),
    ],
)
def test_a_failed_step_says_why(words: str, sentence: str) -> None:
    result = function(f"fail() {{ echo '{words}'; false; }}; step Working fail")

    assert result.returncode == 1
    assert result.stderr.splitlines()[-1].startswith(sentence)


def test_a_failing_line_inside_a_step_stops_it() -> None:
    result = function("two_lines() { false; echo went on; }; step Working two_lines")

    assert result.returncode == 1
    assert "went on" not in result.stderr


def test_uv_is_told_the_index_that_pip_uses(tmp_path: Path) -> None:
    pip = tmp_path / "bin" / "pip"
    pip.parent.mkdir()
    pip.write_text(
        "#!/bin/sh\ncat <<'END'\n"
        "global.index-url='https://index.example/simple'\n"
        ":env:.index-url='https://nearer.example/simple'\n"
        "global.find-links='/first\\n/second'\n"
        "END\n",
        encoding="ascii",
    )
    pip.chmod(0o755)
    call = (
        f"LOCAL={tmp_path}; mkdir -p $LOCAL/tools; ln -s {pip.parent} $LOCAL/tools/bin;"
        "unset UV_DEFAULT_INDEX UV_FIND_LINKS; use_index_of_pip python3;"
        "echo $UV_DEFAULT_INDEX $UV_FIND_LINKS"
    )

    assert function(call).stdout == "https://nearer.example/simple /first,/second\n"


def test_a_socket_stays_short_enough_however_deep_the_clone_is() -> None:
    deep = "/srv/" + "district/" * 20

    result = function(f"socket_place {deep}; socket_place /srv/atlas/.local/postgres")

    long, short = result.stdout.splitlines()
    assert len(f"{long}/.s.PGSQL.5432") <= 107
    assert short == "/srv/atlas/.local/postgres/socket"
