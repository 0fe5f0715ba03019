import { Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Text, useText } from "#i18n/text.tsx";
import { AnchorButton } from "#ui/button.tsx";
import { Figures } from "#ui/figures.tsx";
import { Notice } from "#ui/notice.tsx";
import { Page, Section, StickyActions } from "#ui/page.tsx";
import { CallBudget } from "./call-budget.tsx";
import { CallChanges, ChangedSince, LastChange } from "./call-changes.tsx";
import { CallEligibility, EligibilityLine } from "./call-eligibility.tsx";
import { CallFollow, FOLLOW } from "./call-follow.tsx";
import { CallIdentity, CallMoney } from "./call-identity.tsx";
import css from "./call-page.module.css";
import { CallPill } from "./call-pill.tsx";
import { ApplyLink, ContactCard, Documents, Observations } from "./call-practical.tsx";
import { type Asking, CallQuestions } from "./call-questions.tsx";
import { CallRules, CallScope } from "./call-rules.tsx";
import { CallWaves, WavesCard } from "./call-waves.tsx";
import { DeadlineCard } from "./deadline-card.tsx";
import { SourceList, Sources } from "./sources.tsx";
import type { Answers } from "./structure.ts";
import { CalendarButton } from "./calendar-button.tsx";

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
  return (
    <Sources call={call}>
      <Page
        title={text(call.name)}
        fictitious={call.fictitious}
        head={<Head call={call} />}
        rail={
          <>
            <DeadlineCard call={call} />
            <div className={`${css.rail} laptop-only`}>
              <ApplyLink call={call} />
              <WavesCard call={call} />
              <ContactCard contact={call.contact} />
              <LastChange call={call} />
            </div>
          </>
        }
      >
        <div className="stack">
          <CallMoney call={call} />
          <EligibilityLine call={call} answers={answers} />
        </div>
        <ChangedSince call={call} />
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
        <CallScope call={call} />
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
        <CallFollow call={call} />
        <Section title={t.call.sources}>
          <SourceList />
          <p className="row small">
            <Link to="/appels">{t.call.back}</Link>
          </p>
        </Section>
        <StickyActions>
          <ApplyLink call={call} />
          <AnchorButton look="secondary" href={`#${FOLLOW}`}>
            {t.call.follow.act}
          </AnchorButton>
          {call.deadline !== null && <CalendarButton slug={call.slug} />}
        </StickyActions>
      </Page>
    </Sources>
  );
}

function Head({ call }: { call: Call }) {
  const { t } = useI18n();
  const { kind, programme, name, promise } = call;
  return (
    <div className="stack">
      <p className="row">
        <CallPill state={call.state} />
        <span className="soft">
          {t.codes.callKind[kind]}
          {programme !== null && (
            <span className="laptop-only">
              {" · "}
              <Text of={programme.name} />
            </span>
          )}
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
    </div>
  );
}
