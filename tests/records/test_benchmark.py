"""The benchmark of the record, small: it does not rot, and the queries do not grow with what is kept."""

from benchmarks import records
from rom_vision.records import Record


def queries(*arguments, monkeypatch, sessions):
    monkeypatch.setattr(records, "SESSIONS", sessions)
    return {timing.what: timing.queries for timing in records.main([*arguments])}


def test_a_client_of_many_sessions_takes_no_more_queries(home, monkeypatch, capsys):
    few = queries("--clients", "3", "--opened", "2", monkeypatch=monkeypatch, sessions=1)
    many = queries("--clients", "3", "--opened", "2", monkeypatch=monkeypatch, sessions=12)
    assert few == many
    assert few["client, again"] <= few["client, first time"] < 20
    assert "3 clients filled in" in capsys.readouterr().out


def test_what_it_fills_in_is_what_the_record_reads(home, monkeypatch):
    address = f"sqlite:///{home / 'record.sqlite3'}"
    home.mkdir()
    records.fill(address, 2, {0})
    with Record.open(address, who="Thea") as record:
        chart = record.chart(records.client_id(1))
        assert (len(chart.sessions), len(chart.measurements), len(chart.movement)) == (10, 40, 40)
        assert chart.measurements[0].result.peak_deg == 90
        (referral,) = chart.referrals
        assert referral.sessions_used == 10
