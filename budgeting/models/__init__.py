"""What is remembered: one aggregate per file."""

from budgeting.models.account import Account, AccountRole, PasswordAttempt, SignInLink
from budgeting.models.audit_event import AuditEvent
from budgeting.models.ballot_box import (
    BallotBox,
    BoardEntry,
    Envelope,
    HandedInForm,
    PaperMark,
    SealConfirmation,
)
from budgeting.models.base import Base
from budgeting.models.budget_round import Area, BudgetRound, Cap, Pot
from budgeting.models.code_try import AddressTry, CodeTry
from budgeting.models.count import Ballot, Count
from budgeting.models.decision import Decision
from budgeting.models.job import Job, SealedLetters
from budgeting.models.municipality import Municipality
from budgeting.models.officer_key import OfficerKey, PairTrial
from budgeting.models.outbox import OutboxMail
from budgeting.models.project import ExclusiveGroup, Project
from budgeting.models.proposal import Proposal, Screening
from budgeting.models.roll import BoothPass, RollKey, StagedLine, Voter
from budgeting.models.rulebook_version import RulebookVersion
from budgeting.models.sign_in import PasswordLink, RecoveryCode, SecondFactor, SignIn, StaffIdentity
from budgeting.models.tree_head import KeyChange, TreeHead

__all__ = [
    "Account",
    "AccountRole",
    "AddressTry",
    "Area",
    "AuditEvent",
    "Ballot",
    "BallotBox",
    "Base",
    "BoardEntry",
    "BoothPass",
    "BudgetRound",
    "Cap",
    "CodeTry",
    "Count",
    "Decision",
    "Envelope",
    "ExclusiveGroup",
    "HandedInForm",
    "Job",
    "KeyChange",
    "Municipality",
    "OfficerKey",
    "OutboxMail",
    "PairTrial",
    "PaperMark",
    "PasswordAttempt",
    "PasswordLink",
    "Pot",
    "Project",
    "Proposal",
    "RecoveryCode",
    "RollKey",
    "RulebookVersion",
    "Screening",
    "SealConfirmation",
    "SealedLetters",
    "SecondFactor",
    "SignIn",
    "SignInLink",
    "StaffIdentity",
    "StagedLine",
    "TreeHead",
    "Voter",
]
