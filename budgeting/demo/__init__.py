"""A made-up municipality with four rounds, so that a newcomer sees everything at work."""
