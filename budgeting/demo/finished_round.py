"""The demo's finished round: Assen 2024, a real election, counted, published and adopted here.

Source: Pabulib (pabulib.org), file Netherlands_Assen_2024.pb.
"""

from datetime import datetime

from budgeting.demo import texts
from budgeting.demo.secrets_shown import PASSPHRASE
from budgeting.extensions import db
from budgeting.models import Account, BudgetRound
from budgeting.services import counting, decisions, importing, publishing
from budgeting.services.decisions import Choice
from budgeting.tally import pabulib
from budgeting.vocabulary import Role

FILE = texts.CONTENT / "Netherlands_Assen_2024.pb"


def add(staff: dict[Role, Account], now: datetime) -> BudgetRound:
    """Import the election and carry it through count, publication and decision."""
    words = texts.read("assen")
    budget_round = importing.import_election(
        pabulib.read(FILE), wishes=_wishes(), passphrase=PASSPHRASE, now=now
    )
    admin, council = staff[Role.ADMIN], staff[Role.COUNCIL]
    counting.count(by=admin, budget_round=budget_round, passphrases={0: PASSPHRASE}, now=now)
    publishing.publish(by=admin, budget_round=budget_round, now=now)
    decisions.adopt(
        by=council,
        budget_round=budget_round,
        choices={
            project.id: Choice(adopted=is_recommended)
            for project, is_recommended in decisions.recommended(db.session(), budget_round)
        },
        reference=words["decision"]["reference"],
        now=now,
    )
    return budget_round


def _wishes() -> importing.Wishes:
    words = texts.read("assen")
    return importing.Wishes(
        title=words["title"],
        slug=words["slug"],
        summary=words["summary"],
        introduction=words["intro"],
        area=words["areas"][0],
        pot=words["pots"][0]["name"],
        source=words["source"]["credit"],
        min_age=words["min_age"],
        ties=words["rule"]["ties"],
        explanations={one["id"]: one["explanation"] for one in words["projects"]},
    )
