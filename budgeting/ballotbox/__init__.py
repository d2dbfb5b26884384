"""The ballot box: codes, keys, sealed envelopes, receipts and the public board.

Pure cryptographic parts: bytes in, bytes out. No database, no Flask, no clock.
How they fit together is told in docs/ballot-box.md.
"""
