import { $api } from "#api/client.ts";
import { MailedLink } from "./mailed-link.tsx";
import type { Me } from "./me.ts";
import { SecondStep } from "./second-step.tsx";
import { SignInPage } from "./sign-in-page.tsx";

/** The door of the team's space: what it asks next of whoever stands there. */
export function DoorPage({
  token,
  refused,
  me,
}: {
  token: string | null;
  refused: string | null;
  me: Me | null;
}) {
  const { data: methods } = $api.useSuspenseQuery("get", "/api/v1/sign-in/methods");
  if (me !== null && me.second_factors !== null) {
    return <SecondStep held={me.second_factors} />;
  }
  return token === null ? (
    <SignInPage methods={methods} refused={refused} />
  ) : (
    <MailedLink token={token} />
  );
}
