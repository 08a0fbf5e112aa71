"""The register of things in the open (R41)."""
