"""Everything of a client as a file: what a person finds in it, and what may have become of it since."""

import hashlib
import io
import json
import struct
import subprocess
import sys
import zipfile
from html.parser import HTMLParser
from random import Random

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from treated import NAME

from rom_vision.errors import RecordError
from rom_vision.exchange.client_unzip import import_client
from rom_vision.exchange.client_zip import write_client

LONG_BYTES = 120 * 1024**2


@pytest.fixture
def file(record, bea, tmp_path):
    write_client(record, bea.id, tmp_path / "client.zip")
    return tmp_path / "client.zip"


def members(file):
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def written(file, members, compression=zipfile.ZIP_STORED, *, sums=True):
    """The file with these members; the digests made anew."""
    if sums:
        lines = (f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in members.items())
        members = members | {"SHA256SUMS": "".join(line for line in lines if "SHA256SUMS" not in line).encode()}
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file


def with_json(file, change):
    """The file with its record changed."""
    there = members(file)
    said = json.loads(there["record.json"])
    said = change(said) or said
    return written(file, there | {"record.json": json.dumps(said).encode()})


class TestWhatIsInIt:
    def test_the_files(self, file, bea):
        there = members(file)
        assert list(there)[:2] == ["index.html", "record.json"]
        assert {name for name in there if "/" in name} == {
            "curves/1.parquet", "curves/2.parquet", "curves/3.parquet", "curves/4.parquet",
            "videos/1.mp4", "videos/3.mp4", "overlays/1.mp4",
        }  # fmt: skip
        assert there["videos/1.mp4"] == b"a film" * 500
        said = json.loads(there["record.json"])
        assert said["schema"] == 2
        assert said["chart"]["client"]["name"] == NAME
        assert said["chart"]["client"]["contact"] == "Sackgasse 9"
        kinds = ("history", "sessions", "movement", "measurements")
        assert [len(said["chart"][kind]) for kind in kinds] == [3, 3, 3, 4]
        assert said["chart"]["measurements"][3]["video_path"] == "videos/1.mp4"
        assert "time_s" in pq.read_schema(io.BytesIO(there["curves/1.parquet"])).names

    def test_sha256sum_finds_them_whole(self, file, tmp_path):
        zipfile.ZipFile(file).extractall(tmp_path / "out")
        done = subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=tmp_path / "out")
        assert done.returncode == 0

    def test_the_same_client_gives_the_same_contents(self, record, bea, file, tmp_path):
        write_client(record, bea.id, tmp_path / "again.zip")
        assert members(tmp_path / "again.zip") == members(file)

    def test_the_index_is_read_by_a_person_and_runs_nothing(self, file):
        page = members(file)["index.html"].decode()
        read = Read()
        read.feed(page)
        assert NAME in read.text
        assert "sore <b>" in read.text
        assert "knee_flexion left passive, squat" in read.text
        assert set(read.tags) <= {
            "html",
            "head",
            "meta",
            "title",
            "style",
            "body",
            "h1",
            "h2",
            "p",
            "table",
            "tr",
            "td",
            "th",
            "a",
        }
        assert {"curves/1.parquet", "videos/1.mp4", "overlays/1.mp4"} <= set(read.links)
        assert set(read.links) <= set(members(file))

    def test_a_lost_video_is_said_to_be(self, record, bea, tmp_path):
        kept = record.measurements(bea.id)[0]
        kept.overlay_path.unlink()
        write_client(record, bea.id, tmp_path / "out.zip")
        there = members(tmp_path / "out.zip")
        assert not [name for name in there if name.startswith("overlays")]
        assert there["index.html"].count(b"A video of it was lost.") == 1
        assert import_client(record, tmp_path / "out.zip")

    def test_a_client_of_whom_nothing_is_written(self, record, tmp_path):
        bert = record.add_client("Bert")
        write_client(record, bert.id, tmp_path / "out.zip")
        assert set(members(tmp_path / "out.zip")) == {"index.html", "record.json", "SHA256SUMS"}
        record.erase_client(bert.id)
        assert import_client(record, tmp_path / "out.zip") == bert

    def test_a_file_from_before_there_were_corrections(self, record, bea, file):
        def as_before(said):
            del said["chart"]["corrections"], said["chart"]["ticks"]
            return said | {"schema": 1}

        record.erase_client(bea.id)
        assert import_client(record, with_json(file, as_before)) == bea

    def test_a_long_video_is_not_held_in_memory(self, record, bea, tmp_path):
        """Of nothing, which takes no room on the disk."""
        kept = record.measurements(bea.id)[0]
        with kept.video_path.open("r+b") as video:
            video.truncate(LONG_BYTES)
        peak = "resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024"
        code = (
            "import resource, sys, shutil\nfrom pathlib import Path\nfrom rom_vision.records import Record\n"
            "from rom_vision.exchange.client_zip import write_client\n"
            f"before = {peak}\nwith Record.open(who='T') as record:\n"
            "    write_client(record, sys.argv[1], Path(sys.argv[2]))\n"
            f"print({peak} - before)"
        )
        run = subprocess.run(
            [sys.executable, "-c", code, bea.id, str(tmp_path / "out.zip")],
            check=True,
            capture_output=True,
            text=True,
        )
        assert (tmp_path / "out.zip").stat().st_size > LONG_BYTES
        assert int(run.stdout) < LONG_BYTES / 2
        (tmp_path / "out.zip").unlink()


