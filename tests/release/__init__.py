"""The built package in clean environments."""
