import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../..", import.meta.url));

/** Every Markdown file of the project, relative to its root; what git ignores is not the project's. */
export const markdownFiles = (): readonly string[] =>
  execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.md"], { cwd: root, encoding: "utf8" })
    .split("\n")
    .filter((file) => file !== "" && existsSync(join(root, file)));

const withoutFences = (markdown: string) => markdown.replaceAll(/^```.*\n[\s\S]*?^```$/gm, "");

export const read = (file: string): string => readFileSync(join(root, file), "utf8");

/** Anchors of a document's headings, as GitHub makes them. */
function anchorsOf(file: string): readonly string[] {
  const headings = [...withoutFences(read(file)).matchAll(/^#+ (.*)$/gm)].map(([, text = ""]) => text);
  return headings.map((text) =>
    text
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

/** Links within the project that lead nowhere, as `target`. */
export function brokenLinks(file: string): readonly string[] {
  const links = [...withoutFences(read(file)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
  return links.filter((target) => {
    if (/^[a-z]+:/.test(target)) return false;
    const [path = "", anchor] = target.split("#");
    const found = path === "" ? file : normalize(join(dirname(file), path));
    return !existsSync(join(root, found)) || (anchor !== undefined && !anchorsOf(found).includes(anchor));
  });
}

const folders = /^(docs|examples|functions|infra|layers|scripts|statemachines|test|web)\//;
/** Made by a command, so that a fresh checkout lacks them. */
const made = /^(web\/dist|docs\/reference\/benchmarks\.md)/;

/** Paths in code spans and commands that begin with a folder of the project and name nothing there. */
export function missingFiles(file: string): readonly string[] {
  const words = read(file)
    .replaceAll(/\]\([^)]*\)/g, "")
    .split(/[\s`"'()|=]+/);
  return words
    .map((word) => word.replace(/^@/, "").replace(/[:,.;/]+$/, ""))
    .filter((word) => folders.test(word) && !made.test(word) && !/[<>*{}$…]|\.\.\.|NNNN/.test(word) && !existsSync(join(root, word)));
}
