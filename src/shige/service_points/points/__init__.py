"""One service point: its life, who finds it, its pages."""
