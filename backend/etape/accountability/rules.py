"""How an entry of the journal is said: who, what they did, to what."""

from etape.core.publishing import NOUNS
from etape.core.texts import Localized

_ACTS = {
    "published": Localized(fr="a publié", en="published"),
    "changed": Localized(fr="a modifié", en="changed"),
    "withdrawn": Localized(fr="a retiré", en="withdrew"),
    "registered": Localized(fr="a pris", en="took"),
    "cancelled": Localized(fr="a annulé", en="cancelled"),
    "called_off": Localized(fr="a mis fin à", en="ended"),
    "moved": Localized(fr="a déplacé", en="moved"),
    "promoted": Localized(fr="a fait monter", en="moved up"),
    "bounced": Localized(fr="n’a pas pu joindre", en="could not reach"),
    "listed": Localized(fr="a consulté", en="looked at"),
    "exported": Localized(fr="a exporté", en="exported"),
    "scanned": Localized(fr="a pointé", en="checked in"),
    "released": Localized(fr="a rendu la place d’", en="gave away the chair of"),
    "invited": Localized(fr="a invité", en="invited"),
    "asked": Localized(fr="a demandé", en="asked for"),
    "created": Localized(fr="a créé", en="created"),
    "revoked": Localized(fr="a révoqué", en="revoked"),
    "rotated": Localized(fr="a renouvelé", en="rotated"),
    "recovered": Localized(fr="a réinitialisé", en="reset"),
    "disabled": Localized(fr="a désactivé", en="disabled"),
    "enabled": Localized(fr="a réactivé", en="enabled"),
    "uploaded": Localized(fr="a déposé", en="uploaded"),
    "deleted": Localized(fr="a supprimé", en="deleted"),
    "accepted": Localized(fr="a accepté", en="accepted"),
    "opened": Localized(fr="a ouvert", en="opened"),
    "roles_changed": Localized(fr="a changé les rôles d’", en="changed the roles of"),
    "appended": Localized(fr="a inscrit", en="wrote"),
    "reversed": Localized(fr="a contre-passé", en="reversed"),
    "answered": Localized(fr="a répondu à", en="answered"),
    "erased": Localized(fr="a effacé", en="erased"),
    "switched": Localized(fr="a changé de mode", en="switched the mode of"),
    "proved": Localized(fr="a confirmé", en="confirmed"),
    "turned_down": Localized(fr="a décliné", en="turned down"),
    "claimed": Localized(fr="a joint à un groupe", en="brought into a group"),
    "split": Localized(fr="a accepté de séparer", en="accepted to split"),
    "closed": Localized(fr="a fermé", en="closed"),
    "offered": Localized(fr="a proposé de céder", en="offered to hand over"),
    "taken_back": Localized(fr="a repris", en="took back"),
    "transferred": Localized(fr="a cédé", en="handed over"),
    "entrusted": Localized(fr="a confié", en="entrusted to somebody"),
    "refused": Localized(fr="s’est vu refuser", en="was refused"),
}
# What a member does to themselves: it needs no object.
_ALONE = {
    "joined": Localized(fr="a rejoint l’équipe", en="joined the team"),
    "address_proved": Localized(fr="a prouvé son adresse", en="proved their address"),
    "signed_in": Localized(fr="s’est connecté", en="signed in"),
    "proved_again": Localized(fr="a confirmé son identité", en="confirmed that it is them"),
    "passkey_added": Localized(fr="a ajouté une clé d’accès", en="added a passkey"),
    "passkey_removed": Localized(fr="a retiré une clé d’accès", en="removed a passkey"),
    "authenticator_added": Localized(
        fr="a ajouté une application d’authentification", en="added an authenticator app"
    ),
    "authenticator_removed": Localized(
        fr="a retiré son application d’authentification", en="removed their authenticator app"
    ),
    "recovery_codes_renewed": Localized(
        fr="a renouvelé ses codes de secours", en="renewed their recovery codes"
    ),
    "session_ended": Localized(fr="a déconnecté un navigateur", en="signed a browser out"),
}
_NOUNS = {
    "registration": Localized(fr="une inscription", en="a registration"),
    "accessibility_need": Localized(
        fr="une demande d’accessibilité", en="an accessibility request"
    ),
    "scan": Localized(fr="des personnes", en="people"),
    "delegation": Localized(fr="un groupe", en="a group"),
    "member": Localized(fr="un membre de l’équipe", en="a member of the team"),
    "invitation": Localized(fr="une invitation", en="an invitation"),
    "api_key": Localized(fr="une clé d’API", en="an API key"),
    "door_pass": Localized(fr="un accès de pointage", en="a door pass"),
    "document": Localized(fr="un document", en="a document"),
    "ledger_entry": Localized(fr="une écriture du grand livre", en="an entry of the ledger"),
    "request": Localized(fr="une demande", en="a request"),
}
_LOOKS = {"listed", "exported"}
_LISTS = {
    "scan": Localized(fr="les personnes à pointer", en="the people to check in"),
    "registration": Localized(fr="les inscrits", en="those registered"),
    "accessibility_need": Localized(fr="les besoins d’accessibilité", en="the accessibility needs"),
    "member": Localized(fr="la liste de l’équipe", en="the list of the team"),
    "invitation": Localized(fr="les invitations", en="the invitations"),
    "api_key": Localized(fr="les clés d’API", en="the API keys"),
    "journal": Localized(fr="le journal", en="the journal"),
}
_SOMEBODY = {
    "anonymous": Localized(fr="Une personne", en="Somebody"),
    "demo": Localized(fr="La démonstration", en="The demo"),
    "console": Localized(fr="La console", en="The console"),
    "retention": Localized(fr="La durée de conservation", en="The retention period"),
}
_OTHERS = {
    "key": Localized(fr="Une clé d’API", en="An API key"),
    "door": Localized(fr="Un accès de pointage", en="A door pass"),
    "member": Localized(fr="Un ancien membre", en="A former member"),
}


def sentence_of(actor: str, name: str | None, act: str, noun: str, thing: str | None) -> Localized:
    """Return who did what, in words: "Odile Martin a publié l’appel « Iles »."."""
    kind = actor.partition(":")[0]
    who = _SOMEBODY.get(actor) or _OTHERS.get(kind) or Localized(fr=actor, en=actor)
    alone = _ALONE.get(act)
    if alone is not None:
        return Localized(fr=f"{name or who.fr} {alone.fr}.", en=f"{name or who.en} {alone.en}.")
    done = _ACTS.get(act) or Localized(fr=f"a fait « {act} » sur", en=f"did “{act}” to")
    label = NOUNS[noun].label if noun in NOUNS else _NOUNS.get(noun)
    what = (_LISTS.get(noun) if act in _LOOKS else label) or Localized(fr=noun, en=noun)
    called = (f" « {thing} »", f" “{thing}”") if thing else ("", "")
    return Localized(
        fr=f"{name or who.fr} {done.fr} {what.fr}{called[0]}.".replace("’ ", "’"),
        en=f"{name or who.en} {done.en} {what.en}{called[1]}.",
    )
