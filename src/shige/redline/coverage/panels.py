"""What other rooms show beside the coverage of a place: who serves in its grids (R9)."""

from typing import Final

from shige.trust.page_panels import Panels

from .places import Place

COVERAGE_PANELS: Final = Panels[Place]()
