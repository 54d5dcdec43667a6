import type { statusContract } from "#contracts/platform/status.ts";
import type { ReplyOf } from "../client.ts";
import { ClientSettings } from "../home/client-settings.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { useRead } from "../queries.ts";

/** How each client is pointed at this platform. */
export function Clients() {
  const status = useRead<ReplyOf<typeof statusContract, "getStatus">>("/capstan/v1/status", { every: false });
  return <Loaded query={status}>{({ clients }) => <ClientSettings clients={clients} />}</Loaded>;
}
