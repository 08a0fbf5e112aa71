"""Matters for programs of the staff: the list, one matter, tasks and joint tasks."""

from ninja import Router

from .handling.api import router as one_router
from .joint.api import router as joint_router
from .lists.api import router as list_router
from .tasks.api import router as tasks_router

router = Router()
router.add_router("/matters", list_router)
router.add_router("/matters", one_router)
router.add_router("", tasks_router)
router.add_router("", joint_router)
