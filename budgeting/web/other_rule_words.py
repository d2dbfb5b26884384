"""The rarer counting rules in plain words; their examples too are counted in the tests."""

from dataclasses import dataclass

from flask_babel import gettext as _


@dataclass(frozen=True)
class CountingWords:
    """A counting rule as people read it; the example may be missing for a rare one."""

    title: str
    text: list[str]
    example: str


def phragmen() -> CountingWords:
    """Return Phragmen's method in words."""
    text = [
        _("De, der stemte på et projekt, bærer prisen sammen, hvis det får penge."),
        _(
            "Vi vælger et projekt ad gangen. Vi deler prisen på hvert projekt mellem dem, der "
            "stemte på det, og regner med, hvad de bærer i forvejen. Det projekt, hvor hver af "
            "dem kommer til at bære mindst, får penge. Vi stopper, når der ikke er penge nok til "
            "det næste."
        ),
        _("Du betaler ikke noget selv. Vi regner på det, så pengene når ud til mange."),
    ]
    example = _(
        "Eksempel: Der er 130 kr. i puljen. Ida, Bo og Kaj vil have en gynge til 60 kr. og en bold "
        "til 66 kr. Eva vil have en bænk til 30 kr. Gyngen kommer først, for så bærer de tre 20 kr. "
        "hver. Med bolden ville de bære 42 kr. hver. Eva ville kun bære 30 kr., så bænken kommer "
        "nu. Der er 40 kr. tilbage, og bolden bliver ikke købt."
    )
    return CountingWords(_("Alle bærer lige meget"), text, example)


def minimal_transfers() -> CountingWords:
    """Return minimal transfers in words."""
    text = [
        _(
            "Vi deler puljen, så hver vælger får lige meget. Dine penge følger dine stemmer: Giver "
            "du to af tre stemmer til et projekt, ligger to tredjedele af dine penge på det."
        ),
        _(
            "Ligger der penge nok på et projekt, får det dem. Er der mere end nok, går resten "
            "tilbage til dem, der gav dem, og over på deres andre projekter."
        ),
        _(
            "Er der ikke nok på noget projekt, ser vi på dem, hvor de, der har stemt på det, har "
            "penge nok tilsammen. Vi tager det, der mangler mindst, og flytter så lidt som muligt "
            "fra deres andre projekter."
        ),
        _(
            "Til sidst bruger vi det, der er tilbage. Det projekt, der har flest penge i forhold "
            "til sin pris, kommer først, så længe der er plads."
        ),
        _("På den måde kan en mindre gruppe også få noget igennem."),
    ]
    example = _(
        "Eksempel: Tre vælgere deler 30 kr. og har 10 kr. hver. Ida giver begge sine stemmer til "
        "gyngen. Bo giver én til gyngen og én til bænken, og Kaj giver begge til bænken. Så ligger "
        "der 15 kr. på gyngen. Den koster 12 kr. og får dem. Bo får 1 kr. tilbage og har nu 6 kr. "
        "på bænken. Sammen med Kajs 10 kr. kan de betale de 16 kr., den koster."
    )
    return CountingWords(_("Pengene følger stemmerne"), text, example)


def expanding_approvals() -> CountingWords:
    """Return expanding approvals in words."""
    text = [
        _("Du sætter projekterne i rækkefølge. Vi deler puljen, så hver vælger får lige meget."),
        _(
            "Først tæller kun det, du har øverst. Har de, der har et projekt øverst, penge nok "
            "tilsammen, får det penge. Den, der har mest tilbage, betaler mest."
        ),
        _(
            "Når ingen kan betale mere, tæller andenpladserne også med, så tredjepladserne, og "
            "sådan bliver vi ved. Kan flere projekter betales, kommer det først, der har flest "
            "penge bag sig."
        ),
        _("På den måde kan en mindre gruppe også få noget igennem."),
    ]
    example = _(
        "Eksempel: Fire vælgere deler 120 kr. og har 30 kr. hver. Ida og Bo har gyngen øverst. Den "
        "koster 60 kr., så de betaler den. Kaj har bænken øverst, og Eva har bolden, men alene har "
        "de ikke nok. Nu tæller andenpladserne med. Eva har bænken som nummer to, så hun og Kaj "
        "betaler de 60 kr., den koster."
    )
    return CountingWords(_("Førstepladserne først"), text, example)
