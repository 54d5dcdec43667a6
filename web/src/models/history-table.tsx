import Button from "@cloudscape-design/components/button";
import { address } from "../address.ts";
import { DataTable } from "../parts/data-table.tsx";
import { GoTo } from "../parts/go-to.tsx";
import { Moment } from "../parts/moment.tsx";
import { usePages } from "../queries.ts";
import { type Piece, piecesOf, textOf } from "./history-words.ts";
import { versionPage } from "./names.ts";
import type { HistoryReply, RegistryChange, RegistryEvent } from "./wire.ts";

interface HistoryTableProps {
  readonly model: string;
  /** Only what concerns this version. @default all of the model */
  readonly version?: string;
}

function Sentence({ event, model, version }: HistoryTableProps & { readonly event: RegistryEvent }) {
  const shown = (piece: Piece, at: number) => {
    if (typeof piece === "string") return piece;
    const name = `${at === 0 ? "Version" : "version"} ${piece}`;
    return String(piece) === version ? (
      name
    ) : (
      <GoTo key={at} href={versionPage(model, String(piece))}>
        {name}
      </GoTo>
    );
  };
  return <div className="name">{piecesOf(event).map(shown)}</div>;
}

/** Who it was: a person by name, an execution or a rollout as the way to its page. */
function By({ by, execution, rollout }: Pick<RegistryChange, "by" | "execution" | "rollout">) {
  return (
    <>
      {execution === undefined ? <div className="name">{by}</div> : <GoTo href={address(["pipelines", "executions", execution])}>{by}</GoTo>}
      {rollout && (
        <div>
          <GoTo href={address(["endpoints", rollout.endpointName, "rollouts", rollout.rolloutId])}>at endpoint {rollout.endpointName}</GoTo>
        </div>
      )}
    </>
  );
}

/** What became of a model, or of one version: each change with what it changed from, who made it and on whose account. */
export function HistoryTable({ model, version }: HistoryTableProps) {
  const query = usePages<HistoryReply>((pageToken) => address(["capstan", "v1", "models", model, "history"], { version, limit: 50, pageToken }));
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  return (
    <DataTable
      name="history"
      title="History"
      description={hasNextPage ? "The newest first; older changes are there to be read." : "The newest first, from the beginning."}
      items={query.data?.pages.flatMap(({ changes }) => changes)}
      query={query}
      rowKey={({ number }) => String(number)}
      empty="Nothing has changed since a history is kept."
      actions={
        hasNextPage && (
          <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Read older changes
          </Button>
        )
      }
      columns={[
        {
          id: "what",
          header: "What happened",
          cell: ({ events }) => events.map((event) => <Sentence key={textOf(event)} event={event} model={model} {...(version !== undefined && { version })} />),
          sortBy: ({ events }) => events.map(textOf).join(", "),
          isName: true,
        },
        { id: "by", header: "By", cell: By, sortBy: ({ by }) => by, searchBy: ({ by, rollout }) => `${by} ${rollout?.endpointName ?? ""}` },
        { id: "at", header: "When", cell: ({ at }) => <Moment at={at} />, sortBy: ({ number }) => number },
      ]}
    />
  );
}
