"""What others show an overseer of a grid: each brings its panel, in which there is no resident (R10)."""

from typing import Final

from shige.territory.models import Area
from shige.trust.page_panels import Panels

GRID_PANELS: Final = Panels[Area]()
