"""Goniometer values from a table, on both databases: each bad row is named, and then none is taken."""

from datetime import date, timedelta

import charted
import pytest

from rom_vision.errors import RecordError, RomVisionError, UsageError
from rom_vision.exchange.goniometer_csv import import_goniometer
from rom_vision.movements import movement_test
from rom_vision.records import MovementFinding

HEAD = "date,movement,side,mode,value_deg,uncertainty_deg,pain,end_feel,strength,note\n"
GOOD = (
    "2026-11-03,shoulder_abduction,right,passive,132.5,4,3,empty,,held his breath\n"
    "2026-11-03,knee_flexion,left,active,120,,,,,\n"
    '2026-11-10,knee_flexion,left,resisted,60,,2,,4,"slow, steady"\n'
    "2026-11-10,neck_flexion,,active,-2.5,,,,,\n"
)


@pytest.fixture
def table(tmp_path):
    def write(text, encoding="utf-8"):
        (tmp_path / "values.csv").write_bytes(text.encode(encoding))
        return tmp_path / "values.csv"

    return write


def findings(record, anna):
    return record.entries(anna.id, MovementFinding)


def test_every_value_is_kept_in_the_session_of_its_day(record, anna, table):
    held = record.save(charted.session(anna.id))
    assert import_goniometer(record, anna.id.lower(), table(HEAD + GOOD)) == 4
    shoulder, knee, push, neck = findings(record, anna)
    assert shoulder == MovementFinding(
        client_id=anna.id, id=shoulder.id, version=1, session_id=held.id, movement="shoulder_abduction",
        side="right", mode="passive", by="goniometer", value_deg=132.5, uncertainty_deg=4.0, pain=3,
        end_feel="empty", note="held his breath",
    )  # fmt: skip
    assert (push.strength, push.note, neck.side, neck.value_deg) == (4, "slow, steady", None, -2.5)
    assert [(one.on, one.kind) for one in record.sessions(anna.id)] == [
        (date(2026, 11, 3), "treatment"), (date(2026, 11, 10), "re_assessment"),
    ]  # fmt: skip
    assert push.session_id == neck.session_id
    assert knee.uncertainty_deg * 2**0.5 == pytest.approx(movement_test("knee_flexion").mdc.deg)
    noted = [row.what for row in record.audit() if row.what.startswith("movement finding")]
    assert noted == [f"movement finding {one.id}" for one in (shoulder, knee, push, neck)]


def test_as_spreadsheets_write_it(record, anna, table):
    """With a mark of the encoding, semicolons, a decimal comma, and empty rows."""
    text = "value_deg;mode; side ;movement;date\r\n132,5;active;left;knee_flexion;2026-11-03\r\n;;;;\r\n\r\n"
    assert import_goniometer(record, anna.id, table(text, "utf-8-sig")) == 1
    (one,) = findings(record, anna)
    assert (one.value_deg, one.side) == (132.5, "left")


BAD = [
    ("2026-13-01,knee_flexion,left,active,90,,,,,", "'2026-13-01' is no day"),
    (f"{date.today() + timedelta(days=1)},knee_flexion,left,active,90,,,,,", "has not been held yet"),
    ("0001-01-01,knee_flexion,left,active,90,,,,,", "The day 0001-01-01 can't be"),
    ("2026-11-03,knee_flexoin,left,active,90,,,,,", "no movement test 'knee_flexoin'. Did you mean knee_flexion"),
    ("2026-11-03,knee_flexion,up,active,90,,,,,", "There is no side 'up'"),
    ("2026-11-03,knee_flexion,,active,90,,,,,", "is measured on one side"),
    ("2026-11-03,neck_flexion,left,active,90,,,,,", "has no side"),
    ("2026-11-03,knee_flexion,left,assisted,90,,,,,", "There is no mode 'assisted'"),
    ("2026-11-03,knee_flexion,left,active,ninety,,,,,", r"'ninety' is no number \(value_deg\)"),
    ("2026-11-03,knee_flexion,left,active,,,,,,", r"'' is no number \(value_deg\)"),
    ("2026-11-03,knee_flexion,left,active,nan,,,,,", "nan can't be"),
    ("2026-11-03,knee_flexion,left,active,900,,,,,", "900 can't be"),
    ("2026-11-03,knee_flexion,left,active,90,-1,,,,", "-1 can't be"),
    ("2026-11-03,knee_flexion,left,active,90,,11,,,", "11 can't be"),
    ("2026-11-03,knee_flexion,left,active,90,,2.5,,,", r"'2.5' is no whole number \(pain\)"),
    ("2026-11-03,knee_flexion,left,active,90,,,firm,,", "Only a passive test has an end feel"),
    ("2026-11-03,knee_flexion,left,passive,90,,,mushy,,", "There is no end feel 'mushy'"),
    ("2026-11-03,knee_flexion,left,active,90,,,,4,", "Only a resisted test has strength"),
    ("2026-11-03,knee_flexion,left,active,90", "more or fewer cells than the head"),
    ("2026-11-03,knee_flexion,left,active,90,,,,,one, two", "more or fewer cells than the head"),
]


@pytest.mark.parametrize(("row", "words"), BAD, ids=[words for _, words in BAD])
def test_a_bad_row_is_named_and_nothing_is_taken(record, anna, table, row, words):
    with pytest.raises(RecordError, match=f"Line 6: .*{words}"):
        import_goniometer(record, anna.id, table(HEAD + GOOD + row + "\n"))
    assert findings(record, anna) == []
    assert record.sessions(anna.id) == []


def test_all_bad_rows_are_named_at_once(record, anna, table):
    rows = "".join(row + "\n" for row, _ in BAD)
    with pytest.raises(RecordError) as told:
        import_goniometer(record, anna.id, table(HEAD + rows + rows))
    lines = str(told.value).splitlines()
    assert [line.partition(":")[0] for line in lines[:-1]] == [f"Line {n}" for n in range(2, 22)]
    assert lines[-1] == "And 20 more lines. Nothing was imported."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "The head has no column 'date'"),
        (HEAD, "holds no values"),
        ("date,movement,side,mode\n", "no column 'value_deg'"),
        (HEAD.strip() + ",colour\n", "an unknown column 'colour'"),
        (HEAD.strip() + ",pain\n", "two columns of one name"),
        (HEAD + '2026-11-03,"knee', "is no table"),
    ],
)
def test_what_is_no_such_table(record, anna, table, text, words):
    with pytest.raises(UsageError, match=words):
        import_goniometer(record, anna.id, table(text))


def test_what_can_not_be_read(record, anna, tmp_path, table):
    for file in (tmp_path, tmp_path / "gone.csv", table(HEAD + "ü", "latin-1")):
        with pytest.raises(UsageError, match=r"can't be read|is not UTF-8"):
            import_goniometer(record, anna.id, file)


def test_who_is_not_there(record, table):
    with pytest.raises(RomVisionError, match="no client C-222222"):
        import_goniometer(record, "C-222222", table(HEAD + GOOD))


def test_what_was_filmed_does_not_come_this_way(record, anna):
    finding = charted.movement(anna.id, 0, by="film", measurement_id=1)
    with pytest.raises(ValueError, match="not filmed"):
        record.add_findings(anna.id, [(charted.DAY, finding)])
    assert record.sessions(anna.id) == []
