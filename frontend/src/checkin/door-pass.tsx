import { $api } from "#api/client.ts";
import type { Schema } from "#api/schemas.ts";
import { isoDay } from "#i18n/dates.ts";
import { Button } from "#ui/button.tsx";
import { Notice } from "#ui/notice.tsx";
import css from "./checkin.module.css";
import { useWords } from "./words.ts";

/** The door's QR code of today, for the other devices of the door to read off this one. */
export function DoorPass({ stop: { slug, zone } }: { stop: Schema<"DoorStop"> }) {
  const words = useWords().pass;
  const make = $api.useMutation("post", "/api/v1/manage/stops/{slug}/door-passes");
  const { data, error } = make;
  return (
    <section className="stack">
      <h2>{words.title}</h2>
      <p>{words.lead}</p>
      {data === undefined ? (
        <div className="row">
          <Button
            look="secondary"
            busy={make.isPending}
            onClick={() =>
              make.mutate({
                params: { path: { slug } },
                body: { day: isoDay(new Date(), zone), zone },
              })
            }
          >
            {words.act}
          </Button>
        </div>
      ) : (
        <img
          className={css.pass}
          src={`data:image/svg+xml,${encodeURIComponent(data.qr_svg)}`}
          alt={words.alt}
        />
      )}
      {error !== null && (
        <Notice tone="point" live>
          {words.team}
        </Notice>
      )}
    </section>
  );
}
