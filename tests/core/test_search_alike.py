"""What is about the same as the first entries found follows them, when too little is found."""

from dataclasses import replace

from etape.core.search import Engine, Entry, Query
from support.search import SHAPE, every_page, keys

ABOUT_CHILDREN = {
    "Ouvrir une crèche": "L'accueil des jeunes enfants dans les villages",
    "Soutenir la petite enfance": "Les lieux d'accueil de jeunes enfants",
    "Accueil du public": "Des guichets pour tous",
    "Ouvrir une piscine": "L'apprentissage de la nage",
    "Ouvrir un atelier": "Des jeux pour les jeunes enfants",
    "Rénover les ponts": "Les ouvrages d'art des communes",
}


def about(*texts: str) -> Engine:
    engine = Engine(replace(SHAPE, about=texts))
    engine.upsert(
        Entry(key=title, texts={"title": title, "summary": summary}, keywords={"kind": [title[0]]})
        for title, summary in ABOUT_CHILDREN.items()
    )
    return engine


def test_what_is_about_the_same_as_the_first_entries_follows_them() -> None:
    found = about("title", "summary").search(Query(text="crèche", is_complete=True))
    # "Accueil du public" shares one word with it, which says too little
    assert set(keys(found)[1:]) == {"Soutenir la petite enfance", "Ouvrir un atelier"}
    first, *others = found.hits
    assert first.key == "Ouvrir une crèche"
    assert [hit.is_exact for hit in found.hits] == [True, False, False]
    assert all(hit.missing == ["crèche"] for hit in others)
    assert keys(about().search(Query(text="crèche", is_complete=True))) == ["Ouvrir une crèche"]


def test_between_entries_with_some_of_the_words_those_like_the_first_come_before() -> None:
    asked = Query(text="ouvrir une crèche gratuite", is_complete=True)
    others = [key for key in keys(about("title", "summary").search(asked)) if "Ouvrir" in key]
    assert others == ["Ouvrir une crèche", "Ouvrir un atelier", "Ouvrir une piscine"]


def test_nothing_is_added_for_its_likeness_to_enough_results_to_quotes_or_to_suggestions() -> None:
    engine = about("title", "summary")
    assert keys(engine.search(Query(text="crèche", enough=1))) == ["Ouvrir une crèche"]
    assert keys(engine.search(Query(text="« crèche »"))) == ["Ouvrir une crèche"]
    assert [hit.key for hit in engine.suggest("crèche")] == ["Ouvrir une crèche"]


def test_a_filter_and_a_page_keep_what_the_first_entries_lead_to() -> None:
    engine = about("title", "summary")
    found = engine.search(Query(text="crèche", filters={"kind": ["S"]}))
    assert keys(found) == ["Soutenir la petite enfance"]
    asked = Query(text="crèche", limit=1)
    seen = [key for page in every_page(engine, asked) for key in keys(page)]
    assert seen == keys(engine.search(Query(text="crèche")))
