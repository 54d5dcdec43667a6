import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { statusContract } from "#contracts/platform/status.ts";
import type { ReplyOf } from "../client.ts";

/** The platform's health in a sentence, said aloud when it changes. */
export function Headline({ status, error }: { readonly status: ReplyOf<typeof statusContract, "getStatus"> | undefined; readonly error: Error | null }) {
  return (
    <div role="status">
      {error && <StatusIndicator type="error">The platform does not answer: {error.message}</StatusIndicator>}
      {!error && !status && <StatusIndicator type="loading">Asking the platform how it is.</StatusIndicator>}
      {!error && status?.ok === true && <StatusIndicator type="success">Everything answers.</StatusIndicator>}
      {!error && status?.ok === false && <StatusIndicator type="error">Something the platform stands on does not answer.</StatusIndicator>}
    </div>
  );
}
