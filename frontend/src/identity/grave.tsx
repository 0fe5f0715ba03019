/** Grave acts: where the API wants a fresh proof first, it is asked for in a window, and the act goes on. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, use, useCallback, useState } from "react";
import { $api } from "#api/client.ts";
import { useI18n } from "#i18n/context.tsx";
import { Dialog } from "#ui/dialog.tsx";
import { ME } from "./me.ts";
import { Proof } from "./proof.tsx";
import { isFreshProofNeeded } from "./refusals.ts";

/** Asks for a proof; answers whether it was given. */
type Prove = () => Promise<boolean>;

const Proving = createContext<Prove>(() => Promise.resolve(false));

/** Gives the pages inside a window in which to prove again who one is. */
export function ProofProvider({ children }: { children: ReactNode }) {
  const { t } = useI18n();
  const { data: me } = $api.useSuspenseQuery("get", ME);
  const [answer, setAnswer] = useState<((proved: boolean) => void) | null>(null);
  const prove = useCallback<Prove>(() => new Promise((resolve) => setAnswer(() => resolve)), []);

  function close(proved: boolean) {
    answer?.(proved);
    setAnswer(null);
  }

  return (
    <Proving value={prove}>
      {children}
      <Dialog open={answer !== null} onClose={() => close(false)} title={t.team.entry.fresh.title}>
        <p>{t.team.entry.fresh.lead}</p>
        {me.second_factors !== null && (
          <Proof held={me.second_factors} onProved={() => close(true)} />
        )}
      </Dialog>
    </Proving>
  );
}

/** Does an act; where a fresh proof is wanted, asks for it and does the act again. */
function useFreshly(): <Done>(act: () => Promise<Done>) => Promise<Done> {
  const prove = use(Proving);
  return async (act) => {
    try {
      return await act();
    } catch (error) {
      if (!isFreshProofNeeded(error) || !(await prove())) {
        throw error;
      }
      return await act();
    }
  };
}

/** A mutation that may need a fresh proof. What it changed is read again before `onDone`. */
export function useAct<Wish, Done>(
  { mutateAsync }: { mutateAsync: (wish: Wish) => Promise<Done> },
  onDone?: (done: Done, wish: Wish) => void,
) {
  const freshly = useFreshly();
  const queryClient = useQueryClient();
  return useMutation<Done, unknown, Wish>({
    mutationFn: (wish) => freshly(() => mutateAsync(wish)),
    onSuccess: async (done, wish) => {
      await queryClient.invalidateQueries();
      onDone?.(done, wish);
    },
  });
}
