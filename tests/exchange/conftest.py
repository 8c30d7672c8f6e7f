"""What several tests of what leaves share."""

from pathlib import Path

import pytest
from shoulder_series import ON, told
from treated import treated

from rom_vision.exchange.report import Report, report_of
from rom_vision.records import Chart, Client, Record


@pytest.fixture
def bea(record: Record, tmp_path: Path) -> Client:
    """A client with something of every kind on the chart."""
    return treated(record, tmp_path)


@pytest.fixture
def chart(record: Record, bea: Client) -> Chart:
    """Hers."""
    return record.chart(bea.id)


@pytest.fixture(scope="session")
def shoulder(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The report of a whole series; nothing of it can be changed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ROM_VISION_HOME", str(tmp_path_factory.mktemp("shoulder")))
        patch.delenv("ROM_VISION_DATABASE_URL", raising=False)
        with Record.open(who="Thea") as opened:
            return report_of(opened, told(opened), on=ON, suggestion="Six further sessions, once a week.")
