import { Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Text, useText } from "#i18n/text.tsx";
import { Figures } from "#ui/figures.tsx";
import { Notice } from "#ui/notice.tsx";
import { Page, Section, StickyActions } from "#ui/page.tsx";
import { CallBudget } from "./call-budget.tsx";
import { CallChanges, ChangedSince } from "./call-changes.tsx";
import { CallEligibility, EligibilityLine } from "./call-eligibility.tsx";
import { CallIdentity, CallMoney } from "./call-identity.tsx";
import css from "./call-page.module.css";
import { CallPill } from "./call-pill.tsx";
import {
  ApplyLink,
  ContactCard,
  ContactLinks,
  Documents,
  Observations,
} from "./call-practical.tsx";
import { type Asking, CallQuestions } from "./call-questions.tsx";
import { CallRules } from "./call-rules.tsx";
import { CallWaves } from "./call-waves.tsx";
import { DeadlineCard } from "./deadline-card.tsx";
import { SourceList, Sources } from "./sources.tsx";
import type { Answers } from "./structure.ts";

/** What became of the waves before comes after what one decides on. */
const CallPast = lazy(async () => ({ default: (await import("./call-past.tsx")).CallPast }));

type Call = Schema<"CallRead">;

/** One call, whole: when, how much, for whom, by what rules, and who says so. */
export function CallPage({
  call,
  asking,
  answers,
  onAnswers,
}: {
  call: Call;
  asking: Asking;
  answers: Answers;
  onAnswers: (answers: Answers) => void;
}) {
  const { t } = useI18n();
  const text = useText();
  const isOpen = call.state === "open" || call.state === "closing";
  const hasActions = (isOpen && call.apply_url !== null) || call.contact !== null;
  return (
    <Sources call={call}>
      <Page
        title={text(call.name)}
        fictitious={call.fictitious}
        head={<Head call={call} answers={answers} />}
        rail={
          <>
            <DeadlineCard call={call} />
            <div className="stack laptop-only">
              <ApplyLink call={call} />
            </div>
            <div className="laptop-only">
              <ContactCard contact={call.contact} />
            </div>
          </>
        }
      >
        <ChangedSince call={call} />
        <CallMoney call={call} />
        {call.successor !== null && (
          <Notice tone="info">
            {t.call.successor}{" "}
            <Link to="/appels/$slug" params={{ slug: call.successor.slug }}>
              <Text of={call.successor.name} />
            </Link>{" "}
            <CallPill state={call.successor.state} />
          </Notice>
        )}
        {call.description !== null && (
          <p className={css.prose}>
            <Text of={call.description} />
          </p>
        )}
        <CallWaves call={call} />
        <CallEligibility call={call} answers={answers} onAnswers={onAnswers} />
        <CallRules call={call} />
        <CallBudget call={call} />
        <Section title={t.call.identity}>
          <CallIdentity call={call} />
        </Section>
        <div className="phone-only">
          <ContactCard contact={call.contact} />
        </div>
        <Suspense>
          <CallPast call={call} />
        </Suspense>
        <Documents documents={call.documents} />
        <CallQuestions call={call} asking={asking} />
        {call.figures.length > 0 && (
          <div id="chiffres" tabIndex={-1}>
            <Section title={t.call.figures}>
              <Figures sets={call.figures} />
            </Section>
          </div>
        )}
        <Observations observations={call.observations} />
        <CallChanges call={call} />
        <Section title={t.call.sources}>
          <SourceList />
          <p className="row small">
            <Link to="/appels">{t.call.back}</Link>
          </p>
        </Section>
        {hasActions && (
          <StickyActions>
            <ApplyLink call={call} />
            {call.contact !== null && <ContactLinks contact={call.contact} />}
          </StickyActions>
        )}
      </Page>
    </Sources>
  );
}

function Head({ call, answers }: { call: Call; answers: Answers }) {
  const { t } = useI18n();
  const text = useText();
  const { kind, programme, name, promise } = call;
  return (
    <div className="stack">
      <p className="row">
        <CallPill state={call.state} />
        <span className="soft">
          {[t.codes.callKind[kind], programme && text(programme.name)].filter(Boolean).join(" · ")}
        </span>
      </p>
      <h1>
        <Text of={name} />
      </h1>
      {promise !== null && (
        <p className="lead">
          <Text of={promise} />
        </p>
      )}
      <EligibilityLine call={call} answers={answers} />
    </div>
  );
}
