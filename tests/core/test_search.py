"""The words of a search: what finds what, in which order, and what is highlighted."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etape.core.search import (
    Engine,
    Entry,
    Query,
    Segment,
    Synonyms,
)
from etape.core.search.highlight import segments_of
from etape.core.search.text import WORD
from support.search import SHAPE, bold, exact, keys, titled

SAME_WORD = [
    ("télésanté", "telesante"),
    ("Télésanté", "TELESANTE"),
    ("télésanté", "Télésantés"),
    ("hôpital", "hopital"),
    ("hôpital", "hôpitaux"),
    ("hôpital", "hopitaux"),
    ("hôpitaux", "HOPITAL"),
    ("santé", "sante"),
    ("expérimentation", "experimentation"),
    ("expérimentations", "experimentation"),
    ("donnée", "données"),
    ("donnée", "donnees"),
    ("données", "donnee"),
    ("numérique", "numeriques"),
    ("numériques", "NUMERIQUE"),
    ("évaluation", "evaluations"),
    ("évaluations", "Evaluation"),
    ("médical", "medicaux"),
    ("médicale", "medical"),
    ("médicaux", "medicale"),
    ("régional", "regionaux"),
    ("établissement", "etablissements"),
    ("stratégie", "strategies"),
    ("première", "premier"),
    ("financière", "financieres"),
    ("financier", "financière"),
    ("mobilité", "mobilites"),
    ("efficacité", "efficacites"),
    ("intégrée", "integrees"),
    ("intégré", "intégrées"),
    ("sélectionnés", "selectionnees"),
    ("développement", "developpements"),
    ("œuvre", "oeuvre"),
    ("cœur", "coeurs"),
    ("réseau", "reseaux"),
    ("l’évaluation", "evaluation"),
    ("l'hôpital", "d’hôpitaux"),
    ("qu'innovation", "innovations"),
    ("d'expérimentation", "l'experimentation"),
    ("tiers-lieu", "tiers lieu"),
    ("tiers-lieux", "tierslieu"),
    ("tierslieux", "tiers-lieu"),
    ("e-santé", "esante"),
    ("esanté", "e-sante"),
    ("e-santé", "e sante"),
    ("e\u0301valuation", "évaluation"),
    ("Île-de-France", "ile de france"),
    ("déjà", "deja"),
    ("façon", "facons"),
    ("maïs", "mais maïs"),
    ("enjeu", "enjeux"),
    ("lieux", "lieu"),
]


@pytest.fixture(scope="module")
def every_word() -> Engine:
    return titled(*{word for pair in SAME_WORD for word in pair})


@pytest.mark.parametrize(("one", "other"), SAME_WORD)
def test_a_word_is_found_whatever_its_accents_its_number_and_its_hyphen(
    every_word: Engine, one: str, other: str
) -> None:
    assert one in exact(every_word, other)
    assert other in exact(every_word, one)


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("experimentaton", "Expérimentation en vie réelle"),
        ("expérimentaton", "Expérimentation en vie réelle"),
        ("hopitl", "Un hôpital numérique"),
        ("hopitaal", "Un hôpital numérique"),
        ("numreique", "Un hôpital numérique"),
        ("dispositf medical", "Le dispositif médical"),
        ("entreport", "Entrepôt ouvert"),
        ("telesnate", "Télésanté en région"),
        ("evaluaton", "Évaluation clinique"),
    ],
)
def test_one_typing_mistake_still_finds(typed: str, title: str) -> None:
    engine = titled(
        "Expérimentation en vie réelle",
        "Un hôpital numérique",
        "Le dispositif médical",
        "Entrepôt ouvert",
        "Télésanté en région",
        "Évaluation clinique",
    )
    found = engine.search(Query(text=typed, is_complete=True))
    assert keys(found)[0] == title
    assert found.corrections
    assert found.hits[0].matched == ["title"]


def test_a_year_and_a_short_word_are_never_corrected() -> None:
    engine = titled("Bilan 2022", "Un lot de trois")
    assert keys(engine.search(Query(text="2023"))) == []
    assert keys(engine.search(Query(text="lat"))) == []


def test_a_word_spelt_right_ranks_above_one_that_is_near_it() -> None:
    engine = titled("La saute du vent", "La santé du vent")
    found = engine.search(Query(text="sante", is_complete=True))
    assert [(hit.key, hit.is_exact) for hit in found.hits] == [
        ("La santé du vent", True),
        ("La saute du vent", False),
    ]
    assert (found.exact, found.total) == (1, 2)


def test_the_last_word_is_completed_while_it_is_typed() -> None:
    engine = titled("Expérimentation locale", "Exposition locale", "Local")
    found = engine.search(Query(text="local experim", enough=1))
    assert keys(found) == ["Expérimentation locale"]
    assert engine.search(Query(text="local experim ")).exact == 0
    assert engine.search(Query(text="local experim", is_complete=True)).exact == 0


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("EDS", "Un entrepôt de données de santé hospitalier"),
        ("eds", "Les entrepôts de données de santé"),
        ("entrepot de donnees de sante", "Appui aux EDS"),
        ("entrepot donnees sante", "Appui aux EDS"),
        ("entrepôt de donnes de sante", "Appui aux EDS"),
        ("aap", "Appel à projets 2022"),
        ("AAP", "Appels à projets 2022"),
        ("appels a projet", "AAP 2022"),
        ("dm", "Dispositifs médicaux numériques"),
        ("dispositif medical numerique", "DM numérique"),
    ],
)
def test_an_acronym_and_what_it_stands_for_find_each_other(typed: str, written: str) -> None:
    engine = titled(
        written, "Données de la région", "Santé au travail", "Projet immobilier", "Appel aux dons"
    )
    found = engine.search(Query(text=typed, is_complete=True))
    assert keys(found)[0] == written
    assert found.hits[0].is_exact
    assert found.synonyms


def test_an_acronym_that_a_text_spells_out_is_understood_everywhere() -> None:
    engine = titled(
        "Le Conseil en Énergie Partagé (CEP) des communes",
        "Un conseil en énergie partagé près de chez vous",
        "Le conseil en énergie",
    )
    assert len(exact(engine, "cep")) == 2
    assert engine.search(Query(text="cep")).synonyms == {"cep": ["Conseil en Énergie Partagé"]}


@pytest.mark.parametrize("title", ["Un guichet (fermé) ", "Le comité (COPIL)", "Arts (ET MÉTIERS)"])
def test_what_stands_in_parentheses_is_not_an_acronym_unless_its_letters_say_so(title: str) -> None:
    engine = titled(title)
    assert not any(engine.search(Query(text=word)).synonyms for word in WORD.findall(title))


def test_an_acronym_is_never_cut_to_a_little_word() -> None:
    engine = titled("Travaux CEE", "Ce que l’on en pense", "Les ENS")
    assert exact(engine, "CEE") == ["Travaux CEE"]
    assert exact(engine, "ens") == ["Les ENS"]


def test_a_word_that_many_entries_have_is_not_required_beside_a_rarer_one() -> None:
    engine = titled(*(f"Projet {i}" for i in range(120)), "Toit solaire", "Projet solaire")
    assert exact(engine, "projet solaire") == ["Projet solaire", "Toit solaire"]


def test_the_synonyms_applied_are_told() -> None:
    engine = titled("Un entrepôt de données de santé")
    assert engine.search(Query(text="eds hospitalier")).synonyms == {
        "eds": ["entrepôt de données de santé"]
    }
    assert engine.search(Query(text="entrepot de donnees de sante")).synonyms == {
        "entrepot donnees sante": ["EDS"]
    }
    assert engine.search(Query(text="entrepot")).synonyms == {}


def test_the_longest_expression_is_the_one_understood() -> None:
    engine = Engine(
        SHAPE, Synonyms([("DS", "données de santé"), ("EDS", "entrepôt de données de santé")])
    )
    engine.upsert([Entry(key="x", texts={"title": "EDS"})])
    assert engine.search(Query(text="entrepôt de données de santé")).synonyms == {
        "entrepôt données santé": ["EDS"]
    }


def test_synonyms_may_be_replaced() -> None:
    engine = titled("Petites et moyennes entreprises")
    assert keys(engine.search(Query(text="pme"))) == []
    engine.synonyms = Synonyms([("PME", "petites et moyennes entreprises")])
    assert keys(engine.search(Query(text="pme"))) == ["Petites et moyennes entreprises"]


def test_every_word_is_required_as_long_as_enough_is_found() -> None:
    engine = titled("santé mentale a", "santé mentale b", "santé mentale c", "santé au travail")
    found = engine.search(Query(text="sante mentale", enough=3))
    assert len(found.hits) == found.total == found.exact == 3


def test_some_words_do_when_too_little_is_found_and_the_exact_come_first() -> None:
    engine = titled("santé mentale des jeunes", "santé mentale", "mentale", "agriculture")
    found = engine.search(Query(text="santé mentale jeunes"))
    assert [(hit.key, hit.is_exact) for hit in found.hits] == [
        ("santé mentale des jeunes", True),
        ("santé mentale", False),
        ("mentale", False),
    ]
    strict = engine.search(Query(text="santé mentale jeunes", enough=1))
    assert keys(strict) == ["santé mentale des jeunes"]


def test_a_filter_never_changes_how_the_words_are_taken() -> None:
    engine = Engine(SHAPE)
    engine.upsert(
        Entry(key=f"{i}", texts={"title": title}, keywords={"region": [region]})
        for i, (title, region) in enumerate(
            [("santé mentale", "A"), ("santé mentale", "A"), ("santé mentale", "A"), ("santé", "B")]
        )
    )
    found = engine.search(Query(text="santé mentale", enough=3, filters={"region": ["B"]}))
    assert found.total == 0


@pytest.mark.parametrize("quotes", ['"{}"', "« {} »", "“{}”"])
def test_quoted_words_are_found_side_by_side_only(quotes: str) -> None:
    engine = titled("Données de santé", "Santé : les données", "Donnée de santé publique")
    found = engine.search(Query(text=quotes.format("données de santé")))
    assert set(keys(found)) == {"Données de santé", "Donnée de santé publique"}
    assert keys(engine.search(Query(text=quotes.format("santé publique") + " données"))) == [
        "Donnée de santé publique"
    ]


def test_an_open_quote_is_no_quote() -> None:
    engine = titled("Données de santé")
    assert keys(engine.search(Query(text='santé "donn'))) == ["Données de santé"]


def test_little_words_are_not_required_unless_they_are_all() -> None:
    engine = titled("Aide pour hôpital", "Dans la ville")
    assert exact(engine, "une aide à l'hôpital") == ["Aide pour hôpital"]
    assert exact(engine, "dans la") == ["Dans la ville"]


def test_a_title_ranks_above_a_body_and_a_short_title_above_a_long_one() -> None:
    engine = Engine(SHAPE)
    long = "Télésanté et beaucoup de choses encore dans un titre qui dure"
    filler = "Ce texte parle de tout autre chose et ne dit rien. " * 4
    body = f"Télésanté {filler}"
    engine.upsert(
        [
            Entry(key="body", texts={"title": "Autre chose", "body": body}),
            Entry(key="summary", texts={"title": "Autre chose", "summary": f"Télésanté {filler}"}),
            Entry(key="long", texts={"title": long}),
            Entry(key="short", texts={"title": "Télésanté"}),
        ]
    )
    for text in ("telesante", "télésanté", "telesnate", "telesan"):
        assert keys(engine.search(Query(text=text))) == ["short", "long", "summary", "body"]


def test_words_side_by_side_rank_above_words_apart() -> None:
    apart, together = "Données ouvertes sur toute la santé", "Mieux ouvrir les données de santé"
    engine = titled(apart, together)
    assert keys(engine.search(Query(text="donnees de sante"))) == [together, apart]


def test_the_very_word_that_was_typed_decides_between_equals() -> None:
    engine = titled("Le marche", "Le marché")
    assert keys(engine.search(Query(text="marché", is_complete=True)))[0] == "Le marché"
    assert keys(engine.search(Query(text="marche", is_complete=True)))[0] == "Le marche"
    engine = titled("Un projet", "Deux projets")
    assert keys(engine.search(Query(text="projet", is_complete=True)))[0] == "Un projet"
    assert keys(engine.search(Query(text="projets", is_complete=True)))[0] == "Deux projets"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("hopitaux", "L’[Hôpital] et son entrepôt de données de santé"),
        ("hopitl", "L’[Hôpital] et son entrepôt de données de santé"),
        ("eds", "L’Hôpital et son [entrepôt de données de santé]"),
        ("sant", "L’Hôpital et son entrepôt de données de [santé]"),
        ("entre-pot", "L’Hôpital et son [entrepôt] de données de santé"),
        ("sante hopital", "L’[Hôpital] et son entrepôt de données de [santé]"),
        ("introuvable", None),
    ],
)
def test_the_original_words_are_highlighted(typed: str, shown: str | None) -> None:
    engine = titled("L’Hôpital et son entrepôt de données de santé")
    found = engine.search(Query(text=typed))
    assert [bold(hit.passages["title"]) for hit in found.hits] == ([shown] if shown else [])


def test_a_highlight_is_text_and_never_markup() -> None:
    engine = titled("<b>Santé</b> & <script>")
    (hit,) = engine.search(Query(text="sante")).hits
    assert hit.passages["title"].segments() == [
        Segment("<b>", hit=False),
        Segment("Santé", hit=True),
        Segment("</b> & <script>", hit=False),
    ]


def test_a_long_text_is_cut_around_what_was_asked() -> None:
    engine = Engine(SHAPE)
    body = "Rien à voir ici. " * 40 + "Un hôpital et ses données de santé. " + "Fin du texte. " * 40
    engine.upsert([Entry(key="x", texts={"title": "Titre", "body": body})])
    (hit,) = engine.search(Query(text="donnees hopital sante")).hits
    assert hit.matched == ["body"]
    shown = bold(hit.passages["body"])
    assert "Un [hôpital] et ses [données] de [santé]." in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < 140
    assert bold(hit.passages["title"]) == "Titre"


@given(text=st.text(max_size=400), width=st.integers(1, 80), data=st.data())
@settings(deadline=None)
def test_segments_never_lose_a_marked_word(text: str, width: int, data: st.DataObject) -> None:
    words = WORD.findall(text)
    ranges = [
        (i, i + 1) for i in range(len(words)) if data.draw(st.booleans(), label=f"mark word {i}")
    ]
    whole = segments_of(text, ranges, None)
    assert "".join(segment.text for segment in whole) == text
    assert [segment.text for segment in whole if segment.hit] == [words[i] for i, _ in ranges]
    cut = segments_of(text, ranges, width)
    assert not ranges or any(segment.hit for segment in cut)
