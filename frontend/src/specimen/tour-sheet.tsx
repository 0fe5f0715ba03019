import { useState } from "react";
import { type MapStop, RegionMap } from "#tour/region-map.tsx";
import { CardTitle } from "#ui/card.tsx";
import { Page } from "#ui/page.tsx";

const STOPS = [
  ["93", "Nice", "past"],
  ["76", "Toulouse", "past"],
  ["75", "Bordeaux", "past"],
  ["53", "Rennes", "past"],
  ["11", "Paris", "now"],
  ["32", "Lille", "next"],
  ["44", "Strasbourg", "next"],
  ["84", "Lyon", "coming"],
  ["04", "Saint-Denis", "coming"],
] as const;

export function TourSheet() {
  const [region, setRegion] = useState<string | null>(null);
  const stops: MapStop[] = STOPS.map(([code, title, state], at) => ({
    id: code,
    rank: at + 1,
    region: code,
    title,
    state,
    card: (
      <>
        <CardTitle as="h2">
          <a href="?sheet=stop">{title}</a>
        </CardTitle>
        <p className="soft small">mar. 11 mai · Eurasanté</p>
      </>
    ),
  }));
  return (
    <Page title="Le tour" fictitious>
      <h1>Le tour</h1>
      <RegionMap stops={stops} selected={region} onSelect={setRegion} />
    </Page>
  );
}
