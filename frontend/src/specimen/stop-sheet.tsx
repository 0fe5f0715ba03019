import { AnchorButton } from "#ui/button.tsx";
import { Card, CardTitle } from "#ui/card.tsx";
import { Hours } from "#ui/moment.tsx";
import { Page, Section, StickyActions } from "#ui/page.tsx";
import { Pill } from "#ui/pill.tsx";
import { SeatMeter } from "#ui/seat-meter.tsx";

function Session({ title, taken, waiting }: { title: string; taken: number; waiting: number }) {
  return (
    <Card as="article">
      <p className="small soft">
        <Hours start="2027-05-11T08:00:00Z" end="2027-05-11T09:15:00Z" zone="Europe/Paris" /> ·
        Table ronde
      </p>
      <CardTitle>{title}</CardTitle>
      <p className="small">Amphithéâtre, et en ligne · ouvert à tous</p>
      <SeatMeter label="Sur place" capacity={80} taken={taken} waiting={waiting} />
      <SeatMeter label="En ligne" capacity={null} taken={0} waiting={0} />
    </Card>
  );
}

export function StopSheet() {
  return (
    <Page title="Lille" fictitious>
      <p className="soft">Le tour · étape 6 sur 9</p>
      <h1 className="display">Lille</h1>
      <p className="lead">
        <b>mardi 11 mai</b>, 9:30 – 17:00 · Eurasanté
      </p>
      <p className="row">
        <Pill tone="open">Inscriptions ouvertes</Pill>
        <span className="soft">Ouvert à tous · gratuit · sur place et en ligne</span>
      </p>
      <Section title="Matin">
        <Session title="Bien pratiquer la télésanté" taken={72} waiting={0} />
        <div className="columns">
          <Session title="Organiser la télésurveillance" taken={80} waiting={12} />
          <Session title="Visite du bio-incubateur" taken={15} waiting={0} />
        </div>
      </Section>
      <StickyActions>
        <AnchorButton href="#register">S’inscrire</AnchorButton>
        <AnchorButton look="secondary" href="#ics">
          Agenda
        </AnchorButton>
      </StickyActions>
    </Page>
  );
}