class Read(HTMLParser):
    """What a browser shows of a page, and what it would load."""

    def __init__(self):
        super().__init__()
        self.text, self.tags, self.links = "", [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name in {"href", "src"}]

    def handle_data(self, data):
        self.text += data


ALTERED = [
    (lambda said: ["x"], "record.json is not a client's record"),
    (lambda said: said.pop("schema") and None, "record.json is not a client's record"),
    (lambda said: said.pop("chart") and None, "record.json is not a client's record"),
    (lambda said: said["chart"].pop("goals") and None, "chart can't be read"),
    (lambda said: said["chart"].update(more=[]), "chart can't be read"),
    (lambda said: said["chart"]["client"].update(sex="x"), "chart, client, sex can't be read"),
    (lambda said: said["chart"]["client"].update(birth_date="yesterday"), "chart, client, birth_date can't"),
    (lambda said: said["chart"]["client"].update(added_at="2026-11-03T09:00:00"), "client, added_at can't"),
    (lambda said: said["chart"]["client"].update(height_m="tall"), "chart, client, height_m can't be read"),
    (lambda said: said["chart"]["client"].update(height_m=20), "Client: 20 can't be"),
    (lambda said: said["chart"]["client"].update(name=7), "chart, client, name can't be read"),
    (lambda said: said["chart"]["goals"][0].update(target_deg=True), "goals 1, target_deg can't be read"),
    (lambda said: said["chart"]["goals"][0].update(target_deg=1e308), "goals 1, target_deg can't be read."),
    (lambda said: said["chart"]["goals"][0].update(target_deg=float("nan")), "record.json can't be read"),
    (lambda said: said["chart"].update(referrals={}), "chart, referrals can't be read"),
    (lambda said: said["chart"]["history"][0]["limits"][0].update(side="up"), "limits 1, side can't be read"),
    (lambda said: said["chart"]["movement"][0].update(session_id=55), "belongs to session 55, which is not"),
    (lambda said: said["chart"]["measurements"][0].update(video_path="../../x"), "'../../x' is none of"),
    (lambda said: said["chart"]["measurements"][0].update(video_path="record.json"), "'record.json' is none of"),
    (lambda said: said["chart"]["measurements"][0]["provenance"].update(settings=[]), "settings can't be read"),
    (
        lambda said: said["chart"]["measurements"][0]["provenance"].update(settings={"a": "\ud800"}),
        "letters that can't be read",
    ),
    (
        lambda said: said["chart"]["measurements"][0]["provenance"].update(settings={"edits": '[{"kind": "x"}]'}),
        "What was edited by hand can't be read",
    ),
]  # fmt: skip


