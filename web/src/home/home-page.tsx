import SpaceBetween from "@cloudscape-design/components/space-between";
import type { statusContract } from "#contracts/platform/status.ts";
import type { ReplyOf } from "../client.ts";
import { Page } from "../frame/page.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { useRead } from "../queries.ts";
import { ClientSettings } from "./client-settings.tsx";
import { Dependencies } from "./dependencies.tsx";
import { Headline } from "./headline.tsx";
import { Work } from "./work.tsx";

/** What is running, what failed and what waits for somebody; the platform's health; how clients reach it. */
export function HomePage() {
  const status = useRead<ReplyOf<typeof statusContract, "getStatus">>("/capstan/v1/status");
  return (
    <Page title="Home" description={status.data && `Capstan ${status.data.version}`}>
      <Headline status={status.data} error={status.error} />
      <Work />
      <Loaded query={status}>
        {({ dependencies, clients }) => (
          <SpaceBetween size="l">
            <ClientSettings clients={clients} />
            <Dependencies dependencies={dependencies} />
          </SpaceBetween>
        )}
      </Loaded>
    </Page>
  );
}
