import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import LiveRegion from "@cloudscape-design/components/live-region";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { address } from "../address.ts";
import { Card } from "../parts/card.tsx";
import { GoTo } from "../parts/go-to.tsx";
import { ReasonDialog } from "../parts/reason-dialog.tsx";
import { useChange } from "../queries.ts";
import { previewOf, type Shares, withShare } from "./weight-preview.ts";
import { WeightRow } from "./weight-row.tsx";
import type { EndpointReply } from "./wire.ts";

const sharesOf = ({ variants }: EndpointReply): Shares => Object.fromEntries(variants.map(({ name, weight }) => [name, weight]));

interface Draft {
  /** The shares that the draft was made from: others since then are not overwritten unseen. */
  readonly revision: number;
  readonly shares: Shares;
}

/** Shares the traffic out anew: what would follow is said before it is done. A rollout under way holds the shares. */
export function WeightSliders({ endpoint }: { readonly endpoint: EndpointReply }) {
  const [draft, setDraft] = useState<Draft>();
  const change = useChange();
  const { name, variants, revision, rolloutId, assignment } = endpoint;
  const present = sharesOf(endpoint);
  const shares = draft?.shares ?? present;
  const isStale = draft !== undefined && draft.revision !== revision;
  const apply = (reason: string) => {
    const body = { weights: shares, reason, expectedRevision: draft?.revision ?? revision };
    const path = address(["capstan", "v1", "endpoints", name, "weights"]);
    const undo = { method: "PUT", path, body: { weights: present, reason: `taken back: ${reason}` }, done: "The shares are as they were." } as const;
    change.mutate({ method: "PUT", path, body, done: `The traffic of ${name} is shared out anew.`, undo });
    setDraft(undefined);
  };
  if (variants.length < 2) return null;
  return (
    <Card
      title="Traffic shares"
      description="Always 100 % together: the other variants fill what one leaves, in their proportions."
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          <Button disabled={draft === undefined} onClick={() => setDraft(undefined)}>
            Reset
          </Button>
          <ReasonDialog
            action="Apply shares"
            question={previewOf(present, shares, assignment.mode === "sticky")}
            confirm={apply}
            disabled={draft === undefined || isStale || change.isPending || rolloutId !== undefined}
            primary
          />
        </SpaceBetween>
      }
    >
      <SpaceBetween size="m">
        {rolloutId !== undefined && (
          <Alert type="info">
            Rollout <GoTo href={address(["endpoints", name, "rollouts", rolloutId])}>{rolloutId}</GoTo> holds the shares until it ends. To set them by hand,
            promote it, roll it back or abort it first.
          </Alert>
        )}
        {isStale && <Alert type="warning">The endpoint has changed since you began. Reset to see its shares of now.</Alert>}
        <div>
          {variants.map((variant) => (
            <WeightRow
              key={variant.name}
              variant={variant}
              share={shares[variant.name] ?? 0}
              change={(share) => setDraft({ revision: draft?.revision ?? revision, shares: withShare(shares, variant.name, share) })}
              disabled={rolloutId !== undefined}
            />
          ))}
        </div>
        <LiveRegion>{draft ? previewOf(present, shares, assignment.mode === "sticky") : ""}</LiveRegion>
      </SpaceBetween>
    </Card>
  );
}
