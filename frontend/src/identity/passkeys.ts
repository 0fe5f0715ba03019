/** Passkeys as the browser makes and shows them (WebAuthn Level 3). What goes wrong is a problem, in the screen's words. */
import type { Problem } from "#api/problem.ts";
import type { Schema } from "#api/schemas.ts";
import type { Messages } from "#i18n/messages.ts";

type Options = Schema<"PasskeyOptions">["options"];
type Words = Messages["team"]["entry"]["passkey"];

/** Why a browser showed no passkey: the person, an older key, the browser itself, or something else. */
type Failure = keyof Words;

const FAILURES: Readonly<Record<string, Failure>> = {
  AbortError: "cancelled",
  NotAllowedError: "cancelled",
  InvalidStateError: "known",
  NotSupportedError: "unsupported",
};

/** A passkey that could not be made or shown. */
class PasskeyFailure extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure);
    this.failure = failure;
  }
}

/** Has the browser make a passkey; returns what the API verifies. */
export async function makePasskey(options: Options): Promise<Schema<"NewCredential">> {
  const publicKey = await understood(() =>
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the browser checks what the API sends it
    PublicKeyCredential.parseCreationOptionsFromJSON(options as never),
  );
  const made = await understood(() => navigator.credentials.create({ publicKey }));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what was made for a public key is one (WebAuthn, 5.1)
  return shownBy(made) as Schema<"NewCredential">;
}

/** Has the browser show a passkey; returns what the API verifies. */
export async function showPasskey(options: Options): Promise<Schema<"Assertion">> {
  const publicKey = await understood(() =>
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the browser checks what the API sends it
    PublicKeyCredential.parseRequestOptionsFromJSON(options as never),
  );
  const shown = await understood(() => navigator.credentials.get({ publicKey }));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what was asked for by a public key is one (WebAuthn, 5.1)
  return shownBy(shown) as Schema<"Assertion">;
}

/** Asks the browser; says in one of four ways why it did not answer. */
async function understood<Answer>(ask: () => Answer | Promise<Answer>): Promise<Answer> {
  if (
    !("PublicKeyCredential" in globalThis) ||
    !("parseRequestOptionsFromJSON" in PublicKeyCredential)
  ) {
    throw new PasskeyFailure("unsupported");
  }
  try {
    return await ask();
  } catch (error) {
    throw new PasskeyFailure(FAILURES[error instanceof Error ? error.name : ""] ?? "failed");
  }
}

function shownBy(credential: Credential | null): object {
  if (!(credential instanceof PublicKeyCredential)) {
    throw new PasskeyFailure("cancelled");
  }
  const shown: object = credential.toJSON();
  return shown;
}

/** An error as a form tells it: what the browser said of a passkey is put in words, the rest stays as it is. */
export function inWords(error: unknown, words: Words): unknown {
  if (!(error instanceof PasskeyFailure)) {
    return error;
  }
  const told: Problem = {
    ...words[error.failure],
    type: `/problems/passkey-${error.failure}`,
    status: 0,
    request_id: "",
    errors: [],
  };
  return told;
}
