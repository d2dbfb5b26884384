"""Counts a published round again, on anyone's computer: no web, no database, no network.

    python -m budgeting.verify BUNDLE.zip

Nothing in a bundle is believed. What can be worked out again is, and compared; what has been
signed is held against its signature; and each check that fails has a name and a sentence.
"""
