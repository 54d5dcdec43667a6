import Button from "@cloudscape-design/components/button";
import { DataTable } from "../../parts/data-table.tsx";
import { useDates } from "../../parts/dates.ts";
import { GoTo } from "../../parts/go-to.tsx";
import { kinds, type Mark } from "./marks.ts";

interface MarksTableProps {
  /** Of the stretch that is seen, the earliest first. */
  readonly marks: readonly Mark[];
  /** The last mark by the instant. */
  readonly present: Mark | undefined;
  readonly move: (at: number) => void;
}

/** The marks of the track as rows, the latest first, each with the way to its instant. */
export function MarksTable({ marks, present, move }: MarksTableProps) {
  const dates = useDates();
  return (
    <DataTable
      name="marks"
      title="What happened"
      items={marks.toReversed()}
      rowKey={({ id }) => id}
      empty="Nothing happened in this stretch."
      columns={[
        {
          id: "at",
          header: "When",
          cell: (mark) => (
            <Button variant="inline-link" ariaLabel={`Go to ${dates.full(mark.at)}: ${mark.title}`} onClick={() => move(mark.at)}>
              {mark.id === present?.id ? `▸ ${dates.full(mark.at)}` : dates.full(mark.at)}
            </Button>
          ),
          sortBy: ({ at }) => at,
          isName: true,
        },
        { id: "kind", header: "Kind", cell: ({ kind }) => kinds[kind], sortBy: ({ kind }) => kinds[kind] },
        {
          id: "title",
          header: "What",
          cell: ({ title, href }) => <span className="name">{href === undefined ? title : <GoTo href={href}>{title}</GoTo>}</span>,
          sortBy: ({ title }) => title,
        },
        { id: "by", header: "By", cell: ({ by }) => <span className="named">{by}</span>, sortBy: ({ by }) => by },
        { id: "reason", header: "Why", cell: ({ reason }) => <span className="name">{reason || "-"}</span>, sortBy: ({ reason }) => reason },
      ]}
    />
  );
}
