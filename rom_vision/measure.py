"""The pipeline: a video and a movement test -> a Measurement."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType

import numpy as np

import rom_vision
from rom_vision.capture.camera import Camera
from rom_vision.capture.camera_profiles import camera_for
from rom_vision.capture.client import Client
from rom_vision.capture.close_models import close_model
from rom_vision.capture.face import Faces, find_face
from rom_vision.capture.following import follow_client
from rom_vision.capture.hand import Hands, find_hand
from rom_vision.capture.landmarks import Landmarks
from rom_vision.capture.pose_model import DEFAULT_SIZE, PoseModel, pose_model
from rom_vision.capture.video import Video, video_digest
from rom_vision.capture.watching import watch_client
from rom_vision.errors import UsageError
from rom_vision.hand import hand_uncertainty_deg, judge_hand, looked_at_closely, with_hand
from rom_vision.kinematics.angles import ANGLES, Curve, JointCurves, View, curve_name, joint_angles
from rom_vision.kinematics.body import Body, fit_body
from rom_vision.kinematics.facing import askew_deg, heading_deg, nearest_view
from rom_vision.kinematics.forearm import forearm_angle
from rom_vision.kinematics.hand_angle import HandAngle
from rom_vision.kinematics.head import Neck, neck_angles
from rom_vision.kinematics.hold import Hold, find_hold
from rom_vision.kinematics.lifter import lift
from rom_vision.kinematics.repetitions import LEAST_RANGE_DEG, Repetition, find_repetitions, first_rest_deg
from rom_vision.kinematics.smoothing import CUTOFF_HZ, bridge_gaps, smooth
from rom_vision.kinematics.still_head import trunk_beside_head_m
from rom_vision.kinematics.uncertainty import doubt_near_deg, peak_uncertainty_deg
from rom_vision.kinematics.wrist import wrist_angle
from rom_vision.language import ENGLISH, speaking
from rom_vision.movements import MODES, SIDES, Mode, MovementTest, Side
from rom_vision.neck import JOINT as NECK
from rom_vision.neck import by_face, in_profile, judge_neck, moved, neck_uncertainty_deg, with_neck
from rom_vision.passive import judge_passive, whose_limb
from rom_vision.progress import Progress, untold
from rom_vision.quality import Evidence, Problem, judge

Chosen = Callable[[Curve, Curve, tuple[Repetition, ...]], tuple[Repetition, ...]]
"""Times, curve and the repetitions found in it -> those that count."""

LONGEST_PX = 1280
"""Larger pictures are reduced: the networks look at 224 and 256 pixels, cut from the person's part of it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Provenance:
    """What a measurement was made with; two of the same video and settings differ in nothing but `made_at`.

    Attributes:
        program: version of this program.
        mediapipe: version of MediaPipe.
        model: size of the pose model, or `own`.
        model_sha256: of its bundle.
        video_sha256: of the video file.
        settings: name -> value of what can be set.
        made_at: when, UTC.
    """

    program: str
    mediapipe: str
    model: str
    model_sha256: str
    video_sha256: str
    settings: Mapping[str, float | str | None]
    made_at: datetime = field(compare=False)


@dataclass(frozen=True, eq=False, kw_only=True, slots=True)
class Measurement:
    """One video of one movement test, measured.

    The headline is the best repetition. Source: the AMA Guides' method for measured motion takes the greatest of
    consistent tries, and the minimal detectable changes of the catalogue are those of the best of three (to be
    confirmed). The mean of all is kept beside it.

    Attributes:
        test: what was tested.
        side: None for a test of the midline.
        landmarks: of the client, for drawing.
        body: the client's body in space, from which all angles are taken.
        curves: every joint, smoothed, as measured (extension counts negative in a flexion curve).
        curve: (n,) degrees of the tested motion, positive in the direction that names it.
        repetitions: in order.
        peak_deg: of the best repetition; None if there is none, or the measurement is refused.
        uncertainty_deg: half-width of the 95 % interval of the peak; None if there is no peak.
        hold: how the position was held, of a resisted test; None if it was not, or the measurement is refused.
        problems: what is wrong with it, the worst first.
        others: how many other people were in the picture for a notable part of the clip.
        video_warnings: what was wrong with the file, in sentences.
        neck: as face or profile told it; None where neither did, or another joint was tested.
        hand: wrist or forearm as the hand told it; None where another joint was tested.
    """

    test: MovementTest
    side: Side | None
    mode: Mode
    landmarks: Landmarks
    body: Body
    curves: JointCurves
    curve: Curve
    repetitions: tuple[Repetition, ...]
    peak_deg: float | None
    uncertainty_deg: float | None
    hold: Hold | None
    problems: tuple[Problem, ...]
    provenance: Provenance
    others: int = 0
    video_warnings: tuple[str, ...] = ()
    neck: Neck | None = None
    hand: HandAngle | None = None

    @property
    def accepted(self) -> bool:
        """Whether the number can be trusted within its uncertainty."""
        return not any(problem.refused for problem in self.problems)

    @property
    def mean_peak_deg(self) -> float | None:
        """Mean of all repetitions' peaks."""
        return float(np.mean([r.peak_deg for r in self.repetitions])) if self.repetitions else None

    @property
    def range_deg(self) -> float | None:
        """How far the best repetition went from its start position."""
        return max(self.repetitions, key=lambda r: r.peak_deg).range_deg if self.repetitions else None


