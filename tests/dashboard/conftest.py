"""A dashboard of its own for each test: an empty home, and no jobs."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rom_vision.dashboard.jobs import the_jobs


@pytest.fixture(autouse=True)
def fresh_jobs(home: Path) -> Iterator[None]:
    """This test's own line of jobs, which ends with it."""
    the_jobs.cache_clear()
    yield
    the_jobs().close()
    the_jobs.cache_clear()