class TestWhatIsNotTakenIn:
    @pytest.fixture(autouse=True)
    def nothing_half(self, record, file):
        """Whatever is tried, the record is as it was."""
        before = [(client, record.chart(client.id)) for client in record.clients()]
        files = sorted(path.name for path in record._media.folder.iterdir())
        yield
        assert [(client, record.chart(client.id)) for client in record.clients()] == before
        assert sorted(path.name for path in record._media.folder.iterdir()) == files
        assert not list(record._media.doubtful.glob("*"))

    def refused(self, record, file, words):
        with pytest.raises(RecordError, match=words):
            import_client(record, file)

    def test_what_is_no_zip(self, record, tmp_path):
        (tmp_path / "text.zip").write_text("hello")
        self.refused(record, tmp_path / "text.zip", r"text.zip is damaged, or no zip file")
        self.refused(record, tmp_path / "gone.zip", r"gone.zip can't be read: No such file")
        self.refused(record, tmp_path, r"can't be read: Is a directory")

    def test_any_other_zip(self, record, tmp_path):
        self.refused(
            record, written(tmp_path / "o.zip", {"a.txt": b"a"}), "holds a file 'a.txt', which is none of ours"
        )

    @pytest.mark.parametrize(
        "name",
        ["../../evil.sh", "/etc/passwd", "videos/../../x.mp4", "videos\\..\\x.mp4", "C:\\x", "videos/1.mp4/", "ü"],
    )
    def test_a_path_that_leads_out(self, record, file, name):
        self.refused(record, written(file, members(file) | {name: b"x"}), "which is none of ours")

    def test_what_is_compressed_may_be_a_bomb(self, record, file):
        bomb = members(file) | {"videos/9.mp4": b"\0" * 50_000_000}
        self.refused(record, written(file, bomb, zipfile.ZIP_DEFLATED), "in it is compressed or encrypted")
        assert file.stat().st_size < 200_000

    def test_files_that_overlap(self, record, file):
        """Each entry of the directory points to the same bytes: many times the size of the file."""
        there = members(file)
        written(file, there | {f"videos/{n}.mp4": b"a" * 60_000 for n in (7, 8)})
        content = bytearray(file.read_bytes())
        offsets = [i for i in range(len(content)) if content[i : i + 4] == b"PK\x01\x02"]
        at = {content[i + 46 : i + 58].decode(errors="replace"): i for i in offsets}
        seven = struct.unpack_from("<L", content, at["videos/7.mp4"] + 42)
        struct.pack_into("<L", content, at["videos/8.mp4"] + 42, *seven)
        file.write_bytes(content)
        self.refused(record, file, r"damaged|overlap")

    def test_a_size_that_is_a_lie(self, record, file):
        content = bytearray(file.read_bytes())
        at = content.index(b"PK\x01\x02")
        struct.pack_into("<LL", content, at + 20, 2**31, 2**31)
        file.write_bytes(content)
        self.refused(record, file, "overlap")

    @pytest.mark.parametrize(
        "name", ["record.json", "curves/1.parquet", "videos/1.mp4", "index.html", "SHA256SUMS"]
    )
    def test_a_missing_file(self, record, file, name):
        there = members(file)
        del there[name]
        self.refused(record, written(file, there, sums=False), f"altered: '?{name}'? is missing")
        if name in {"curves/1.parquet", "videos/1.mp4"}:
            self.refused(record, written(file, there), f"altered: '{name}' is missing")

    def test_a_file_that_belongs_to_nothing(self, record, file):
        self.refused(record, written(file, members(file) | {"videos/9.mp4": b"x"}), "belongs to nothing in it")

    @pytest.mark.parametrize("name", ["record.json", "curves/1.parquet", "videos/1.mp4"])
    def test_a_letter_that_was_changed(self, record, file, name):
        there = members(file)
        there[name] = there[name].replace(there[name][30:31], b"#", 1)
        self.refused(record, written(file, there, sums=False), f"{name} is not what was exported")

    def test_half_a_file(self, record, file):
        content = file.read_bytes()
        file.write_bytes(content[: len(content) // 2])
        self.refused(record, file, "is damaged, or no zip file")

    def test_another_schema(self, record, file):
        self.refused(
            record,
            with_json(file, lambda said: said.update(schema=3)),
            "written in schema 3, and this version reads 2",
        )

    @pytest.mark.parametrize(("change", "words"), ALTERED, ids=[words for _, words in ALTERED])
    def test_json_that_was_altered_with_its_digest(self, record, file, change, words):
        self.refused(record, with_json(file, change), words)

    def test_a_number_beyond_all_bounds(self, record, file):
        there = members(file)
        changed = there["record.json"].replace(b'"target_deg": 150.0', b'"target_deg": 1e400')
        assert changed != there["record.json"]
        self.refused(record, written(file, there | {"record.json": changed}), "goals 1, target_deg can't be read")

    @pytest.mark.parametrize("text", [b"", b"{", b"[" * 100_000, b"\xff", b"9" * 10_000, b'"a"'])
    def test_what_is_no_json(self, record, file, text):
        self.refused(
            record,
            written(file, members(file) | {"record.json": text}),
            r"record.json (can't be read|is not a client)",
        )

    def test_curves_that_are_none(self, record, file):
        def parquet(columns):
            sink = pa.BufferOutputStream()
            pq.write_table(pa.table(columns), sink)
            return sink.getvalue().to_pybytes()

        for content in (
            b"", b"PAR1", parquet({"time_s": [0.0, 1.0]}), parquet({"time_s": ["a"], "tested_deg": ["b"]}),
            parquet({"time_s": [0.0], "tested_deg": [1.0], "virus": [1.0]}),
            parquet({"time_s": [1.0, 0.0], "tested_deg": [1.0, 1.0]}),
            parquet(dict.fromkeys(("time_s", "tested_deg"), pa.nulls(20_000_000, pa.float64()))),
        ):  # fmt: skip
            self.refused(
                record, written(file, members(file) | {"curves/1.parquet": content}),
                r"curves/1.parquet (can't be read|holds no curves)|in curves/1.parquet time does not go on",
            )  # fmt: skip

    def test_bytes_that_were_lost_on_the_way(self, record, file):
        """Wherever a bit is turned, the file is told to be damaged or altered; no bug of ours shows."""
        whole, random = file.read_bytes(), Random(7)
        directory = whole.index(b"PK\x01\x02")
        for turn in range(80):
            content = bytearray(whole)
            at = random.randrange(directory, len(whole)) if turn % 2 else random.randrange(len(whole))
            content[at] ^= 1 << random.randrange(8)
            file.write_bytes(content)
            try:
                client = import_client(record, file)
            except RecordError:
                continue
            record.erase_client(client.id)  # a bit that means nothing, such as of the day of a file
