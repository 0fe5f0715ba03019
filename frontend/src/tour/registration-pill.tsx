import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Pill, type Tone } from "#ui/pill.tsx";

const TONES: Record<Schema<"RegistrationState">, Tone> = {
  not_offered: "closed",
  not_yet: "coming",
  open: "open",
  closed: "closed",
};

/** Whether one can register at a stop; before that, whether it takes place. Says nothing where nothing was ever offered. */
export function RegistrationPill({
  stop: { status, registration },
}: {
  stop: Pick<Schema<"StopSummary">, "status" | "registration">;
}) {
  const { t } = useI18n();
  if (status !== "scheduled") {
    return <Pill tone="alarm">{t.codes.stopStatus[status]}</Pill>;
  }
  if (registration === "not_offered") {
    return null;
  }
  return <Pill tone={TONES[registration]}>{t.codes.registrationState[registration]}</Pill>;
}
