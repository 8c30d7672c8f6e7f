"""Long work, off the pages: a durable queue of clips to be measured, and the workers that measure them."""

from rom_vision.jobs.guarded import GuardedJobs
from rom_vision.jobs.jobs import CLIP_TYPES, Jobs
from rom_vision.jobs.order import Job, Order, Outcome, State
from rom_vision.jobs.work import work_next

__all__ = ["CLIP_TYPES", "GuardedJobs", "Job", "Jobs", "Order", "Outcome", "State", "work_next"]
