"""A client goes from one record into another, on both databases: everything or nothing."""

from dataclasses import fields, replace
from datetime import date

import numpy as np
import pytest
from treated import treated

from rom_vision.errors import RecordError
from rom_vision.exchange.client_unzip import import_client
from rom_vision.exchange.client_zip import write_client
from rom_vision.records import Brought, Client, Record

BESIDE = ("corrections", "ticks")  # these have no number


@pytest.fixture
def exported(tmp_path, monkeypatch):
    """A zip of a client of another record, the client's chart there, and what its files hold."""
    (tmp_path / "elsewhere").mkdir()
    with monkeypatch.context() as there:
        there.setenv("ROM_VISION_HOME", str(tmp_path / "elsewhere"))
        there.delenv("ROM_VISION_DATABASE_URL", raising=False)
        with Record.open(who="Otto") as other:
            client = treated(other, tmp_path)
            write_client(other, client.id, tmp_path / "client.zip")
            chart = other.chart(client.id)
            curves = [other.curves(kept.id) for kept in chart.measurements]
    return tmp_path / "client.zip", chart, curves


def contents(chart):
    return [
        (kept.video_path and kept.video_path.read_bytes(), kept.overlay_path and kept.overlay_path.read_bytes())
        for kept in chart.measurements
    ]


def unnumbered(chart):
    """The chart with numbers that count from 1 for each kind, and without the places of the files."""
    numbers = {
        field.name: {one.id: n for n, one in enumerate(sorted(getattr(chart, field.name), key=lambda o: o.id), 1)}
        for field in fields(chart)
        if field.name not in ("client", *BESIDE)
    }
    links = {
        "session_id": "sessions", "referral_id": "referrals", "exercise_id": "exercises",
        "measurement_id": "measurements",
    }  # fmt: skip

    def renumbered(name, one):
        found = {field: getattr(one, field) for field in links if getattr(one, field, None) is not None}
        changed = {field: numbers[links[field]][number] for field, number in found.items()}
        changed |= {"video_path": None, "overlay_path": None} if name == "measurements" else {}
        own = {} if name in BESIDE else {"id": numbers[name][one.id], "client_id": ""}
        return replace(one, **own, **changed)

    return replace(
        chart,
        client=replace(chart.client, id=""),
        **{name: tuple(renumbered(name, one) for one in getattr(chart, name)) for name in (*numbers, *BESIDE)},
    )


def nothing_was_added(record, home):
    assert record.clients() == []
    assert not list((home / "media").glob("*"))
    assert not list((home / "doubtful").rglob("C-*"))
    assert "import" not in {row.action for row in record.audit()}


def test_into_an_empty_record_everything_is_equal(record, exported, home):
    file, chart, curves = exported
    client = import_client(record, file)
    assert client == chart.client
    again = record.chart(client.id)
    assert unnumbered(again) == unnumbered(chart)
    assert contents(again) == contents(chart)
    assert len(list((home / "media").iterdir())) == 3, "a video of two measurements, one of one, an overlay"
    for kept, before in zip(again.measurements, curves, strict=True):
        now = record.curves(kept.id)
        np.testing.assert_array_equal(now.tested_deg, before.tested_deg)
        np.testing.assert_array_equal(now.joints_m, before.joints_m)
        assert now.joints.angle_deg.keys() == before.joints.angle_deg.keys()
        for name, curve in before.joints.angle_deg.items():
            np.testing.assert_array_equal(now.joints.angle_deg[name], curve)
    (row,) = [row for row in record.audit() if row.action == "import"]
    assert (row.client_id, row.what, row.who) == (client.id, "client", "Thea")
    assert record.audit_problems() == []


def test_it_can_be_worked_with_as_if_it_had_always_been_here(record, exported, knee):
    client = import_client(record, exported[0])
    (referral,) = record.chart(client.id).referrals
    assert record.save(replace(referral, how_often="daily")).version == referral.version + 1
    kept = record.keep(client.id, knee, None, on=date(2026, 11, 17))
    assert record.measurement(kept.id) == kept
    record.erase_client(client.id)
    assert record.clients() == []


def test_among_others_it_takes_other_numbers(record, exported, tmp_path):
    """Another client has the numbers already."""
    own = treated(record, tmp_path)
    before = record.chart(own.id)
    client = import_client(record, exported[0])
    assert client.id != own.id
    assert unnumbered(record.chart(client.id)) == unnumbered(exported[1])
    assert record.chart(own.id) == before
    assert {kept.id for kept in record.measurements(client.id)}.isdisjoint(kept.id for kept in before.measurements)


def test_where_the_id_is_taken_it_is_a_new_client(record, exported):
    first, second = (import_client(record, exported[0]) for _ in range(2))
    assert first.id == exported[1].client.id
    assert second.id != first.id
    assert unnumbered(record.chart(first.id)) == unnumbered(record.chart(second.id))
    record.erase_client(first.id)
    assert contents(record.chart(second.id)) == contents(exported[1])


