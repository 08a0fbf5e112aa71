"""What is read of urgings."""
