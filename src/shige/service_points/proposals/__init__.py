"""Uses proposed for idle space (盘活闲置空间), and what the office answers (R13)."""
