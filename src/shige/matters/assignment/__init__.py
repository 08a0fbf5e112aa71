"""Who answers for a matter: tiers, the office's own rules, and whom it can be passed to (R22)."""
