"""What the owner sets: the practice, how long films stay, the cameras, who may sign in."""

from dataclasses import replace
from typing import get_args

import streamlit as st

from rom_vision.accounts import GuardedRecord
from rom_vision.capture import camera_profiles
from rom_vision.dashboard import visitor
from rom_vision.dashboard.parts import people
from rom_vision.dashboard.words import words
from rom_vision.dashboard.words_faces import words_faces
from rom_vision.dashboard.words_settings import words_settings
from rom_vision.errors import RomVisionError
from rom_vision.language import LANGUAGES, Language
from rom_vision.records import Settings
from rom_vision.records.tables_practice import ForceUnit, Keeping, Paper

TAB = "settings tab"
FIELD_PX = 460
DONE = "settings_done"


def show() -> None:
    """Draw the page."""
    with visitor.record() as record:
        record.account.demand("settings")
        st.title(words_settings.SETTINGS)
        if said := st.session_state.pop(DONE, None):
            st.success(said)
        parts = {
            words_settings.PRACTICE: _practice,
            words_settings.VIDEOS: _videos,
            words_settings.CAMERAS: _cameras,
            words_settings.ACCOUNTS: people.show,
        }
        for tab, draw in zip(st.tabs(list(parts), key=TAB, on_change="rerun"), parts.values(), strict=True):
            if tab.open:
                with tab:
                    draw(record)


def _practice(record: GuardedRecord) -> None:
    settings = record.settings()
    st.caption(words_settings.PRACTICE_LEAD)
    with st.form("practice", border=False):
        practice = st.text_input(words_settings.NAME, settings.practice, width=FIELD_PX)
        address = st.text_area(words_settings.ADDRESS, settings.address, width=FIELD_PX, height=100)
        therapist = st.text_input(
            words_settings.THERAPIST, settings.therapist, help=words_settings.THERAPIST_HELP, width=FIELD_PX
        )
        choices: tuple[Language | None, ...] = (None, *LANGUAGES)
        language = st.selectbox(
            words_settings.LANGUAGE, choices, choices.index(settings.language),
            format_func=lambda code: LANGUAGES[code] if code else words_settings.AS_ASKED_FOR,
            help=words_settings.LANGUAGE_HELP, width=FIELD_PX,
        )  # fmt: skip
        forces: tuple[ForceUnit, ...] = get_args(ForceUnit)
        papers: tuple[Paper, ...] = get_args(Paper)
        force = st.selectbox(
            words_settings.FORCE, forces, forces.index(settings.force),
            format_func=lambda unit: words_settings.FORCES[unit], help=words_settings.FORCE_HELP, width=FIELD_PX,
        )  # fmt: skip
        paper = st.selectbox(words_settings.PAPER, papers, papers.index(settings.paper), width=FIELD_PX)
        saved = st.form_submit_button(words_settings.SAVE, type="primary")
    if saved:
        _save(
            record,
            replace(
                settings,
                practice=practice.strip(),
                address=address.strip(),
                therapist=therapist.strip(),
                language=language,
                force=force,
                paper=paper,
            ),
        )


def _videos(record: GuardedRecord) -> None:
    settings = record.settings()
    st.caption(words_settings.VIDEOS_LEAD)
    ways: tuple[Keeping, ...] = get_args(Keeping)
    way = st.radio(
        words_settings.VIDEOS,
        ways,
        ways.index(settings.videos),
        format_func=lambda one: words_settings.KEEPING[one],
    )
    days = settings.video_days
    if way == "days":
        days = st.number_input(words_settings.DAYS, 1, 3650, settings.video_days, width=160)
    sure = True
    if way == "cover":
        st.info(words_faces.KEEPING_HELP, icon=":material/blur_on:")
    elif way != "keep":
        st.warning(words_settings.VIDEOS_WARNING, icon=":material/delete_forever:")
        sure = st.checkbox(words_settings.SURE)
    if st.button(words_settings.SAVE, type="primary", disabled=not sure):
        _save(record, replace(settings, videos=way, video_days=int(days)))


def _save(record: GuardedRecord, settings: Settings) -> None:
    try:
        record.change_settings(settings)
        gone = record.expire_videos()
    except RomVisionError as problem:
        st.error(words.trouble(problem))
        return
    st.session_state[DONE] = words_settings.deleted(gone) if gone else words_settings.SAVED
    st.rerun()


def _cameras(record: GuardedRecord) -> None:
    st.caption(words_settings.CAMERAS_LEAD)
    names = camera_profiles.names()
    if not names:
        st.info(words_settings.NO_CAMERA)
    for name in names:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            try:
                st.markdown(words_settings.camera(camera_profiles.load(name)))
            except RomVisionError as problem:
                st.markdown(words.trouble(problem))
            with st.popover(words_settings.REMOVE, icon=":material/delete:"):
                if st.button(words_settings.REMOVE_SURE, key=f"remove {name}"):
                    camera_profiles.remove(name)
                    st.rerun()
