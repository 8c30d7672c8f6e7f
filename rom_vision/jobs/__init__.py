"""Long work, off the pages: a durable queue of clips to be measured, and the workers that measure them."""

from rom_vision.jobs.covering import Covered, order_coverings
from rom_vision.jobs.guarded import GuardedJobs
from rom_vision.jobs.jobs import CLIP_TYPES, Jobs
from rom_vision.jobs.order import Job, Order, Outcome, State
from rom_vision.jobs.work import work_next

__all__ = [
    "CLIP_TYPES",
    "Covered",
    "GuardedJobs",
    "Job",
    "Jobs",
    "Order",
    "Outcome",
    "State",
    "order_coverings",
    "work_next",
]
