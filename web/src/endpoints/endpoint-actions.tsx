import SpaceBetween from "@cloudscape-design/components/space-between";
import { DeleteEndpoint } from "./delete-endpoint.tsx";
import { RevokeVersion } from "./revoke-version.tsx";
import type { EndpointReply } from "./wire.ts";

/** What can be done with an endpoint as a whole. */
export function EndpointActions({ endpoint }: { readonly endpoint: EndpointReply }) {
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <RevokeVersion endpoint={endpoint} />
      <DeleteEndpoint endpoint={endpoint} />
    </SpaceBetween>
  );
}
