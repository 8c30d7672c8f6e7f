"""Starts the shell: `rom-vision` or `python -m rom_vision`.

The processes that a measurement starts load whatever started the program once more: this file, and no more.
"""

import sys


def main() -> int:
    """Run one command; returns its exit code."""
    from rom_vision import cli

    return cli.main()


if __name__ == "__main__":
    sys.exit(main())
