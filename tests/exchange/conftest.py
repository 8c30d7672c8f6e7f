"""What several tests of what leaves share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from treated import treated

from rom_vision.records import Chart, Client, Record


@pytest.fixture
def record(home: Path) -> Iterator[Record]:
    """An empty record."""
    with Record.open(who="Thea") as opened:
        yield opened


@pytest.fixture
def anna(record: Record, tmp_path: Path) -> Client:
    """A client with something of every kind on the chart."""
    return treated(record, tmp_path)


@pytest.fixture
def chart(record: Record, anna: Client) -> Chart:
    """Hers."""
    return record.chart(anna.id)
