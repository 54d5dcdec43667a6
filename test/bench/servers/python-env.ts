import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const requirements = fileURLToPath(new URL("../requirements.txt", import.meta.url));
const folder = process.env["CAPSTAN_BENCH_VENV"] ?? fileURLToPath(new URL("../.venv", import.meta.url));

const run = (command: string, args: readonly string[]): void => {
  const { status } = spawnSync(command, args, { stdio: ["ignore", "inherit", "inherit"] });
  if (status !== 0) throw new Error(`could not make the Python environment of the peers: ${command} ${args.join(" ")}`);
};

/**
 * The folder of the peers' commands, in a virtual environment that is made when it is missing or its requirements changed:
 * `CAPSTAN_BENCH_VENV`, else `test/bench/.venv`. Takes about two minutes the first time.
 */
export function peerCommands(tell: (text: string) => void): string {
  const wanted = createHash("sha256").update(readFileSync(requirements)).digest("hex");
  const stamp = join(folder, "requirements.sha256");
  const commands = join(folder, "bin");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return commands;
  tell(`installing the peers in ${folder}`);
  rmSync(folder, { recursive: true, force: true });
  run("python3", ["-m", "venv", folder]);
  run(join(commands, "python"), ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", requirements]);
  writeFileSync(stamp, wanted);
  return commands;
}

/** The version of an installed distribution. */
export function versionOf(commands: string, distribution: string): string {
  const { stdout } = spawnSync(join(commands, "python"), ["-c", "import importlib.metadata as m, sys; print(m.version(sys.argv[1]))", distribution], {
    encoding: "utf8",
  });
  return stdout.trim();
}
