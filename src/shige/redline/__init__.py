"""One red line (一根红线): Party organisations tied to the grids of their level."""
