"""Whose jobs each role sees, and what comes of asking for others'."""

import people
import pytest

from rom_vision.accounts import Accounts
from rom_vision.errors import NotAllowedError
from rom_vision.jobs import GuardedJobs, Order
from rom_vision.records import Record


@pytest.fixture
def clients(home):
    with Record.open(who="shell") as record:
        return tuple(record.add_client(name) for name in ("Anna Example", "Ben Example"))


@pytest.fixture
def practice(clients):
    with Accounts.open(who="shell") as accounts:
        yield people.practice(accounts, clients[0])


def order(client):
    return Order(client.id, "knee_flexion", "left", "active")


def test_the_practice_sees_all_and_others_what_they_filmed(jobs, clip, clients, practice):
    anna, ben = clients
    ids = [
        jobs.submit(order(anna), clip(), "theo"),
        jobs.submit(order(anna), clip(), practice.client.user_name),
        jobs.submit(order(ben), clip(), practice.client.user_name),  # as if an address had been edited
        jobs.submit(Order(None, "knee_flexion", "left", "active"), clip(), "a study"),
    ]
    seen = {role: [job.id for job in GuardedJobs(jobs, getattr(practice, role)).jobs()]
            for role in ("owner", "therapist", "client", "reviewer")}  # fmt: skip
    assert seen == {"owner": ids, "therapist": ids, "client": [ids[1]], "reviewer": []}

    theirs = GuardedJobs(jobs, practice.client)
    assert theirs.job(ids[0]) is None
    for act in (theirs.cancel, theirs.again, theirs.forget, theirs.outcome, lambda it: theirs.kept(it, 1)):
        with pytest.raises(NotAllowedError):
            act(ids[0])
    theirs.forget(ids[1])
    assert jobs.job(ids[1]) is None


def test_who_may_put_a_clip_in_the_queue(jobs, clip, clients, practice):
    anna, ben = clients
    for role in ("owner", "therapist"):
        by = getattr(practice, role)
        assert jobs.job(GuardedJobs(jobs, by).submit(order(ben), clip())).by == by.user_name
    at_home = Order(anna.id, "knee_flexion", "left", "active", exercise_id=1)
    for role, what in (("client", order(anna)), ("reviewer", order(anna)), ("reviewer", at_home)):
        with pytest.raises(NotAllowedError):
            GuardedJobs(jobs, getattr(practice, role)).submit(what, clip())
    with pytest.raises(NotAllowedError):
        GuardedJobs(jobs, practice.client).submit(Order(ben.id, "squat", "left", "active", exercise_id=1), clip())
    assert GuardedJobs(jobs, practice.client).submit(at_home, clip())
