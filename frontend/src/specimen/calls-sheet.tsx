import { useState } from "react";
import { AnchorButton } from "#ui/button.tsx";
import { Card, CardTitle } from "#ui/card.tsx";
import { Chips, FilterChip } from "#ui/chip.tsx";
import { FacetGroup } from "#ui/facet-group.tsx";
import { Facts } from "#ui/facts.tsx";
import { Relative, When } from "#ui/moment.tsx";
import { MoneyRange } from "#ui/money.tsx";
import { Page } from "#ui/page.tsx";
import { Pill } from "#ui/pill.tsx";
import { RouteLine } from "#ui/route-line.tsx";
import { SearchBox } from "#ui/search-box.tsx";
import { closes, dayOnly, waves } from "./samples.tsx";

export function CallsSheet() {
  const [q, setQ] = useState("tiers lieu");
  const [states, setStates] = useState<string[]>(["open"]);
  const facets = (
    <>
      <FacetGroup
        title="État"
        name="state"
        selected={states}
        onChange={setStates}
        options={[
          { value: "open", label: "Ouvert", count: 4 },
          { value: "soon", label: "Ferme bientôt", count: 1 },
          { value: "coming", label: "Annoncé", count: 3 },
          { value: "closed", label: "Clos", count: 9 },
        ]}
      />
      <FacetGroup
        title="Qui peut répondre"
        name="applicant"
        selected={[]}
        onChange={() => undefined}
        options={[
          { value: "a", label: "Établissement de santé", count: 7 },
          { value: "b", label: "Entreprise", count: 6 },
        ]}
      />
      <FacetGroup
        title="Région"
        name="region"
        open={false}
        selected={[]}
        onChange={() => undefined}
        options={[{ value: "04", label: "La Réunion", count: 1 }]}
      />
    </>
  );
  const preview = (
    <Card as="aside">
      <p>
        <Pill tone="soon">Ferme bientôt</Pill>
      </p>
      <h2>Tiers-lieux d’expérimentation</h2>
      <RouteLine label="Les vagues" points={waves} />
      <p className="soft small">
        Pourquoi ce résultat : « tiers lieu » dans le titre ; synonyme reconnu : living lab.
      </p>
      <AnchorButton href="?sheet=call">Ouvrir l’appel</AnchorButton>
    </Card>
  );
  return (
    <Page
      title="Appels"
      fictitious
      aside={facets}
      rail={<div className="laptop-only">{preview}</div>}
    >
      <h1 className="hidden">Appels</h1>
      <div className="stack">
        <SearchBox
          label="Chercher un appel"
          value={q}
          onChange={setQ}
          onSubmit={() => undefined}
          takesFocus
        />
        <Chips label="Filtres en vigueur">
          <FilterChip label="Ma structure : CHU, Occitanie" onRemove={() => undefined} />
          <FilterChip label="Ouverts ou à venir" onRemove={() => undefined} />
        </Chips>
        <p className="soft small" role="status">
          3 appels, triés par pertinence
        </p>
        <Card as="article" current>
          <p className="row">
            <Pill tone="soon">Ferme bientôt</Pill>
            <span className="soft small">Appel à projets · vague 2</span>
          </p>
          <CardTitle as="h2">
            <a href="?sheet=call">
              <mark>Tiers-lieux</mark> d’expérimentation
            </a>
          </CardTitle>
          <p className="soft">
            Tester des solutions numériques au sein d’une organisation de soins.
          </p>
          <Facts
            facts={[
              {
                term: "Clôture",
                value: (
                  <>
                    <When moment={closes} /> · <Relative moment={closes} />
                  </>
                ),
              },
              { term: "Aide", value: <MoneyRange min={37_500_000} max={150_000_000} /> },
            ]}
          />
        </Card>
        <Card as="article">
          <p className="row">
            <Pill tone="open">Ouvert</Pill>
            <span className="soft small">Appel à manifestation d’intérêt</span>
          </p>
          <CardTitle as="h2">
            <a href="?sheet=call">Compétences et métiers d’avenir</a>
          </CardTitle>
          <p className="soft">
            Créer des formations en santé numérique. Un atelier sur les <mark>tiers-lieux</mark> à
            Lille.
          </p>
          <Facts
            facts={[
              { term: "Clôture", value: <When moment={dayOnly} /> },
              { term: "Aide", value: <MoneyRange min={null} max={null} /> },
            ]}
          />
        </Card>
      </div>
    </Page>
  );
}
