import type { endpointContract } from "#contracts/platform/endpoints.ts";
import type { ReplyOf } from "../client.ts";
import { Page } from "../frame/page.tsx";
import { ErrorCard } from "../parts/error-card.tsx";
import { useRead } from "../queries.ts";
import { CreateEndpoint } from "./create-endpoint.tsx";
import { EndpointList } from "./endpoint-list.tsx";

/** Every endpoint, with its traffic. */
export function EndpointsPage() {
  const { data, error, refetch } = useRead<ReplyOf<typeof endpointContract, "listEndpoints">>("/capstan/v1/endpoints?pageSize=1000");
  return (
    <Page title="Endpoints" description="Names that answer predictions, and the model versions that do so." actions={<CreateEndpoint />}>
      {error && !data ? <ErrorCard error={error} retry={() => void refetch()} /> : <EndpointList endpoints={data?.endpoints} />}
    </Page>
  );
}
