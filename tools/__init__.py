"""The tools that make this house ready: run by the Makefile, never imported by the app."""
