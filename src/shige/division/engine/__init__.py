"""The compiled method: doors as arrays in, numbers of micro-grids and general grids out."""
