"""What several tests of what leaves share."""

import pytest
from shoulder_series import ON, told

from rom_vision.exchange.report import Report, report_of
from rom_vision.records import Record


@pytest.fixture(scope="session")
def shoulder(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The report of a whole series; nothing of it can be changed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ROM_VISION_HOME", str(tmp_path_factory.mktemp("shoulder")))
        patch.delenv("ROM_VISION_DATABASE_URL", raising=False)
        with Record.open(who="Thea") as opened:
            return report_of(opened, told(opened), on=ON, suggestion="Six further sessions, once a week.")
