import { createFileRoute } from "@tanstack/react-router";
import { AccessPage } from "#identity/access-page.tsx";
import { enter } from "./-doors.ts";

export const Route = createFileRoute("/gestion/acces")({
  loader: enter,
  component: AccessPage,
});
