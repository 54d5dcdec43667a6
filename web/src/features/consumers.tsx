import { DataTable } from "../parts/data-table.tsx";
import { useRead } from "../queries.ts";
import type { ServicesReply } from "./wire.ts";

/** Feature services that read a view, and what they read of it. */
export function Consumers({ view }: { readonly view: string }) {
  const query = useRead<ServicesReply>("/capstan/v1/features/services?pageSize=1000");
  const readOf = (features: readonly string[]) => features.flatMap((reference) => (reference.startsWith(`${view}:`) ? [reference.slice(view.length + 1)] : []));
  const services = query.data?.services.filter(({ features }) => readOf(features).length > 0);
  return (
    <DataTable
      name="consumers"
      title="Read by"
      query={query}
      items={services}
      filtering={(services?.length ?? 0) > 10}
      rowKey={({ name }) => name}
      empty="No feature service reads this view. Training requests and clients may still name its features one by one."
      columns={[
        { id: "name", header: "Feature service", cell: ({ name }) => name, sortBy: ({ name }) => name, isName: true },
        { id: "owner", header: "Owner", cell: ({ owner }) => <span className="named">{owner || "-"}</span>, sortBy: ({ owner }) => owner },
        {
          id: "features",
          header: "Features",
          cell: ({ features }) => <span className="two-lines">{readOf(features).join(", ")}</span>,
          sortBy: ({ features }) => readOf(features).join(", "),
        },
      ]}
    />
  );
}
