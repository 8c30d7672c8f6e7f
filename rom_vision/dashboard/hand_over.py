"""A recording goes into the queue, to be measured."""

from rom_vision.accounts import GuardedRecord
from rom_vision.dashboard.recordings import Recording, Subject, the_recordings
from rom_vision.jobs import GuardedJobs, Order


def send(record: GuardedRecord, jobs: GuardedJobs, recording: Recording) -> str:
    """Finish a recording, order its measurement, and let go of it; gives the job's id.

    Raises:
        RomVisionError: it is no film, or whoever asks may not keep it any more.
    """
    recording.subject.demand(record)
    film = recording.film or the_recordings().finish(recording)
    job_id = jobs.submit(order_of(recording.subject), film)
    the_recordings().remove(recording)
    return job_id


def order_of(subject: Subject) -> Order:
    """What is to be measured; what answers an exercise is kept by itself."""
    return Order(
        client_id=subject.client_id,
        movement=subject.movement,
        side=subject.side,
        mode=subject.mode,
        exercise_id=subject.exercise_id,
        keep=subject.exercise_id is not None,
    )
