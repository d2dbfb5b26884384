"""The sentences with which the page "Tæl selv efter" tells what the reader's own count came to.

Its script fills in what stands in {braces}.
"""

from flask_babel import gettext as _

from budgeting.vocabulary import Rule
from budgeting.web import formats

Words = dict[str, str]


def words(currency: str) -> dict[str, str | Words]:
    """Return every sentence under the name the script knows it by."""
    return {
        "states": _states(),
        "verdicts": _verdicts(),
        "facts": _facts(),
        "checked": _checked(),
        "troubles": _troubles(),
        "labels": _labels(),
        "differences": _differences(),
        "notes": _notes(),
        "rules": {rule.value: _(rule.label) for rule in Rule},
        "amounts": {currency: formats.kr(0, currency)},
        "tie": _("{all} står lige. Først kommer {chosen}."),
        "what_now": _(
            "Det er den første forskel. Hent filen igen, og prøv en gang til. "
            "Er forskellen der stadig, så vis den til kommunen."
        ),
        "not_checked": _(
            "De enkelte stemmesedler er ikke offentlige. Derfor kan ingen udefra tælle dem igen."
        ),
        "nothing": _("ingenting"),
        "yes": _("ja"),
        "no": _("nej"),
    }


def _states() -> Words:
    return {
        "fetching": _("Din computer henter de offentlige filer."),
        "opening": _("Din computer åbner filerne."),
        "counting": _("Din computer tæller {pot}."),
        "counting_runs": _("Din computer tæller {pot}. Den er nået til gang nr. {so_far}."),
        "stopped": _("Du har standset optællingen. Tryk igen for at begynde forfra."),
        "done_same": _("Færdig: Din computer er kommet til det samme."),
        "done_different": _("Færdig: Din computer er kommet til noget andet. Se forskellen her."),
        "done_partly": _("Færdig: Det, der kan efterprøves, passer."),
        "done_cannot": _("Færdig: Siden kan ikke tælle det hele. Se hvorfor her."),
        "file_wrong": _("Færdig: Filen er ikke, som den skal være."),
        "not_done": _("Optællingen kom ikke i gang."),
    }


def _verdicts() -> Words:
    return {
        "same": _(
            "Din computer er kommet til det samme: de samme projekter, "
            "i samme rækkefølge og med de samme beløb."
        ),
        "same_marks": _(
            "Din computer er kommet til det samme: De samme projekter får penge. "
            "Filen med stemmesedler siger ikke mere end det."
        ),
        "different": _("Din computer er kommet til noget andet end det, der er offentliggjort."),
        "partly": _("Det, der kan efterprøves, passer:"),
        "cannot": _("Denne pulje kan siden ikke tælle."),
    }


def _facts() -> Words:
    return {
        "ballots": _("Stemmesedler talt"),
        "projects": _("Projekter på stemmesedlen"),
        "winners": _("Projekter, der får penge"),
        "raises": _("Gange, andelene blev hævet"),
    }


def _checked() -> Words:
    return {
        "money": _("Pengene: Hvert trin, summen og det, der er tilbage, passer sammen."),
        "groups": _(
            "Grupperne: De passer til antallet af stemmesedler og til hvert projekts stemmer."
        ),
        "walk": _("Rækkefølgen: Tallene fører til netop de projekter, der får penge."),
    }


def _troubles() -> Words:
    return {
        "no_answer": _(
            "Filerne kunne ikke hentes. Er du på nettet? "
            "Du kan også vælge en fil, du har hentet tidligere."
        ),
        "no_script": _("Din browser kan ikke køre optællingen. Brug programmet længere nede."),
        "no_bundle": _("Filen er ikke en fil med et resultat, eller den er gået i stykker."),
        "other_round": _("Filen hører til en anden runde, eller spillereglerne er ændret."),
        "other_lot": _("Lodtrækningens tal er ikke det, der blev lovet før afstemningen."),
        "file_changed": _("{file} er blevet ændret, efter at kommunen skrev under."),
        "unknown_rule": _(
            "Spillereglerne bruger noget, som siden ikke kan regne efter: {rule}. "
            "Programmet længere nede kan."
        ),
        "no_election": _("Filen med stemmesedler kan ikke læses."),
        "unknown_project": _("En stemmeseddel nævner et projekt, der ikke er på listen: {project}"),
        "too_large": _("Tallene er for store for siden. Brug programmet længere nede."),
        "tie_left_open": _("To projekter står lige, og spillereglerne afgør det ikke."),
    }


def _labels() -> Words:
    return {
        "step": _("Trin"),
        "project": _("Projekt"),
        "what": _("Det handler om"),
        "ours": _("Din computer siger"),
        "theirs": _("Det offentliggjorte siger"),
    }


def _differences() -> Words:
    return {
        "voters": _("Antal stemmesedler"),
        "budget": _("Puljens sum"),
        "projects": _("Hvilke projekter der er med"),
        "cost": _("Projektets pris"),
        "votes": _("Projektets stemmer"),
        "ballot_type": _("Hvilken slags stemmeseddel det er"),
        "ballot": _("Antal projekter på en stemmeseddel"),
        "ballot_sum": _("Hvad projekterne på en stemmeseddel koster"),
        "ballot_points": _("Point til et projekt på en stemmeseddel"),
        "ballot_votes": _("Stemmer fordelt på en stemmeseddel"),
        "project_id": _("Hvilket projekt der står for tur"),
        "note": _("Hvad der sker med projektet"),
        "score": _("Projektets støtte"),
        "left_before": _("Penge tilbage før trinnet"),
        "left_after": _("Penge tilbage efter trinnet"),
        "tie": _("Hvem der står lige, og hvem der så kommer først"),
        "winner": _("Hvem der er nr. {place} på listen over projekter, der får penge"),
        "total_cost": _("Hvad projekterne koster i alt"),
        "left": _("Penge tilbage til sidst"),
        "increments": _("Hvor mange gange andelene blev hævet"),
        "raised_by": _("Hvor meget andelene blev hævet"),
        "stopped_by": _("Hvorfor optællingen sluttede"),
        "remarks": _("Bemærkninger til optællingen"),
        "position": _("Projektets nummer på listen"),
        "step": _("Det trin, hvor projektet blev afgjort"),
        "supporters_money": _("Penge hos dem, der støtter projektet"),
        "selected": _("Om projektet får penge, i filen med stemmesedler"),
    }


def _notes() -> Words:
    return {
        "funded": _("får penge"),
        "completion": _("får penge"),
        "reserve": _("får penge"),
        "in_part": _("får en del af pengene"),
        "passed_over": _("bliver sprunget over"),
        "stopped": _("her slutter optællingen"),
        "not_reached": _("optællingen er sluttet"),
        "excluded": _("bliver udelukket af et andet projekt"),
        "capped": _("bliver udelukket af et loft"),
    }
