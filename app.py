"""Starts the dashboard: `python app.py`, then http://localhost:8501.

`streamlit run app.py` does the same, with Streamlit's own address and port unless told otherwise.
"""

if __name__ != "__mp_main__":  # the processes that a measurement starts load this file too, and need none of it
    import streamlit as st
    from starlette.middleware import Middleware

    from rom_vision.dashboard.entrance.forms import ROUTES
    from rom_vision.dashboard.entrance.gate import Gate
    from rom_vision.dashboard.entrance.headers import SecurityHeaders
    from rom_vision.dashboard.films import ROUTES as FILMS
    from rom_vision.dashboard.queue import workers_beside_the_server
    from rom_vision.dashboard.recorder_routes import ROUTES as RECORDER_ROUTES
    from rom_vision.dashboard.settings import SETTINGS, use_settings

    app = st.App(
        "rom_vision/dashboard/main.py",
        lifespan=workers_beside_the_server,
        routes=[*ROUTES, *FILMS, *RECORDER_ROUTES],
        middleware=[Middleware(SecurityHeaders), Middleware(Gate)],
    )
    use_settings()

if __name__ == "__main__":
    app.run(config=SETTINGS)
