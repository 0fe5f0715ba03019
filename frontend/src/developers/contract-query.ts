import type { QueryClient } from "@tanstack/react-query";
import { $api } from "#api/client.ts";
import type { Contract } from "./contract.ts";

const CONTRACT = "/api/v1/openapi.json";

function asContract(data: Record<string, unknown>): Contract {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the contract cannot give its own type
  return data as unknown as Contract;
}

/** Fetches the document, as anything else, before its page is drawn. */
export async function fetchContract(queryClient: QueryClient): Promise<Contract> {
  return asContract(await queryClient.ensureQueryData($api.queryOptions("get", CONTRACT)));
}

/** The document, already fetched by the page's loader. */
export function useContract(): Contract {
  return asContract($api.useSuspenseQuery("get", CONTRACT).data);
}
