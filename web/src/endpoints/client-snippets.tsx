import SpaceBetween from "@cloudscape-design/components/space-between";
import { Card } from "../parts/card.tsx";
import { CopyLine } from "../parts/copy-line.tsx";
import { snippets } from "./snippets.ts";
import type { EndpointReply } from "./wire.ts";

/** Code that asks this endpoint, ready to be copied. */
export function ClientSnippets({ endpoint }: { readonly endpoint: EndpointReply }) {
  return (
    <SpaceBetween size="l">
      {snippets(endpoint, window.location.origin).map(([client, code]) => (
        <Card key={client} title={client}>
          <CopyLine text={code} label={`Copy the code for ${client}`} />
        </Card>
      ))}
    </SpaceBetween>
  );
}
