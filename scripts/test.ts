/**
 * Every test: makes the Python environment of the compatibility tests, builds the console and the Lambda layers, runs all vitest projects.
 * Arguments are passed to vitest. The last line is `N passed, N failed`, counted from vitest's own report.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runSteps } from "./run-steps.ts";
import { ownScratchFolder } from "./scratch-folder.ts";

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numFailedTestSuites: number;
  readonly numPendingTests: number;
}

const prepared = runSteps([
  { title: "Python clients", command: "node", args: ["scripts/python-env.ts"] },
  { title: "console", command: "vite", args: ["build", "web", "--logLevel", "warn"] },
  { title: "Lambda layers", command: "node", args: ["scripts/build-layers.ts"] },
]);
if (prepared !== 0) process.exit(prepared);

const file = join(ownScratchFolder(), "report.json");
const { status } = spawnSync("vitest", ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${file}`, ...process.argv.slice(2)], {
  stdio: "inherit",
});
const report = JSON.parse(readFileSync(file, "utf8")) as Report;
// A file that could not even be loaded has no failed test of its own, and still is a failure.
const failed = Math.max(report.numFailedTests, report.numFailedTestSuites > 0 && report.numFailedTests === 0 ? report.numFailedTestSuites : 0);
if (report.numPendingTests > 0) process.stdout.write(`${report.numPendingTests} tests were left out\n`);
process.stdout.write(`${report.numPassedTests} passed, ${failed} failed\n`);
process.exitCode = status === 0 && failed === 0 ? 0 : 1;
