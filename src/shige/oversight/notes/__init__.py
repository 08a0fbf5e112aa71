"""Notes: visits to a grid (走访), guidance to the post in charge (指导意见), findings passed above (R10)."""
