import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { pythonPath } from "#test/support/python.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folders = ["docs/guides", "docs/tutorials"];

/** A fenced block of a guide that readers are to run. */
interface Block {
  readonly language: "sh" | "python";
  readonly text: string;
  /** Lines that the guide shows as the block's output; `...` stands for anything. */
  readonly shown: readonly string[];
}

export interface Guide {
  /** Relative to the repository. */
  readonly file: string;
  readonly blocks: readonly Block[];
  /** What the guide tells its reader to start the platform with, after `npm start --`. */
  readonly startArgs: readonly string[];
}

function blocksOf(markdown: string): readonly Block[] {
  const blocks: Block[] = [];
  for (const [, heading = "", text = ""] of markdown.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)) {
    if (heading === "sh" || heading === "python") blocks.push({ language: heading, text, shown: [] });
    const before = blocks.at(-1);
    if (heading === "text output" && before) blocks.splice(-1, 1, { ...before, shown: text.trim().split("\n") });
  }
  return blocks;
}

function readGuide(file: string): Guide {
  const markdown = readFileSync(join(root, file), "utf8");
  const [, args = ""] = /^npm start -- ([^#\n]+)/m.exec(markdown) ?? [];
  return { file, blocks: blocksOf(markdown), startArgs: args.trim() === "" ? [] : args.trim().split(/ +/) };
}

/** Guides and tutorials that have something to run: those that need Python, or those that need a shell only. */
export function guides(need: "python" | "shell"): readonly Guide[] {
  const files = folders.flatMap((folder) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`));
  return files
    .filter((file) => file.endsWith(".md"))
    .map(readGuide)
    .filter(({ blocks }) => blocks.length > 0 && (need === "python") === blocks.some(({ language, text }) => language === "python" || /^python /m.test(text)));
}

/** The platform that a guide is run against. */
interface Platform {
  readonly url: string;
  readonly objectsUrl: string;
  readonly folder: string;
}

const separator = "\u001e";

/** All blocks as one script, each behind a separator; the platform of this test stands where the guide names the usual address. */
function scriptOf({ blocks }: Guide, { url, objectsUrl }: Platform): string {
  const lines = ["set -euo pipefail"];
  blocks.forEach(({ language, text }, index) => {
    const goesOn = language === "python" && blocks[index - 1]?.language === "python";
    const ends = language === "python" && blocks[index + 1]?.language !== "python";
    if (language === "sh") lines.push("printf '\\036\\n'", text);
    else lines.push(...(goesOn ? [] : ["python - <<'END_OF_PYTHON'"]), `print("\\x1e", flush=True)\n${text}`, ...(ends ? ["END_OF_PYTHON"] : []));
  });
  return lines
    .join("\n")
    .replaceAll("http://127.0.0.1:5000", url)
    .replaceAll("127.0.0.1:5000", new URL(url).host)
    .replaceAll("http://127.0.0.1:5100", objectsUrl);
}

function wanting(shown: string, output: string): boolean {
  const parts = shown.split("...").map((part) => part.trim().replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return !new RegExp(parts.join("[^\\n]*")).test(output);
}

const runScript = (cwd: string, env: NodeJS.ProcessEnv) =>
  new Promise<{ readonly failure: Error | null; readonly stdout: string; readonly stderr: string }>((resolve) => {
    execFile("bash", ["guide.sh"], { cwd, env, timeout: 240_000, maxBuffer: 2 ** 26 }, (failure, stdout, stderr) => resolve({ failure, stdout, stderr }));
  });

/**
 * Does what a guide says, block by block in one shell, in a folder that looks like the repository. Python blocks that follow each other
 * are one session, as their readers would have it.
 * @throws Error naming the block that failed, or the line of output that did not come
 */
export async function runGuide(guide: Guide, platform: Platform): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), `capstan-${basename(guide.file, ".md")}-`));
  for (const name of ["docs", "examples"]) symlinkSync(join(root, name), join(folder, name));
  symlinkSync(platform.folder, join(folder, ".capstan"));
  const own = Object.entries(process.env).filter(([name]) => !/^(AWS_|CAPSTAN_|MLFLOW_|VITEST|NODE_)/.test(name));
  const PATH = [dirname(pythonPath), dirname(process.execPath), process.env["PATH"]].join(delimiter);
  writeFileSync(join(folder, "guide.sh"), scriptOf(guide, platform));
  const { failure, stdout, stderr } = await runScript(folder, { ...Object.fromEntries(own), PATH });
  rmSync(folder, { recursive: true, force: true });
  const outputs = stdout.split(separator).slice(1);
  const name = (index: number) => `${guide.file}, the block that begins with "${guide.blocks[index]?.text.split("\n")[0]}"`;
  if (failure) throw new Error(`${name(outputs.length - 1)}: ${failure.message.split("\n")[0]}\n${outputs.at(-1)?.slice(-3000)}\n${stderr.slice(-3000)}`);
  guide.blocks.forEach(({ shown }, index) => {
    const output = outputs[index] ?? "";
    for (const line of shown) if (wanting(line, output)) throw new Error(`${name(index)}: should print ${line}\nit printed ${output.slice(0, 3000)}`);
  });
}
