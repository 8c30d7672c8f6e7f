"""What Streamlit runs for every visitor and at every click."""

# The processes that a measurement starts load this file too, under another name: they must draw no page, and
# lose no time on importing what draws it.
if __name__ == "__main__":
    from rom_vision.dashboard.navigation import show

    show()
