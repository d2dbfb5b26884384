"""Writes figures and files for people and machines outside the house."""
