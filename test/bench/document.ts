import { verdictOf } from "./measurement.ts";
import type { Recorded } from "./results.ts";
import { rowsOf } from "./table.ts";

const row = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;

function section({ area, measurements, versions, notes, machine, seconds }: Recorded): readonly string[] {
  const { processor, cores, memoryGb, system, node, date } = machine;
  const sides = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const [heading = [], ...rows] = rowsOf(measurements);
  return [
    `## ${area}`,
    "",
    `${date}, ${cores} cores of ${processor}, ${memoryGb} GB, ${system}, Node ${node}; ${sides.join("; ")}. Windows of ${seconds} s.`,
    "",
    row(heading),
    row(heading.map((_, column) => (column < 2 ? "---" : "---:"))),
    ...rows.map(row),
    "",
    ...notes.map((note) => `- ${note}`),
    "",
  ];
}

/** docs/reference/benchmarks.md: the last run of every area. */
export function benchmarkDocument(areas: readonly Recorded[]): string {
  const verdicts = areas.flatMap(({ measurements }) => measurements.map(verdictOf));
  const count = (verdict: string) => verdicts.filter((one) => one === verdict).length;
  return [
    "# Benchmarks",
    "",
    `Written by \`npm run bench -- all --peers\` from what it measured: ${count("ok")} goals met, ${count("missed")} missed.`,
    "",
    "Both sides run on the same machine, one measurement right after the other, with the load generator beside them: read the ratio, not the times.",
    "`per core` is requests a second divided by the cores that the server's processes used (CPU time from /proc). `foreign` is the cores that other",
    "processes used during our window and the peer's; above 0.2 a window is measured once more and the quieter one counts. Figures in `ms` and `MB` are",
    "better when they are lower, `ratio` is always how many times better Capstan is, and the `per core` beside it the same of requests a second and core.",
    "",
    ...areas.flatMap(section),
  ].join("\n");
}
