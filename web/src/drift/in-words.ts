import type { MonitorReply, ReportReply } from "./wire.ts";

type Thresholds = ReportReply["thresholds"];
type Rule = ReportReply["findings"][number]["rule"];
type Levels = Thresholds["numeric"];

const share = (value: number) => `${Number((value * 100).toPrecision(3))} %`;
const plain = (value: number) => String(Number(value.toPrecision(3)));
const levels = ({ notice, warning, alert }: Levels, text: (value: number) => string) =>
  `a notice from ${notice < 1e-6 ? "the first row" : text(notice)}, a warning from ${text(warning)}, an alert from ${text(alert)}`;

/** When a rule calls a change a change, as a sentence for each. */
export const thresholdSentences = (it: Thresholds): readonly (readonly [rule: Exclude<Rule, "schema"> | "whole", sentence: string])[] => [
  [
    "distribution",
    `Numbers that moved, in standard deviations of the reference: ${levels(it.numeric, plain)}. Categories, as Jensen-Shannon distance: ${levels(it.categorical, plain)}. Either only where the adjusted p-value is below ${it.significance}.`,
  ],
  ["missing", `Change of the share of missing values: ${levels(it.missing, share)}.`],
  ["newCategory", `Rows with a category that the reference does not have: ${levels(it.newCategory, share)}.`],
  ["outOfRange", `Values outside the reference's range: ${levels(it.outOfRange, share)}.`],
  ["duplicates", `Increase of the share of rows that repeat another one: ${levels(it.duplicates, share)}.`],
  ["correlation", `Change of the correlation of two numeric columns: ${levels(it.correlation, plain)}.`],
  [
    "whole",
    `The window is an alert where ${share(it.driftShare)} of the columns drifted and they are at least three. A column with fewer than ${it.minRows} values on either side is not judged.`,
  ],
];

const windows = (count: number) => (count === 1 ? "window" : `${count} windows`);

/** How the alarm is raised and cleared, and where it stands. */
export function alarmSentences({ alarm: { raise, clear }, status }: Pick<MonitorReply, "alarm" | "status">): readonly string[] {
  const rule = `It is raised when ${raise.windows === raise.of ? (raise.of === 1 ? "one window has" : `${raise.of} windows in a row have`) : `${raise.windows} of the last ${raise.of} windows have`} a score of ${raise.score} or more (1 is the alert threshold), and cleared after ${clear.windows === 1 ? "one window" : `${clear.windows} windows in a row`} below ${clear.score}. Windows without enough rows count for neither.`;
  const standing = {
    ok: "Now nothing counts against it.",
    pending: "Now at least one of the last windows breached, too few to raise it.",
    alarm: `Now it is raised, and stays so until ${windows(clear.windows)} in a row ${clear.windows === 1 ? "is" : "are"} quiet.`,
  }[status.state];
  return [rule, standing];
}
