"""The one red line for programs of the staff."""

from ninja import Router

from shige.trust.page_access import STAFF_AUTH

from .adjustment.api import router as adjustment_router
from .coverage.api import router as coverage_router
from .line.api import router as line_router
from .organisations.api import router as organisations_router

router = Router(tags=["redline"], auth=STAFF_AUTH)
router.add_router("", line_router)
router.add_router("", coverage_router)
router.add_router("", adjustment_router)
router.add_router("", organisations_router)
