"""A recording goes into the queue, to be measured, and from there into the record."""

from rom_vision.accounts import GuardedRecord
from rom_vision.dashboard.recordings import Recording, Subject, the_recordings
from rom_vision.jobs import GuardedJobs, Job, Order
from rom_vision.records import KeptMeasurement


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


def kept(record: GuardedRecord, jobs: GuardedJobs, job: Job) -> KeptMeasurement | None:
    """What is in the record of a job that answers an exercise; None where there is nothing to keep.

    Where several machines share the work, the worker keeps nothing itself: then it is kept here.
    """
    if job.kept_id is not None:
        return record.measurement(job.kept_id)
    if job.state != "done" or job.order.client_id is None or jobs.keep_themselves:
        return None
    outcome = jobs.outcome(job.id)
    if not outcome.measurement.accepted:
        return None
    filmed_on = job.submitted_at.astimezone().date()
    measured = record.keep(
        job.order.client_id,
        outcome.measurement,
        outcome.video,
        overlay=outcome.overlay,
        on=filmed_on,
        exercise_id=job.order.exercise_id,
    )
    jobs.kept(job.id, measured.id)
    return measured


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
