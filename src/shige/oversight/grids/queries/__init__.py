"""What an overseer reads of a grid."""
