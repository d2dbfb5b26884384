"""A made-up municipality with eight rounds, so that a newcomer sees everything at work."""
