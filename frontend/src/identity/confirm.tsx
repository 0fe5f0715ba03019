import type { ReactNode } from "react";
import { useI18n } from "#i18n/context.tsx";
import { Button } from "#ui/button.tsx";
import { Dialog } from "#ui/dialog.tsx";
import { Form } from "#ui/form.tsx";

/** Asks, before something that is hard to take back. */
export function Confirm({
  open,
  title,
  label,
  act: { error, isPending },
  onConfirm,
  onClose,
  children,
}: {
  open: boolean;
  title: string;
  label: string;
  act: { error: unknown; isPending: boolean };
  onConfirm: () => void;
  onClose: () => void;
  children: ReactNode;
}) {
  const { t } = useI18n();
  return (
    <Dialog open={open} onClose={onClose} title={title}>
      <p>{children}</p>
      <Form error={error} onSubmit={onConfirm}>
        <div className="row">
          <Button type="submit" busy={isPending}>
            {label}
          </Button>
          <Button look="secondary" onClick={onClose}>
            {t.team.cancel}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
