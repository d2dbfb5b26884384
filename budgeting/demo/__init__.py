"""A made-up municipality with seven rounds, so that a newcomer sees everything at work."""
