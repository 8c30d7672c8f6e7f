"""Pictures of every page, at the width of a phone and of a laptop, in light and dark.

Fills a home with a small practice (see `pictures_record`), starts the dashboard as the shell does, and opens each
page as the one whose it is, with chromium, whose camera shows a sample clip (ffmpeg makes it). A picture is taken
when nothing is on its way any more: no run, no spinner, no picture, film or chart that is not there yet.

    python -m benchmarks.pictures [--out FOLDER] [--home FOLDER] [--only NAME]
"""

import argparse
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.browsing import PATIENCE_MS, drawn, server, sign_in
from benchmarks.pictures_record import (
    ABDUCTION,
    AT_HOME,
    NO_EXERCISE,
    OWNER,
    REVIEWER,
    THERAPIST,
    Pictured,
    practice,
)
from rom_vision.dashboard.samples import SAMPLES
from rom_vision.dashboard.words_body import words_body
from rom_vision.dashboard.words_film import words_film
from rom_vision.dashboard.words_record import words_record
from rom_vision.dashboard.words_report import words_report
from rom_vision.dashboard.words_result import words_result
from rom_vision.dashboard.words_settings import words_settings
from rom_vision.dashboard.words_summary import words_summary
from rom_vision.home import cache_folder
from rom_vision.movements import movement_test

