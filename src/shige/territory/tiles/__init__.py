"""Vector tiles of the map: pure functions from shapes to the bytes of tiles."""

from . import grids, ground
from .encoding import Layer, encode
from .pyramid import Drawn, pyramid

__all__ = ["Drawn", "Layer", "encode", "grids", "ground", "pyramid"]
