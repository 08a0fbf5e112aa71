"""Oversight for programs of the staff."""

from ninja import Router

from shige.trust.page_access import STAFF_AUTH

from .grids.api import router as grids_router
from .notes.api import router as notes_router
from .reports.api import router as reports_router
from .urgings.api import router as urgings_router

router = Router(tags=["oversight"], auth=STAFF_AUTH)
router.add_router("", grids_router)
router.add_router("", urgings_router)
router.add_router("", notes_router)
router.add_router("", reports_router)
