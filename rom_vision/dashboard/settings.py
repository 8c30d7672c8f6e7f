"""How Streamlit serves the pages, and how they look."""

from collections.abc import Mapping
from types import MappingProxyType

from streamlit import config

LARGEST_UPLOAD_MB = 1000
"""Some minutes of 4K. Streamlit holds an upload in memory until the page has taken it."""

SETTINGS: Mapping[str, bool | int | str | list[str]] = MappingProxyType(
    {
        # health data: this computer alone, and no usage statistics for anybody
        "server.address": "localhost",
        "server.allowedHosts": ["localhost", "127.0.0.1"],  # no other site's page may reach it through the browser
        "server.port": 8501,
        "browser.gatherUsageStats": False,
        "server.headless": True,  # asks no questions at the first start
        "server.maxUploadSize": LARGEST_UPLOAD_MB,
        "server.fileWatcherType": "none",
        "client.toolbarMode": "minimal",
        "client.showErrorDetails": "none",  # our own bugs belong into the log, not before a client
        "theme.light.primaryColor": "#0f6b75",
        "theme.light.secondaryBackgroundColor": "#f2f6f7",
        "theme.dark.primaryColor": "#4fb3bf",
        "theme.baseRadius": "medium",
        "theme.headingFontSizes": ["2rem", "1.5rem", "1.25rem", "1.1rem", "1rem", "0.9rem"],
        "theme.headingFontWeights": 600,
        "theme.metricValueFontSize": "3.25rem",
        "theme.metricValueFontWeight": 600,
    }
)


def use_settings() -> None:
    """Set what whoever starts the program has not set: Streamlit's config.toml, variables and flags win."""
    for name, value in SETTINGS.items():
        if not config.is_manually_set(name):
            config.set_option(name, value)
