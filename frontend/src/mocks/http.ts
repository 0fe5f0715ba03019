import { createOpenApiHttp } from "openapi-msw";
import type { paths } from "../api/generated/schema.ts";

/** Answers for the routes of the contract, and for no other. */
export const http = createOpenApiHttp<paths>({ baseUrl: "*" });

/** A list that holds in one page. */
export function page<Item>(items: Item[]): { items: Item[]; total: number; next: null } {
  return { items, total: items.length, next: null };
}
