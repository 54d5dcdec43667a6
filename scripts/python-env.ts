/**
 * Makes `.venv` with the Python clients that the compatibility tests run, unless it is there and up to date.
 * Prints the interpreter's path. Exits 1 under CI=true where no Python >= 3.10 is found, else says what will be left out.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const requirements = `${root}test/compat/requirements.txt`;
const folder = `${root}.venv`;
const interpreter = `${folder}/bin/python`;
const stamp = `${folder}/requirements.sha256`;

const run = (command: string, args: readonly string[]) => spawnSync(command, args, { stdio: ["ignore", "inherit", "inherit"] }).status === 0;

function findPython(): string | undefined {
  const isRecent = "import sys; sys.exit(0 if sys.version_info >= (3, 10) else 1)";
  return ["python3.12", "python3.11", "python3.10", "python3", "python"].find((name) => spawnSync(name, ["-c", isRecent]).status === 0);
}

const wanted = createHash("sha256").update(readFileSync(requirements)).digest("hex");
const upToDate = existsSync(stamp) && readFileSync(stamp, "utf8") === wanted && existsSync(interpreter);
const python = upToDate ? interpreter : findPython();

if (python === undefined) {
  process.stderr.write("No Python >= 3.10 on PATH: the compatibility tests with MLflow, Feast, boto3, tritonclient and onnx (test/compat) are left out.\n");
  process.exit(process.env["CI"] === "true" ? 1 : 0);
}
if (!upToDate) {
  rmSync(folder, { recursive: true, force: true });
  const made = run(python, ["-m", "venv", folder]) && run(interpreter, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", requirements]);
  if (!made) {
    process.stderr.write("could not install the Python clients of test/compat/requirements.txt\n");
    process.exit(1);
  }
  writeFileSync(stamp, wanted);
}
process.stdout.write(`${interpreter}\n`);
