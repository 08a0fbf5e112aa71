"""What an overseer reads of a grid: what is late there, its rates, and the grids below it."""
