"""Checks a certificate against a .pb file, with fractions and nothing of the engine.

``verify(certificate, election)`` returns what was checked, or raises ``Rejected`` with the
step at which the certificate fails. Only the reader of .pb files is shared with the engine.
"""

from budgeting.tally.verifier.checking import verify
from budgeting.tally.verifier.claims import Rejected

__all__ = ["Rejected", "verify"]
