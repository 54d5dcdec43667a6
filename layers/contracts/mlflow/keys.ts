import * as z from "zod";

/** Letters, digits and underscore of every script (Python's `\w`), slash, dot, dash, colon and space. */
const allowed = /^[/\p{L}\p{N}_.\-: ]*$/u;

/** What is left of a path once `.`, `..` and empty segments are taken out, as POSIX normalisation does. */
function normalized(path: string): string {
  const kept: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === ".." && kept.length > 0 && kept.at(-1) !== "..") kept.pop();
    else kept.push(part);
  }
  return `${path.startsWith("/") ? "/" : ""}${kept.join("/")}`;
}

/** True when a name, read as a relative path, names itself: keys become file names in artifact stores and exports. */
export const isCleanPath = (name: string) =>
  name !== "" && name !== "." && !name.startsWith("..") && !name.startsWith("/") && (!name.includes("/") || normalized(name) === name);

/** Characters as Python counts them: a pair of surrogates is one. */
export const characters = (text: string) => (text.length > 250 || /[\ud800-\udfff]/.test(text) ? Array.from(text).length : text.length);

/** Keys of metrics, params and tags (MLflow 3.17.2's rules): at most 250 characters of the allowed ones, and path-clean. */
export const entityKey = z
  .string()
  .refine((key) => characters(key) <= 250, { error: (issue) => `must be at most 250 characters, got ${characters(String(issue.input))}`, abort: true })
  .refine((key) => allowed.test(key), {
    error: "may hold only letters, digits, underscores (_), dashes (-), periods (.), spaces ( ), colons (:) and slashes (/)",
    abort: true,
  })
  .refine(isCleanPath, { error: "must not resolve to another name when read as a relative file path" });

/** At most `most` characters; what is beyond is dropped, as MLflow's server does. */
export function truncated(text: string, most: number): string {
  if (text.length <= most) return text;
  return Array.from(text).slice(0, most).join("");
}
