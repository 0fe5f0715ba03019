import { AnchorButton, Button } from "#ui/button.tsx";
import { Card } from "#ui/card.tsx";
import { Facts } from "#ui/facts.tsx";
import { MarkList } from "#ui/mark-list.tsx";
import { Relative, When } from "#ui/moment.tsx";
import { Money, MoneyRange } from "#ui/money.tsx";
import { Page, Section, StickyActions } from "#ui/page.tsx";
import { Pill } from "#ui/pill.tsx";
import { RouteLine } from "#ui/route-line.tsx";
import { closes, waves } from "./samples.tsx";

export function CallSheet() {
  const head = (
    <>
      <p className="row">
        <Pill tone="soon">Ferme bientôt</Pill>
        <span className="soft">Appel à projets · France 2030</span>
      </p>
      <h1>Tiers-lieux d’expérimentation</h1>
      <p className="lead">
        Un lieu de soins, des experts et un budget pour tester une solution numérique avec ceux qui
        l’utiliseront.
      </p>
    </>
  );
  const rail = (
    <>
      <Card tone="soon">
        <p className="small">Prochaine clôture, vague 2</p>
        <p className="loud">
          <When moment={closes} length="long" zone={false} />
        </p>
        <p className="small">
          heure de Paris · 15:00 à La Réunion ·{" "}
          <b>
            <Relative moment={closes} />
          </b>
        </p>
      </Card>
      <div className="stack laptop-only">
        <AnchorButton href="#out">Candidater (démarche externe)</AnchorButton>
      </div>
      <Card>
        <h2>Quelqu’un à qui parler</h2>
        <p className="small">
          Banque des territoires, 01 00 00 00 00
          <br />
          <a href="#replay">Ils en ont parlé à Lille (12:40)</a>
        </p>
      </Card>
    </>
  );
  return (
    <Page title="Tiers-lieux d’expérimentation" fictitious head={head} rail={rail}>
      <Facts
        facts={[
          { term: "Aide", value: <MoneyRange min={37_500_000} max={150_000_000} /> },
          { term: "Taux", value: "50 % au plus" },
          {
            term: "Enveloppe",
            value: (
              <>
                <Money cents={6_300_000_000} /> <a href="#sources">2 sources</a>
              </>
            ),
          },
        ]}
      />
      <Section title="Les vagues">
        <RouteLine label="Les vagues" points={waves} />
      </Section>
      <div className="columns">
        <Section title="Ce qui est financé">
          <MarkList
            mark="yes"
            items={[
              { id: "1", words: "Recrutement d’experts auprès des porteurs" },
              { id: "2", words: "Tests en vie réelle, retours d’usage" },
              { id: "3", words: "Mesure médico-économique" },
            ]}
          />
        </Section>
        <Section title="Ce qui ne l’est pas">
          <MarkList
            mark="no"
            items={[
              { id: "1", words: "Bâtiments" },
              { id: "2", words: "Hébergement de start-up" },
            ]}
          />
        </Section>
      </div>
      <StickyActions>
        <AnchorButton href="#out">Candidater</AnchorButton>
        <Button look="secondary">Suivre</Button>
      </StickyActions>
    </Page>
  );
}
