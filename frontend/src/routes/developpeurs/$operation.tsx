import { createFileRoute } from "@tanstack/react-router";
import { fetchContract, useContract } from "#developers/contract-query.ts";
import { operationsOf } from "#developers/contract.ts";
import { OperationPage, UnknownOperation } from "#developers/operation-page.tsx";

export const Route = createFileRoute("/developpeurs/$operation")({
  loader: ({ context: { queryClient, learn } }) =>
    Promise.all([fetchContract(queryClient), learn("developers")]),
  component: Operation,
});

function Operation() {
  const { operation: id } = Route.useParams();
  const contract = useContract();
  const operation = operationsOf(contract).find((one) => one.id === id);
  return operation === undefined ? (
    <UnknownOperation />
  ) : (
    <OperationPage key={id} contract={contract} operation={operation} />
  );
}