def measure(
    video: Path,
    test: MovementTest,
    side: Side | None,
    mode: Mode = "active",
    *,
    model: str = DEFAULT_SIZE,
    client_at_px: tuple[float, float] | None = None,
    client_at_s: float = 0.0,
    camera: str | None = None,
    workers: int | None = None,
    on_progress: Progress = untold,
) -> Measurement:
    """Measure one video of one movement test.

    Args:
        video: the file, as the phone made it.
        side: left or right; None for a test of the midline.
        model: size of the pose model, or the path of an own .task file.
        client_at_px: a point on the client, pixels of the upright video; None takes the largest and most central
            person.
        client_at_s: when the client is at that point, seconds from the first frame.
        camera: name of the profile of the camera that filmed it; None takes it for a phone like most.
        workers: processes that look at frames, one a core by default; they change the time it takes alone.
        on_progress: told as the work goes on; may raise CancelledError to stop.
    Raises:
        UsageError: the side or mode does not fit the test, nobody is at the given point, or the camera is not
            known or took other pictures.
        VideoError: the file can't be read.
        ModelError: the pose model can't be obtained or opened.
    """
    check_fits(test, side, mode)
    film = Video(video, longest_px=LONGEST_PX)
    lens = camera_for(film.size_px, camera)
    bundle = pose_model(model)
    at_share = _share_of_picture(video, client_at_px)
    if mode == "passive":
        client = follow_client(
            film, bundle, at_share, workers=workers, expected_frames=film.expected_frames, on_progress=on_progress
        )
    else:
        client = watch_client(
            film, bundle, at_share, client_at_s, workers=workers, expected_frames=film.expected_frames,
            on_progress=on_progress,
        )  # fmt: skip
    provenance = _provenance(video, bundle, client_at_px, client_at_s, lens)
    # at its own size: a face or a hand a few metres away needs every pixel that there is
    close, looked = Video(video), client.landmarks
    faces, hands = None, None
    if test.joint == NECK:
        face_model = close_model("face")
        faces = find_face(close, looked, face_model, workers=workers, on_progress=on_progress)
        provenance = _made_with(provenance, face_model_sha256=face_model.sha256)
    if side and looked_at_closely(test, mode):
        hand_model = close_model("hand")
        hands = find_hand(close, looked, side, hand_model, workers=workers, on_progress=on_progress)
        provenance = _made_with(provenance, hand_model_sha256=hand_model.sha256)
    return measure_landmarks(client, lens, test, side, mode, provenance, film.warnings, faces, hands)


@speaking(ENGLISH)
def check_fits(test: MovementTest, side: Side | None, mode: Mode) -> None:
    """Raises UsageError where the test has no such side or mode."""
    if mode not in MODES:
        raise UsageError(f"There is no mode {mode}.", remedy=f"Choose one of: {', '.join(MODES)}.")
    if test.sided and side not in SIDES:
        raise UsageError(f"{test.name} is measured on one side.", remedy="Say which: left or right.")
    if not test.sided and side is not None:
        raise UsageError(f"{test.name} has no side.", remedy="Leave the side out.")


