import { ReasonDialog } from "../parts/reason-dialog.tsx";
import { useChange } from "../queries.ts";
import type { Endpoint } from "./wire.ts";

interface RevokeVersionProps {
  readonly name: string;
  readonly version: string;
  /** Endpoints that have it. */
  readonly serving: readonly Endpoint[];
  readonly isRevoked: boolean;
}

const consequence = (version: string, serving: readonly Endpoint[]): string => {
  const sole = serving.filter(({ variants }) => variants.every((it) => it.weight === 0 || it.modelVersion === version)).map(({ name }) => name);
  if (serving.length === 0) return "No endpoint has it now.";
  const names = serving.map(({ name }) => name).join(", ");
  return sole.length === 0
    ? `Stops within seconds at ${names}; the other variants go on.`
    : `Stops within seconds at ${names}. Nothing else answers at ${sole.join(", ")}.`;
};

/** Stops a version everywhere and for good, with a reason. */
export function RevokeVersion({ name, version, serving, isRevoked }: RevokeVersionProps) {
  const change = useChange();
  const revoke = (reason: string) =>
    change.mutate({
      path: "/capstan/v1/model-revocations",
      body: { modelName: name, modelVersion: version, reason },
      done: `Version ${version} of ${name} is revoked.`,
    });
  return (
    <ReasonDialog
      action="Revoke"
      disabled={isRevoked || change.isPending}
      question={
        <>
          <p className="name">
            No endpoint will answer with version {version} of {name} again. This cannot be taken back: the same bytes are refused under any version.
          </p>
          <p className="name">{consequence(version, serving)}</p>
        </>
      }
      confirm={revoke}
    />
  );
}
