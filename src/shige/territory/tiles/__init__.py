"""Vector tiles of the map: pure functions from shapes to the bytes of tiles."""

from . import grids, ground
from .encoding import Layer, encode
from .pyramid import Drawn, box_of_tile, one_tile, pyramid

__all__ = ["Drawn", "Layer", "box_of_tile", "encode", "grids", "ground", "one_tile", "pyramid"]
