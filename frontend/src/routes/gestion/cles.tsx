import { createFileRoute } from "@tanstack/react-router";
import { KeysPage } from "#identity/keys-page.tsx";
import { enter } from "./-doors.ts";

export const Route = createFileRoute("/gestion/cles")({ loader: enter, component: KeysPage });