def measure_landmarks(
    client: Client,
    camera: Camera,
    test: MovementTest,
    side: Side | None,
    mode: Mode,
    provenance: Provenance,
    video_warnings: tuple[str, ...] = (),
    faces: Faces | None = None,
    hands: Hands | None = None,
) -> Measurement:
    """Measure a client whose landmarks are known already; the arguments are those of `measure`.

    Args:
        faces: of the client, for a test of the neck.
        hands: of the client's tested side, for a test of wrist or forearm.
    """
    time_s = client.landmarks.time_s
    body = fit_body(lift(own_limb(client.landmarks, test, side), camera), time_s)
    neck = None
    if faces is not None and by_face(client.landmarks, faces, heading_deg(body.joints_m)):
        trunk_m = trunk_beside_head_m(client.landmarks, camera)
        image_px = client.landmarks.image_px
        neck = neck_angles(time_s, faces.mesh_px, image_px, trunk_m, camera, moved(test, side))
    hand = None
    if hands is not None and side and test.angle == "forearm_pronation":
        hand = forearm_angle(time_s, hands, body.joints_m, camera, side)
    elif hands is not None and side:
        hand = wrist_angle(time_s, hands, body.joints_m, camera, test.angle, side)
    return measure_body(client, body, test, side, mode, provenance, video_warnings, neck=neck, hand=hand)


def own_limb(landmarks: Landmarks, test: MovementTest, side: Side | None) -> Landmarks:
    """Without the frames in which the tested limb may be somebody else's; the body goes on through the gap."""
    if landmarks.trust is None:
        return landmarks
    theirs = ~whose_limb(landmarks, ANGLES[test.angle].points(side)[0])[:, None, None]
    return replace(
        landmarks,
        image_px=np.where(theirs, np.nan, landmarks.image_px),
        world_m=np.where(theirs, np.nan, landmarks.world_m),
    )


@speaking(ENGLISH)  # what is wrong with it is kept
def measure_body(
    client: Client,
    body: Body,
    test: MovementTest,
    side: Side | None,
    mode: Mode,
    provenance: Provenance,
    video_warnings: tuple[str, ...] = (),
    chosen: Chosen = lambda time_s, curve, found: found,
    neck: Neck | None = None,
    hand: HandAngle | None = None,
) -> Measurement:
    """Measure a client whose body in space is known already.

    Args:
        chosen: says which repetitions count, of those found; all, unless a person says otherwise.
        neck: as the face tells it; None where the test is of another joint, or the face is not to be seen: then
            the profile may tell it.
        hand: wrist or forearm as the hand tells it; None where the test is of another joint.
    """
    heading = heading_deg(body.joints_m)
    raw = joint_angles(body.time_s, body.joints_m)
    if neck is None and test.joint == NECK:
        neck = in_profile(client.landmarks, test, heading)
    if neck is not None:
        raw = with_neck(raw, neck)
    if hand is not None:
        raw = with_hand(raw, hand, test, side)
    curves = smoothed(raw)
    curve, found = tested_motion(curves, test, side, from_neutral=neck is not None)
    repetitions = chosen(curves.time_s, curve, found)
    evidence = Evidence(
        test=test, side=side, mode=mode, landmarks=client.landmarks,
        view="front" if neck is not None and neck.told_by == "face" else view_asked(test, side, heading),
        heading_deg=heading, curve=curve, repetitions=repetitions, others=client.others,
        uncertainty_deg=neck_uncertainty_deg(test, neck, curves.time_s, repetitions) if neck is not None
        else hand_uncertainty_deg(test, repetitions) if hand is not None
        else _uncertainty_deg(body, test, side, repetitions, heading, provenance.model),
        hold=_hold(raw, curves, curve, test, side) if mode == "resisted" else None, video_warnings=video_warnings,
    )  # fmt: skip
    problems = list(judge(evidence))
    if mode == "passive":
        problems += judge_passive(evidence)
    if test.joint == NECK:
        problems = judge_neck(evidence, neck, problems)
    if looked_at_closely(test, mode):
        problems = judge_hand(evidence, hand, problems)
    problems.sort(key=lambda problem: not problem.refused)
    accepted = not any(problem.refused for problem in problems)
    measured = repetitions and accepted
    return Measurement(
        test=test,
        side=side,
        mode=mode,
        landmarks=client.landmarks,
        body=body,
        curves=curves,
        curve=curve,
        repetitions=repetitions,
        peak_deg=max(repetition.peak_deg for repetition in repetitions) if measured else None,
        uncertainty_deg=evidence.uncertainty_deg if measured else None,
        hold=evidence.hold if accepted else None,
        problems=tuple(problems),
        provenance=provenance,
        others=client.others,
        video_warnings=video_warnings,
        neck=neck,
        hand=hand,
    )


