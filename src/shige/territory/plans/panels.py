"""What other rooms show on the page of a computed division plan."""

from typing import Final

from shige.trust.page_panels import Panels

from ..models import Plan

PLAN_PANELS: Final = Panels[Plan]()
