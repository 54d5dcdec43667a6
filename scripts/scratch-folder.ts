import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Gives this process and those that it starts a temporary folder of their own, and removes it when this process ends:
 * what a test was killed over, or never took away, does not stay on the machine.
 */
export function ownScratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "capstan-test-"));
  process.env["TMPDIR"] = folder;
  process.once("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}
