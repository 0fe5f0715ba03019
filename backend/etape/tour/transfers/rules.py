"""What cannot be offered, and what an offer no longer gives."""

from http import HTTPStatus

from etape.core.problems import Problem
from etape.core.texts import Localized


class TransferOffered(Problem):
    """The registration is offered to somebody already."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="Déjà proposée", en="Offered already")
    detail = Localized(
        fr="Vos places sont déjà proposées à quelqu’un : reprenez-les d’abord.",
        en="Your seats are offered to somebody already: take them back first.",
    )


class TransferEnded(Problem):
    """The offer was accepted, taken back, or the registration cancelled."""

    status = HTTPStatus.GONE
    title = Localized(fr="Proposition close", en="The offer has ended")
    detail = Localized(
        fr="Ces places ne sont plus à prendre : la proposition a été acceptée ou reprise. "
        "Vous pouvez vous inscrire depuis la page de l’étape.",
        en="These seats are no longer offered: the offer was accepted or taken back. "
        "You can register from the stop’s page.",
    )


class AddressRegistered(Problem):
    """Who would accept has a registration of their own at the stop."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="Déjà inscrit à cette étape", en="Registered for this stop already")
    detail = Localized(
        fr="Votre adresse a déjà une inscription à cette étape. Annulez-la d’abord, par le lien de "
        "votre courriel, ou gardez la vôtre.",
        en="Your address has a registration for this stop already. Cancel it first, by the link in "
        "your mail, or keep yours.",
    )
