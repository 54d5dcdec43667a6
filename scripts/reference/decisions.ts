import { readdirSync, readFileSync } from "node:fs";

const folder = new URL("../../docs/decisions/", import.meta.url);

/** docs/decisions/README.md: every decision by its title. */
export function decisionIndex(): string {
  const files = readdirSync(folder).filter((name) => /^\d{4}-.*\.md$/.test(name));
  const entries = files.toSorted().map((name) => {
    const [, title = name] = /^# (.*)$/m.exec(readFileSync(new URL(name, folder), "utf8")) ?? [];
    return `- [${title}](${name})`;
  });
  return ["# Decisions", "", "One page for each question that would be asked twice.", "", ...entries, ""].join("\n");
}
