import type { LogLine } from "#contracts/platform/step-logs.ts";

/** A line's fields as text: names and values, what is deep as JSON. */
export const fieldsText = ({ fields = {} }: LogLine): string =>
  Object.entries(fields)
    .map(([name, value]) => `${name}=${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join("  ");

/** A line as one copies it: time in UTC, level, message, fields. */
export const lineText = (line: LogLine): string =>
  [new Date(line.time).toISOString(), line.level.padEnd(5), line.message, fieldsText(line)].filter((part) => part !== "").join("  ");

/** Lines in which every word of the filter is found, in whatever case. */
export function filtered(lines: readonly LogLine[], filter: string): readonly LogLine[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return lines;
  return lines.filter((line) => {
    const text = lineText(line).toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
