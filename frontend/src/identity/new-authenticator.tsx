import { useEffect, useRef } from "react";
import { $api } from "#api/client.ts";
import { useI18n } from "#i18n/context.tsx";
import { Button } from "#ui/button.tsx";
import { Field, TextInput } from "#ui/field.tsx";
import { Form } from "#ui/form.tsx";
import { ErrorState, Skeleton } from "#ui/states.tsx";
import { useAct } from "./grave.tsx";
import css from "./new-authenticator.module.css";
import { typed } from "./proof.tsx";

/** Enrols an authenticator app: its picture, then its first code; hands over the codes that stand for it once it is lost. */
export function NewAuthenticator({ onDone }: { onDone: (codes: readonly string[]) => void }) {
  const { t } = useI18n();
  const words = t.team.entry.app;
  const begin = useAct($api.useMutation("post", "/api/v1/me/authenticator"));
  const confirm = $api.useMutation("post", "/api/v1/me/authenticator/confirm", {
    onSuccess: ({ codes }) => onDone(codes),
  });
  const begun = useRef(false);
  const { mutate } = begin;
  useEffect(() => {
    // Each asking makes another secret: once, however often React looks.
    if (!begun.current) {
      begun.current = true;
      mutate({});
    }
  }, [mutate]);

  if (begin.error !== null) {
    return <ErrorState as="h3" error={begin.error} onRetry={() => mutate({})} />;
  }
  if (begin.data === undefined) {
    return <Skeleton lines={4} />;
  }
  const { secret, qr_svg: picture } = begin.data;
  return (
    <Form
      error={confirm.error}
      onSubmit={(data) => confirm.mutate({ body: { code: typed(data, "code") } })}
    >
      <div className={css.enrolment}>
        <img
          className={css.picture}
          src={`data:image/svg+xml,${encodeURIComponent(asDocument(picture))}`}
          alt={words.picture}
          width="200"
          height="200"
        />
        <div className="stack">
          <p>{words.scan}</p>
          <p>
            <span className="soft small">{words.typed}</span>
            <br />
            <code className={css.secret}>{inFours(secret)}</code>
          </p>
        </div>
      </div>
      <Field name="code" label={words.code} hint={t.team.entry.second.appHint}>
        <TextInput autoComplete="one-time-code" inputMode="numeric" spellCheck={false} />
      </Field>
      <div>
        <Button type="submit" busy={confirm.isPending}>
          {words.confirm}
        </Button>
      </div>
    </Form>
  );
}

/** An inline picture, as an image of its own. */
function asDocument(svg: string): string {
  return svg.includes("xmlns=")
    ? svg
    : svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"');
}

/** A key as one copies it by eye: four characters at a time. */
function inFours(secret: string): string {
  return secret.replaceAll(/.{4}(?=.)/g, "$& ");
}
