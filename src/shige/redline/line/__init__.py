"""The one red line (一根红线) as it is read: grids, who oversees each, and what is missing."""
