import subprocess
import sys
from collections.abc import Iterator

import pytest
from served import ROOT
from streamlit import config

import rom_vision.dashboard.main
from rom_vision.dashboard.settings import SETTINGS, use_settings

MAIN = rom_vision.dashboard.main.__file__


@pytest.fixture
def as_at_start() -> Iterator[None]:
    """Streamlit's settings as they are before anybody has set one."""
    config.get_config_options(force_reparse=True)
    yield
    config.get_config_options(force_reparse=True)


def test_health_data_stays_on_this_computer(as_at_start):
    use_settings()
    assert config.get_option("server.address") == "localhost"
    assert config.get_option("browser.gatherUsageStats") is False


def test_every_setting_is_one_that_streamlit_knows(as_at_start):
    use_settings()
    assert {name: config.get_option(name) for name in SETTINGS} == dict(SETTINGS)


def test_whoever_starts_the_program_has_the_last_word(as_at_start):
    config.set_option("server.port", 9000, "command-line argument or environment variable")
    use_settings()
    assert config.get_option("server.port") == 9000
    assert config.get_option("browser.gatherUsageStats") is False


@pytest.mark.parametrize("file", [MAIN, str(ROOT / "app.py")])
def test_the_processes_of_a_measurement_draw_no_page_and_load_nothing_for_it(file):
    # multiprocessing runs the main file in every new process, under this name
    code = f"import runpy, sys; runpy.run_path({file!r}, run_name='__mp_main__'); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert not {"streamlit", "rom_vision"} & set(loaded.split())
