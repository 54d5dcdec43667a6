import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { invalid } from "#core/errors.ts";
import { startScript } from "./script-process.ts";

export interface InstallOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What the installation says goes here, before what the script says. */
  readonly logFile: string;
  readonly stopped: AbortSignal;
}

export interface ScriptEnvironments {
  /** The interpreter that environments are made from. */
  readonly python: string;
  /** The interpreter for the script of a folder: one of its own where a requirements.txt lies beside it. @throws DomainError when that cannot be installed */
  pythonFor(code: string, options: InstallOptions): Promise<string>;
}

const marker = "installed";
const shownLines = 5;

/** Run by the interpreter that an environment is made from: its packages stay visible there, as an image's are to what is installed in it. */
const inheritPackages = `
import glob, os, site, sys
[target] = glob.glob(os.path.join(sys.argv[1], "lib", "python*", "site-packages"))
own = site.getsitepackages() + ([site.getusersitepackages()] if site.ENABLE_USER_SITE else [])
open(os.path.join(target, "inherited.pth"), "w").write("\\n".join(own) + "\\n")
`;

/** The text of requirements.txt and of every file beside the script that a line of it names. */
async function identityOf(code: string, text: string, python: string): Promise<string> {
  const hash = createHash("sha256").update(`${python}\n${text}`);
  for (const line of text.split("\n")) {
    const name = line.replace(/^\s*(-r|-c|-e|--\w+)?\s*/, "").trim();
    const beside = /^\.?\.?\/|\.(whl|txt|gz|zip)$/.test(name) ? await readFile(join(code, name)).catch(() => "") : "";
    hash.update(beside);
  }
  return hash.digest("hex").slice(0, 16);
}

/** Environments by what is installed in them, each made once, below `folder`. */
export function scriptEnvironments(folder: string, python: string): ScriptEnvironments {
  const making = new Map<string, Promise<void>>();

  async function run(command: readonly string[], code: string, { environment, logFile, stopped }: InstallOptions): Promise<void> {
    const said: string[] = [];
    const script = startScript({ command, folder: code, environment, logFile, killAfterSeconds: 5, line: (text) => said.push(text) });
    const stop = () => script.stop();
    stopped.addEventListener("abort", stop, { once: true });
    const { exitCode, trouble } = await script.ended;
    stopped.removeEventListener("abort", stop);
    if (exitCode !== 0) throw invalid(`requirements.txt could not be installed: ${trouble || said.slice(-shownLines).join("\n")}`);
  }

  async function make(place: string, code: string, options: InstallOptions): Promise<void> {
    if ((await readFile(join(place, marker), "utf8").catch(() => "")) !== "") return;
    await rm(place, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    const own = join(place, "bin", "python");
    await run([python, "-m", "venv", place], code, options);
    await run([python, "-c", inheritPackages, place], code, options);
    await run([own, "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "-r", "requirements.txt"], code, options);
    await writeFile(join(place, marker), `${new Date().toISOString()}\n`);
  }
  /** One at a time makes an environment; whoever waited for one that was stopped tries itself. */
  async function ready(place: string, code: string, options: InstallOptions): Promise<void> {
    const others = making.get(place);
    if (others) return await others.catch(() => ready(place, code, options));
    const own = make(place, code, options).finally(() => making.delete(place));
    making.set(place, own);
    await own;
  }
  return {
    python,
    async pythonFor(code, options) {
      const text = await readFile(join(code, "requirements.txt"), "utf8").catch(() => undefined);
      if (text === undefined) return python;
      const place = join(folder, await identityOf(code, text, python));
      await ready(place, code, options);
      return join(place, "bin", "python");
    },
  };
}
