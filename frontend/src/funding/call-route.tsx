import type { ReactNode } from "react";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { When } from "#ui/moment.tsx";
import { RouteLine } from "#ui/route-line.tsx";
import { WaveName } from "./wave-name.tsx";
import { dayOf, type Step, stepsOf } from "./waves.ts";

/** The waves of a call on one road, with today; nothing where no wave is stated. */
export function CallRoute({ call }: { call: Schema<"CallRead"> }) {
  const { t, now } = useI18n();
  const steps = stepsOf(call.waves, now, call.halt !== null);
  return (
    steps.length > 0 && (
      <RouteLine
        label={call.waves.length > 1 ? t.call.route.title : t.call.route.titleOne}
        points={steps.map((step) => ({
          id: step.id,
          state: step.state,
          title: <StepTitle step={step} />,
          detail: <StepDetail step={step} />,
        }))}
      />
    )
  );
}

function StepTitle({ step: { what, wave } }: { step: Step }): ReactNode {
  const { t } = useI18n();
  const words = t.call.route;
  switch (what) {
    case "now":
      return words.today;
    case "opens":
      return words.opens;
    case "closes":
      return words.closes;
    case "results":
      return words.results;
    case "endless":
      return words.noEnd;
    case "wave":
      return wave === null ? null : <WaveName wave={wave} />;
  }
}

function StepDetail({ step: { what, wave, moment } }: { step: Step }): ReactNode {
  const { t } = useI18n();
  if (what === "now" || what === "endless") {
    return null;
  }
  const verb = wave?.state === "to_come" && wave.opens !== null ? "opensOn" : "closesOn";
  return (
    <>
      {what === "wave" && wave?.state !== "closed" && <>{t.call.route[verb]} </>}
      {what === "wave" && wave?.state === "closed" && <>{t.codes.waveState.closed} </>}
      {moment === null ? (
        t.ui.notStated
      ) : (
        <When moment={what === "results" ? dayOf(moment) : moment} zone={false} />
      )}
    </>
  );
}
