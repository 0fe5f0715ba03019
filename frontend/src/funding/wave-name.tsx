import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Text } from "#i18n/text.tsx";

/** What a wave is called: its own name, or its rank. */
export function WaveName({ wave }: { wave: Schema<"WaveRead"> }) {
  const { t } = useI18n();
  return wave.name === null ? t.call.route.wave(wave.rank) : <Text of={wave.name} />;
}
