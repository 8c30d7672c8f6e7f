"""The page Measure by itself, for AppTest, which can't turn pages."""

# a measurement's own processes load this file too, under another name
if __name__ == "__main__":
    import streamlit as st

    from rom_vision.dashboard import page_measure
    from rom_vision.dashboard.words import words
    from rom_vision.errors import RomVisionError

    progress = st.Page(lambda: None, title="Progress", default=True)
    st.navigation([progress])
    try:
        page_measure.show(progress)
    except RomVisionError as problem:
        st.error(words.trouble(problem))