OUT = Path(__file__).parent / "cache" / "pictures"
WIDTHS_PX = {360: 740, 1440: 900}  # and the heights of such screens
THEMES = ("light", "dark")
TALLEST_PX = 5000
# what a page still waits for, as the browser sees it
ON_ITS_WAY = """() => {
  const deep = (root) => [...root.querySelectorAll("*")].flatMap(
    (one) => [one, ...(one.shadowRoot ? deep(one.shadowRoot) : [])]);
  return deep(document).filter((one) => one.checkVisibility() && (
    (one.dataset && /^st(Spinner|Skeleton|AppSkeleton)$/.test(one.dataset.testid || ""))
    || (one.tagName === "IMG" && !one.complete)
    || (one.tagName === "VIDEO" && (one.currentSrc || one.srcObject) && one.readyState < 2)
    || (one.dataset?.testid === "stVegaLiteChart" && !one.querySelector("canvas, svg"))
  )).map((one) => one.tagName + " " + (one.dataset.testid || ""));
}"""
# seen from its top, and the chosen one of the tabs too
AT_ITS_BEST = """() => {
  document.querySelector("[role=tab][aria-selected=true]")?.scrollIntoView();
  document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
}"""
Act = Callable[[Page], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Shot:
    """A page to be seen.

    Attributes:
        who: signs in; None is a stranger.
        act: what is done on the page first.
    """

    name: str
    who: str | None
    path: str
    act: Act | None = None


def main(arguments: Sequence[str] | None = None) -> None:
    """Writes the pictures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--home", type=Path, help="to keep the filled home in, and to use it again")
    parser.add_argument("--only", default="", help="those whose name has this in it")
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    models = cache_folder()
    with TemporaryDirectory() as scratch:
        home = (options.home or Path(scratch) / "home").absolute()
        os.environ["ROM_VISION_HOME"] = str(home)
        pictured = _filled(home, models)
        os.environ["ROM_VISION_WORKERS"] = "0"
        shots = [shot for shot in _shots(pictured) if options.only in shot.name]
        with server(Path(scratch) / "log") as address, _chromium(Path(scratch)) as browser:
            for width in WIDTHS_PX:
                for theme in THEMES:
                    _take(browser, address, shots, width, theme, options.out)


def _filled(home: Path, models: Path) -> Pictured:
    """What is in the home; it is filled where it is new."""
    told = home / "pictured.json"
    if not told.exists():
        home.mkdir(parents=True)
        for model in (*models.glob("*.task"), *models.glob("live-pose-*")):
            (cache_folder() / model.name).symlink_to(model)
        told.write_text(json.dumps(asdict(practice())))
    return Pictured(**json.loads(told.read_text()))


@contextmanager
def _chromium(scratch: Path) -> Iterator[Browser]:
    """Before its camera somebody lifts her arm, so slowly that the live pose is where the arm is."""
    camera = scratch / "camera.y4m"
    clip, upright = SAMPLES / f"{ABDUCTION}.mp4", "setpts=3*PTS,fps=15,scale=480:-2"
    make = ["ffmpeg", "-nostdin", "-v", "error", "-i", clip, "-vf", upright, "-pix_fmt", "yuv420p", camera]
    subprocess.run(make, check=True)
    fake = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", "--no-sandbox"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=[*fake, f"--use-file-for-fake-video-capture={camera}"]
        )
        yield browser
        browser.close()


def _shots(there: Pictured) -> list[Shot]:
    """In the order in which somebody meets them."""
    filming = f"client={there.client_id}&test=shoulder_abduction&side=left&mode=active"
    shots = [
        Shot(name="signin", who=None, path="/signin"),
        Shot(name="invitation", who=None, path=f"/invite/{there.invitation}"),
        Shot(name="today", who=THERAPIST, path="/"),
        Shot(name="film", who=THERAPIST, path=f"/film?{filming}"),
        Shot(name="camera", who=THERAPIST, path=f"/film?{filming}&camera=1", act=_open_camera),
        Shot(name="measure", who=THERAPIST, path=f"/measure?{filming}"),
        Shot(name="result", who=THERAPIST, path=f"/measure?job={there.measured}"),
        Shot(name="refused", who=THERAPIST, path=f"/measure?job={there.refused}"),
        Shot(name="progress", who=THERAPIST, path=f"/progress?{filming}"),
        Shot(name="kept", who=THERAPIST, path=f"/progress?{filming}", act=_open_newest),
        Shot(name="account", who=THERAPIST, path="/account"),
        Shot(name="reviewer", who=REVIEWER, path=f"/?{filming}"),
        Shot(name="home", who=AT_HOME, path="/"),
        Shot(name="home-film", who=AT_HOME, path=f"/?exercise={there.exercise_id}"),
        Shot(name="home-done", who=AT_HOME, path=f"/?job={there.at_home}"),
        Shot(name="home-progress", who=AT_HOME, path="/progress"),
        Shot(name="home-empty", who=NO_EXERCISE, path="/"),
    ]
    for tab in (
        words_record.ASSESSMENT, words_summary.PROGRESS, words_record.HISTORY, words_record.TREATMENT,
        words_record.HOME, words_body.BODY_CHART, words_report.REPORT,
    ):  # fmt: skip
        name = f"client-{tab.split()[0].lower()}"
        shots.append(Shot(name=name, who=THERAPIST, path=f"/client?client={there.client_id}", act=_tab(tab)))
    for view, label in words_result.VIEWS.items():
        shots.append(Shot(name=f"compare-{view}", who=THERAPIST, path=f"/compare?{filming}", act=_choice(label)))
    tabs = (
        words_settings.PRACTICE, words_settings.VIDEOS, words_settings.CAMERAS, words_settings.ACCOUNTS
    )  # fmt: skip
    return shots + [
        Shot(name=f"settings-{tab.lower()}", who=OWNER, path="/settings", act=_tab(tab)) for tab in tabs
    ]


def _tab(label: str) -> Act:
    return lambda page: page.get_by_role("tab", name=label, exact=True).click()


def _choice(label: str) -> Act:
    return lambda page: page.get_by_role("radio", name=label, exact=True).click()


def _open_newest(page: Page) -> None:
    page.locator("summary").first.click()


def _open_camera(page: Page) -> None:
    texts = words_film.recorder(movement_test("shoulder_abduction"), "left", "active", "")
    page.get_by_role("button", name=texts["open"]).click()
    page.locator("section.recorder[data-fits=yes]").wait_for()


def _take(browser: Browser, address: str, shots: Sequence[Shot], width: int, theme: str, out: Path) -> None:
    for who in dict.fromkeys(shot.who for shot in shots):
        context = browser.new_context(
            viewport={"width": width, "height": WIDTHS_PX[width]},
            color_scheme="dark" if theme == "dark" else "light",
        )
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        if who:
            sign_in(page, address, who)
            drawn(page)
        for shot in shots:
            if shot.who == who:
                _shoot(page, address, shot, width, out / f"{shot.name}-{width}-{theme}.png")
        context.close()


def _shoot(page: Page, address: str, shot: Shot, width: int, picture: Path) -> None:
    page.set_viewport_size({"width": width, "height": WIDTHS_PX[width]})
    page.goto(address + shot.path)
    _all_there(page)
    if shot.act:
        shot.act(page)
        _all_there(page)
    for _ in range(2):  # a film grows with the window
        high = page.evaluate(
            "() => (document.querySelector('[data-testid=stMain]') || document.body).scrollHeight"
        )
        page.set_viewport_size({"width": width, "height": min(high, TALLEST_PX)})
        _all_there(page)
    page.mouse.move(0, 0)
    page.evaluate(AT_ITS_BEST)
    page.screenshot(path=picture)
    print(picture)


def _all_there(page: Page) -> None:
    for _ in range(PATIENCE_MS // 250):
        page.wait_for_timeout(250)
        if page.locator("[data-testid=stApp]").count():
            page.locator("h1, h2, h3").first.wait_for()
            drawn(page)
        if not page.evaluate(ON_ITS_WAY):
            return
    raise TimeoutError(f"{page.url} still waits for {page.evaluate(ON_ITS_WAY)}")


if __name__ == "__main__":
    main()
