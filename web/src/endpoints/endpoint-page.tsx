import type { endpointContract } from "#contracts/platform/endpoints.ts";
import { address } from "../address.ts";
import type { ReplyOf } from "../client.ts";
import { Page } from "../frame/page.tsx";
import { useSegments } from "../frame/segments.ts";
import { Loaded } from "../parts/loaded.tsx";
import { TabSet } from "../parts/tab-set.tsx";
import { useRead } from "../queries.ts";
import { ClientSnippets } from "./client-snippets.tsx";
import { EndpointActions } from "./endpoint-actions.tsx";
import { EndpointHistory } from "./endpoint-history.tsx";
import { EndpointOverview } from "./endpoint-overview.tsx";
import { Replay } from "./replay/replay.tsx";
import { RolloutsTable } from "./rollouts-table.tsx";
import { TryIt } from "./try/try-it.tsx";

/** One endpoint: what answers, how well, and what is taking over. */
export function EndpointPage() {
  const [, name = ""] = useSegments();
  const query = useRead<ReplyOf<typeof endpointContract, "getEndpoint">>(address(["capstan", "v1", "endpoints", name]), { every: 2500 });
  return (
    <Page title={name} description={query.data?.endpoint.description || undefined} actions={query.data && <EndpointActions endpoint={query.data.endpoint} />}>
      <Loaded query={query}>
        {({ endpoint }) => (
          <TabSet
            label="Endpoint"
            tabs={[
              { id: "overview", label: "Overview", content: <EndpointOverview endpoint={endpoint} /> },
              { id: "rollouts", label: "Rollouts", content: <RolloutsTable endpoint={endpoint} /> },
              { id: "replay", label: "Replay", content: <Replay name={name} /> },
              { id: "try", label: "Try it", content: <TryIt endpoint={endpoint} /> },
              { id: "clients", label: "Clients", content: <ClientSnippets endpoint={endpoint} /> },
              { id: "history", label: "History", content: <EndpointHistory name={name} /> },
            ]}
          />
        )}
      </Loaded>
    </Page>
  );
}
