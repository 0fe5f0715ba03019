import { createFileRoute } from "@tanstack/react-router";
import { TeamPage } from "#identity/team-page.tsx";
import { enter } from "./-doors.ts";

export const Route = createFileRoute("/gestion/equipe")({
  loader: enter,
  component: TeamPage,
});
