"""The report for the physician: the therapist's words, how it will print, and the ways out of the record."""

from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from rom_vision.accounts import Account, GuardedRecord, open_record
from rom_vision.dashboard.words_report import words_report
from rom_vision.exchange.export import export_client
from rom_vision.exchange.report import letter_of, referral_of, report_of
from rom_vision.exchange.report_preview import page_pictures
from rom_vision.exchange.report_words import own_sentences
from rom_vision.language import speaking, spoken
from rom_vision.records import Chart, Letter

FILES = {
    "pdf": ("report.pdf", "application/pdf"),
    "fhir": ("bundle.json", "application/fhir+json"),
    "zip": ("client.zip", "application/zip"),
}
"""What can be taken out: the file's name after the client's id, and what it is."""


def show(record: GuardedRecord, chart: Chart) -> None:
    """Draw it; whoever may not export sees it and takes nothing out."""
    _consent(chart)
    letter = letter_of(chart, referral_of(chart, date.today()))
    report = report_of(record, chart.client.id, on=date.today())
    words, preview = st.columns([2, 3], gap="large")
    with words:
        if record.account.may("write"):
            _words(record, letter, own_sentences(report))
        _downloads(record.account, chart.client.id)
    with preview:
        st.subheader(words_report.PREVIEW)
        with st.spinner(words_report.MAKING):
            pictures = page_pictures(report)
        for number, picture in enumerate(pictures, start=1):
            with st.container(border=True):
                st.image(picture, width="stretch", alt=words_report.page(number, len(pictures)))


def _consent(chart: Chart) -> None:
    """Whether the client agreed that a report goes to the physician."""
    today = date.today()
    given = [one for one in chart.consents if one.purpose == "report_to_physician" and one.stands(today)]
    if given:
        st.success(words_report.consented(given[-1]), icon=":material/check:")
    else:
        st.warning(words_report.NO_CONSENT, icon=":material/front_hand:")


def _words(record: GuardedRecord, letter: Letter, ours: str) -> None:
    """What may be written anew; what is saved as it was, or empty, is the program's again."""
    st.subheader(words_report.YOUR_WORDS)
    with st.form(f"letter {letter.client_id} {letter.version}", border=False):
        in_short = st.text_area(
            words_report.IN_SHORT, letter.in_short or ours, height=200, help=words_report.IN_SHORT_HELP
        )
        suggestion = st.text_area(
            words_report.SUGGESTION, letter.suggestion, height=100, help=words_report.SUGGESTION_HELP
        )
        saved = st.form_submit_button(words_report.SAVE, type="primary")
    if saved:
        told = "" if in_short.strip() == ours else in_short.strip()
        written = replace(letter, in_short=told, suggestion=suggestion.strip())
        if written.in_short or written.suggestion:
            record.save(written)
        elif letter.id is not None:
            record.delete(letter)
        st.rerun()


def _downloads(account: Account, client_id: str) -> None:
    """A file is made, and its leaving noted, only when it is asked for."""
    st.subheader(words_report.DOWNLOAD)
    if not account.may("export"):
        st.info(words_report.NO_EXPORT)
        return
    for kind, label in words_report.FILES.items():
        name, mime = FILES[kind]
        st.download_button(
            label, data=partial(_made, account, client_id, kind, spoken()), file_name=f"{client_id}-{name}",
            mime=mime, on_click="ignore", icon=":material/download:", key=f"download {kind}", width="stretch",
        )  # fmt: skip


def _made(account: Account, client_id: str, kind: str, language: str) -> bytes:
    """Asked for when the page is drawn already, and its record closed."""
    with speaking(language), open_record(account) as record, TemporaryDirectory() as scratch:
        out = Path(scratch) / "out"
        export_client(record, client_id, kind, out)
        return out.read_bytes()
