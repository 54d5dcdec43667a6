import Button from "@cloudscape-design/components/button";
import type { tokenContract } from "#contracts/platform/tokens.ts";
import { address } from "../address.ts";
import type { ReplyOf } from "../client.ts";
import { DataTable } from "../parts/data-table.tsx";
import { listPython } from "../parts/list-python.ts";
import { Moment } from "../parts/moment.tsx";
import { useChange, useRead } from "../queries.ts";
import { CreateToken } from "./create-token.tsx";

/** The access tokens in force, without their secrets. */
export function TokensTable() {
  const query = useRead<ReplyOf<typeof tokenContract, "listTokens">>("/capstan/v1/tokens");
  const { data } = query;
  const change = useChange();
  return (
    <DataTable
      name="tokens"
      title="Access tokens"
      description="Each speaks for a person or a machine, where authentication is on."
      items={data?.tokens}
      query={query}
      rowKey={({ tokenId }) => tokenId}
      empty="No token has been issued."
      actions={<CreateToken />}
      python={listPython("/capstan/v1/tokens", "tokens")}
      columns={[
        { id: "id", header: "Token", cell: ({ tokenId }) => tokenId, sortBy: ({ tokenId }) => tokenId, isName: true },
        { id: "principal", header: "Speaks for", cell: ({ principal }) => principal, sortBy: ({ principal }) => principal },
        { id: "created", header: "Issued", cell: ({ createdAt }) => <Moment at={createdAt} />, sortBy: ({ createdAt }) => createdAt, isTime: true },
        {
          id: "expires",
          header: "Expires",
          cell: ({ expiresAt }) => (expiresAt === null ? "never" : <Moment at={expiresAt} />),
          sortBy: ({ expiresAt }) => expiresAt ?? undefined,
          isTime: true,
        },
        {
          id: "revoke",
          header: "Revoke",
          cell: ({ tokenId, principal }) => (
            <Button
              variant="inline-link"
              ariaLabel={`Revoke the token ${tokenId} of ${principal}`}
              onClick={() => change.mutate({ method: "DELETE", path: address(["capstan", "v1", "tokens", tokenId]), done: `The token ${tokenId} is revoked.` })}
            >
              Revoke
            </Button>
          ),
        },
      ]}
    />
  );
}
