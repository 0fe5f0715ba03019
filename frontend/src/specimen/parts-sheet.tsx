import { useState } from "react";
import { UNREACHABLE } from "#api/problem.ts";
import { Text } from "#i18n/text.tsx";
import { AnchorButton, Button } from "#ui/button.tsx";
import { Chip, Chips, FilterChip } from "#ui/chip.tsx";
import { Dialog } from "#ui/dialog.tsx";
import { FacetGroup } from "#ui/facet-group.tsx";
import { Facts } from "#ui/facts.tsx";
import { MarkList } from "#ui/mark-list.tsx";
import { Day, Hours, Relative, When } from "#ui/moment.tsx";
import { Money, MoneyRange } from "#ui/money.tsx";
import { Notice } from "#ui/notice.tsx";
import { Page, Section } from "#ui/page.tsx";
import { Pill } from "#ui/pill.tsx";
import { RouteLine } from "#ui/route-line.tsx";
import { SeatMeter } from "#ui/seat-meter.tsx";
import { EmptyState, ErrorState, Skeleton } from "#ui/states.tsx";
import { Abbr, Highlight } from "#ui/words.tsx";
import { closes, dayOnly, waves } from "./samples.tsx";

export function PartsSheet() {
  const [open, setOpen] = useState(false);
  const [selected, setSelected] = useState(["open"]);
  return (
    <Page title="Parts" fictitious>
      <h1>Les pièces</h1>
      <Section title="Boutons, états, jetons">
        <div className="row">
          <Button onClick={() => setOpen(true)}>Ouvrir une fenêtre</Button>
          <Button look="secondary">Suivre</Button>
          <Button look="plain">Tout l’historique</Button>
          <Button busy>Envoi…</Button>
          <AnchorButton look="secondary" href="#ics">
            Agenda
          </AnchorButton>
        </div>
        <div className="row">
          <Pill tone="open">Ouvert</Pill>
          <Pill tone="soon">Ferme bientôt</Pill>
          <Pill tone="coming">Annoncé</Pill>
          <Pill tone="closed">Clos</Pill>
          <Pill tone="alarm">Annulé</Pill>
        </div>
        <Chips label="Filtres en vigueur">
          <FilterChip label="Ma structure : CHU, Occitanie" onRemove={() => undefined} />
          <FilterChip label="Ouverts ou à venir" onRemove={() => undefined} />
          <Chip onPress={() => setOpen(true)}>Filtres (1)</Chip>
        </Chips>
        <Dialog
          open={open}
          onClose={() => setOpen(false)}
          title="Filtres"
          look="sheet"
          footer={<Button onClick={() => setOpen(false)}>Voir 3 appels</Button>}
        >
          <FacetGroup
            title="État"
            name="state"
            selected={selected}
            onChange={setSelected}
            options={[
              { value: "open", label: "Ouvert", count: 4 },
              { value: "soon", label: "Ferme bientôt", count: 1 },
              { value: "closed", label: "Clos", count: 9 },
            ]}
          />
        </Dialog>
      </Section>
      <Section title="La route">
        <RouteLine label="Les vagues" points={waves} />
      </Section>
      <Section title="Temps, argent, mots">
        <Facts
          look="list"
          facts={[
            { term: "Un instant", value: <When moment={closes} /> },
            { term: "En entier", value: <When moment={closes} length="long" /> },
            { term: "Sans heure", value: <When moment={dayOnly} /> },
            { term: "Un mois", value: <When moment={{ ...dayOnly, precision: "month" }} /> },
            { term: "Après un jour", value: <When moment={{ ...dayOnly, precision: "after" }} /> },
            { term: "Dans combien", value: <Relative moment={closes} /> },
            { term: "Un jour", value: <Day on="2026-12-01" length="long" /> },
            {
              term: "Des heures",
              value: (
                <Hours
                  start="2026-12-09T09:00:00Z"
                  end="2026-12-09T10:15:00Z"
                  zone="Europe/Paris"
                />
              ),
            },
            { term: "Un montant", value: <Money cents={71_840_000_000} /> },
            { term: "Une fourchette", value: <MoneyRange min={37_500_000} max={150_000_000} /> },
            { term: "Rien de dit", value: <MoneyRange min={null} max={null} /> },
            { term: "Un sigle", value: <Abbr short="AAP" long="appel à projets" /> },
            {
              term: "Trouvé",
              value: (
                <Highlight
                  segments={[
                    { text: "Tiers-lieux", hit: true },
                    { text: " d’expérimentation", hit: false },
                  ]}
                />
              ),
            },
            { term: "Deux langues", value: <Text of={{ fr: "Télésanté", en: null }} /> },
          ]}
        />
      </Section>
      <Section title="Places">
        <SeatMeter label="Sur place" capacity={80} taken={72} waiting={0} />
        <SeatMeter label="Sur place" capacity={80} taken={80} waiting={12} />
        <SeatMeter label="En ligne" capacity={null} taken={310} waiting={0} />
      </Section>
      <Section title="Dedans, dehors">
        <MarkList mark="yes" items={[{ id: "1", words: "Tests en vie réelle" }]} />
        <MarkList mark="no" items={[{ id: "1", words: "Bâtiments" }]} />
      </Section>
      <Section title="Avis">
        <Notice tone="point">La visite a lieu en même temps que cette table ronde.</Notice>
        <Notice tone="good" title="C’est fait">
          Un courriel vient de partir.
        </Notice>
        <Notice tone="info">Cette étape n’a pas encore d’horaires.</Notice>
        <Notice tone="alarm" title="Étape annulée">
          Tous les inscrits ont été prévenus.
        </Notice>
      </Section>
      <Section title="Rien, une erreur, une attente">
        <EmptyState title="Aucun appel" actions={<Button>Être prévenu</Button>}>
          Retirez « Occitanie » pour en voir 4.
        </EmptyState>
        <ErrorState error={UNREACHABLE} onRetry={() => undefined} />
        <ErrorState error={new Error("broken")} />
        <Skeleton />
      </Section>
    </Page>
  );
}
