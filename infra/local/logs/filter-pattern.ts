import { AwsError } from "../aws/aws-error.ts";

const term = /^\(?\s*\$\.(\w+)\s*=\s*"((?:[^"\\]|\\.)*)"\s*\)?$/;

/**
 * The filter patterns of CloudWatch Logs that this machine knows: members of a JSON document that must be texts, joined by `&&`
 * (CloudWatch Logs user guide, "Filter pattern syntax").
 * @throws AwsError InvalidParameterException for any other
 */
export function readPattern(pattern: string): ReadonlyMap<string, string> {
  const inside = /^\{(.*)\}$/s.exec(pattern.trim())?.[1] ?? "";
  const members = inside.split("&&").map((part) => {
    const [, name, text] = term.exec(part.trim()) ?? [];
    if (name === undefined || text === undefined)
      throw new AwsError("InvalidParameterException", `filterPattern must be like { $.name = "text" && $.other = "text" } on this machine, got ${pattern}`);
    return [name, JSON.parse(`"${text}"`) as string] as const;
  });
  return new Map(members);
}

/** Whether a line is a JSON document with these members. */
export function holds(members: ReadonlyMap<string, string>, line: string): boolean {
  try {
    const document = JSON.parse(line) as Readonly<Record<string, unknown>> | null;
    return [...members].every(([name, text]) => document?.[name] === text);
  } catch {
    return false;
  }
}
