import SegmentedControl from "@cloudscape-design/components/segmented-control";

const periods = [
  { id: "5", text: "5 min" },
  { id: "60", text: "1 h" },
  { id: "360", text: "6 h" },
  { id: "1440", text: "1 d" },
];

/** Over which last minutes figures are taken. */
export function PeriodChoice({ minutes, choose }: { readonly minutes: string; readonly choose: (minutes: string) => void }) {
  return <SegmentedControl label="Period" selectedId={minutes} options={periods} onChange={({ detail }) => choose(detail.selectedId)} />;
}
