import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect } from "react";
import { $api } from "#api/client.ts";
import { useI18n } from "#i18n/context.tsx";
import { Checkbox } from "#ui/choice.tsx";
import { useFormField } from "#ui/form-context.ts";

const NOTICE = "/api/v1/privacy-notice";

/** The version of the notice that the person says to have read; null while they did not. */
export function consentOf(data: FormData): string | null {
  const version = data.get("consent");
  return typeof version === "string" && version !== "" ? version : null;
}

/** Saying that one has read the privacy notice. A refusal may mean that it changed meanwhile: it is then read again. */
export function ConsentField() {
  const words = useI18n().t.registration.notice;
  const queryClient = useQueryClient();
  const { error } = useFormField("consent");
  const { data: notice } = $api.useQuery("get", NOTICE);
  useEffect(() => {
    if (error !== undefined) {
      void queryClient.invalidateQueries({ queryKey: ["get", NOTICE] });
    }
  }, [error, queryClient]);
  return (
    <Checkbox
      name="consent"
      value={notice?.version ?? ""}
      label={words.read}
      hint={
        <Link to="/confidentialite" target="_blank">
          {words.link}
        </Link>
      }
    />
  );
}