def view_asked(test: MovementTest, side: Side | None, heading: float) -> View:
    """What the camera ought to see for this test, given where it stood."""
    if test.view == "side":
        return side or nearest_view(heading, ("left", "right"))  # a midline test reads the same from both
    return nearest_view(heading, ("front", "back"))


def _share_of_picture(video: Path, at_px: tuple[float, float] | None) -> tuple[float, float] | None:
    """A point of the film as it was filmed, which may be larger than the pictures that are looked at."""
    if at_px is None:
        return None
    width, height = Video(video).size_px
    return at_px[0] / width, at_px[1] / height


def tested_motion(
    curves: JointCurves, test: MovementTest, side: Side | None, *, from_neutral: bool
) -> tuple[Curve, tuple[Repetition, ...]]:
    """The tested motion as the test counts it: its direction, and from where it has its zero.

    Args:
        from_neutral: the curve has its zero at the client's own start position already.
    Returns:
        (n,) degrees, positive in the direction that names the motion, and its repetitions.
    """
    curve = test.direction * curves.of(test.angle, side)
    if test.zero == "anatomical":
        return curve, find_repetitions(curves.time_s, curve)
    start_deg = 0.0 if from_neutral else first_rest_deg(curves.time_s, curve)
    if np.isnan(start_deg):
        return curve, ()  # without a start position nothing can be counted; the curve shows why
    curve = curve - start_deg
    repetitions = find_repetitions(curves.time_s, curve)
    # coming back from the other side, which for a neck or trunk is the same curve, is not going to this one
    return curve, tuple(repetition for repetition in repetitions if repetition.peak_deg >= LEAST_RANGE_DEG)


def smoothed(raw: JointCurves) -> JointCurves:
    """All curves with short gaps bridged and the trembling taken out."""
    time_s = raw.time_s
    calm = {name: smooth(time_s, bridge_gaps(time_s, curve)) for name, curve in raw.angle_deg.items()}
    return JointCurves(time_s=time_s, angle_deg=MappingProxyType(calm))


def _hold(raw: JointCurves, calm: JointCurves, curve: Curve, test: MovementTest, side: Side | None) -> Hold | None:
    """From the unsmoothed curve, since smoothing takes out tremor; counted from where the test has its zero."""
    from_zero = test.direction * calm.of(test.angle, side) - curve
    seen = np.isfinite(from_zero)
    if not seen.any():
        return None
    return find_hold(raw.time_s, test.direction * raw.of(test.angle, side) - np.median(from_zero[seen]))


def _uncertainty_deg(
    body: Body,
    test: MovementTest,
    side: Side | None,
    repetitions: tuple[Repetition, ...],
    heading: float,
    model: str,
) -> float | None:
    if not repetitions or not ANGLES[test.angle].doubt_learned:
        return None
    best = max(repetitions, key=lambda repetition: repetition.peak_deg)
    doubt_deg = doubt_near_deg(body.time_s, body.angle_doubt_deg[curve_name(test.angle, side)], best.peak_s)
    askew = askew_deg(body.joints_m, view_asked(test, side, heading))
    return peak_uncertainty_deg(doubt_deg, askew, test.angle, model)


def _made_with(provenance: Provenance, **settings: str) -> Provenance:
    """With what else it was made with."""
    return replace(provenance, settings=MappingProxyType({**provenance.settings, **settings}))


def _provenance(
    video: Path,
    bundle: PoseModel,
    client_at_px: tuple[float, float] | None,
    client_at_s: float,
    camera: Camera,
) -> Provenance:
    return Provenance(
        program=rom_vision.__version__,
        mediapipe=version("mediapipe"),
        model=bundle.name,
        model_sha256=bundle.sha256,
        video_sha256=video_digest(video),
        settings=MappingProxyType(
            {
                "cutoff_hz": CUTOFF_HZ,
                "longest_px": LONGEST_PX,
                "client_at_px": None if client_at_px is None else f"{client_at_px[0]:g},{client_at_px[1]:g}",
                "client_at_s": None if client_at_px is None else client_at_s,
                "camera": camera.name,
                "focal_px": round(camera.focal_px, 1),
            }
        ),
        made_at=datetime.now(UTC),
    )