def test_the_id_of_who_is_in_the_recycle_bin_is_taken_too(record, exported):
    first = import_client(record, exported[0])
    record.remove_client(first.id)
    assert import_client(record, exported[0]).id != first.id


def test_under_a_new_id_if_asked(record, exported):
    assert import_client(record, exported[0], as_new=True).id != exported[1].client.id


def changed(exported, **parts):
    _, chart, curves = exported
    there = {kept.id: curve for kept, curve in zip(chart.measurements, curves, strict=True)}
    return Brought(chart=replace(chart, **parts), curves=there.__getitem__, media=lambda path: path.open("rb"))


def one_changed(exported, name, at=0, **values):
    several = list(getattr(exported[1], name))
    several[at] = replace(several[at], **values)
    return changed(exported, **{name: tuple(several)})


NONSENSE = [
    ("referrals", {"physician": ""}, r"Referral 1: The referral has no physician. Say who ordered"),
    ("referrals", {"diagnosis": "nul \0"}, "letters that can't be read"),
    ("goals", {"movement": "knee_flying"}, "Goal 1: There is no movement test 'knee_flying'"),
    ("sessions", {"referral_id": 99}, "Session 1 belongs to referral 99, which is not there"),
    ("sessions", {"on": date(2100, 1, 1)}, "has not been held yet"),
    ("sessions", {"on": date(2026, 11, 10), "kind": "home"}, "Two sessions of one kind were held on one day"),
    ("sessions", {"on": date(2026, 11, 2)}, "Measurement 1 is of another day than its session"),
    ("sessions", {"version": 2**40}, "was saved 1099511627776 times"),
    ("history", {"id": 2}, r"Two of a kind have one number, or none \(History\)"),
    ("palpation", {"session_id": 77}, "belongs to session 77, which is not there"),
    ("palpation", {"pain": 11}, r"Palpation finding 1: 11 can't be \(pain\)"),
    ("treatments", {"techniques": ()}, "has no technique"),
    ("measurements", {"movement": "x"}, "Measurement 1: There is no movement test 'x'"),
    ("measurements", {"side": None}, "Measurement 1: .* is measured on one side"),
    ("measurements", {"peak_deg": 4.0}, "is of another test or value than its film"),
    ("measurements", {"uncertainty_deg": None}, "A peak has its uncertainty"),
    ("corrections", {"changed": "[7]"}, "What was edited by hand can't be read"),
    ("corrections", {"measurement_id": 77}, "belongs to measurement 77, which is not there"),
    ("ticks", {"exercise_id": 77}, "for an exercise that is not there"),
    ("measurements", {"exercise_id": 5}, "belongs to exercise 5, which is not there"),
]


@pytest.mark.parametrize(("name", "values", "words"), NONSENSE, ids=[f"{n} {v}" for n, v, _ in NONSENSE])
def test_what_can_not_be_is_told_and_nothing_is_added(record, exported, home, name, values, words):
    with pytest.raises(RecordError, match=words):
        record.take_in(one_changed(exported, name, **values))
    nothing_was_added(record, home)


@pytest.mark.parametrize("client_id", ["", "C-1", "C-1OILU0", "../../x1", "X-222222"])
def test_a_clients_id_that_can_not_be(record, exported, home, client_id):
    brought = changed(exported, client=replace(exported[1].client, id=client_id))
    with pytest.raises(RecordError, match="There is no client's id like"):
        record.take_in(brought)
    nothing_was_added(record, home)


def test_a_digest_of_a_video_that_can_not_be(record, exported, home):
    measured = exported[1].measurements[0]
    made = replace(measured.provenance, video_sha256="x" * 65)
    with pytest.raises(RecordError, match="The video's digest can't be"):
        record.take_in(one_changed(exported, "measurements", provenance=made))
    nothing_was_added(record, home)


def test_an_exercise_answered_by_another_movement(record, exported, home):
    with pytest.raises(RecordError, match="another movement or side than its exercise"):
        record.take_in(one_changed(exported, "exercises", movement="elbow_flexion"))
    nothing_was_added(record, home)


def test_a_video_that_breaks_off_leaves_nothing(record, exported, home):
    def broken(path):
        raise OSError(5, "Input/output error")

    brought = replace(changed(exported), media=broken)
    with pytest.raises(RecordError, match="can't be kept: Input/output error"):
        record.take_in(brought)
    nothing_was_added(record, home)


def test_curves_that_break_off_leave_nothing(record, exported, home):
    def broken(number):
        raise RecordError("The file was altered.")

    with pytest.raises(RecordError, match="altered"):
        record.take_in(replace(changed(exported), curves=broken))
    nothing_was_added(record, home)


def test_who_was_in_a_recycle_bin_is_not_here(record, exported):
    gone = replace(exported[1].client, removed_at=exported[1].client.added_at)
    client = record.take_in(changed(exported, client=gone))
    assert isinstance(client, Client)
    assert [one.id for one in record.clients()] == [client.id]
