import { createFileRoute } from "@tanstack/react-router";
import { HomePage } from "#identity/home-page.tsx";
import { enter } from "./-doors.ts";

export const Route = createFileRoute("/gestion/")({ loader: enter, component: HomePage });
