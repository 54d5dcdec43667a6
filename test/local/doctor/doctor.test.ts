import { execFile } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { Finding } from "../../../scripts/doctor/finding.ts";

const script = fileURLToPath(new URL("../../../scripts/doctor/run.ts", import.meta.url));

/** Runs the command as on a laptop that knows nothing of AWS. */
function doctor(...args: readonly string[]): Promise<{ readonly code: number; readonly output: string; readonly errors: string }> {
  const env = { PATH: process.env["PATH"], HOME: mkdtempSync(join(tmpdir(), "capstan-")), AWS_EC2_METADATA_DISABLED: "true" };
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...args], { env }, (error, output, errors) =>
      resolve({ code: typeof error?.code === "number" ? error.code : 0, output, errors }),
    );
  });
}
async function findingsOf(...args: readonly string[]): Promise<{ readonly code: number; readonly of: (check: string) => Finding | undefined }> {
  const { code, output } = await doctor("--json", ...args);
  const { findings } = JSON.parse(output) as { readonly findings: readonly Finding[] };
  return { code, of: (check) => findings.find((finding) => finding.check === check) };
}

describe("npm run doctor", () => {
  it("says in one line each what this machine has, and that no account was looked at", async () => {
    const { code, output } = await doctor("--data", join(mkdtempSync(join(tmpdir(), "capstan-")), "data"));

    expect(output).toMatch(/^ {2}ok {4}node +Node \d+/m);
    expect(output).toMatch(/^ {2}ok {4}data folder +\S+ will be made by npm start$/m);
    expect(output).toMatch(/^ {2}skip {2}account +no credentials for AWS.*\n +fix: set AWS_PROFILE/m);
    expect(output).toMatch(/0 failed, 1 skipped\n$/);
    expect(code).toBe(0);
  });

  it("warns of a busy port and of a folder that others can read", async () => {
    const busy = createServer().listen(0, "127.0.0.1");
    await once(busy, "listening");
    const { port } = busy.address() as AddressInfo;
    const data = mkdtempSync(join(tmpdir(), "capstan-"));
    chmodSync(data, 0o755);

    const { code, of } = await findingsOf("--local", "--port", String(port), "--data", data);

    expect(of("port")).toMatchObject({ status: "warn", found: `${port} is busy` });
    expect(of("data folder")).toMatchObject({ status: "warn", fix: `chmod 700 ${data}` });
    expect(of("account")).toBeUndefined();
    expect(code).toBe(0);
    busy.close();
  });

  it("fails where data cannot be written", async () => {
    const { code, of } = await findingsOf("--local", "--data", "/proc/capstan");

    expect(of("data folder")).toMatchObject({ status: "fail", fix: "choose another with --data" });
    expect(code).toBe(1);
  });

  it.each([["--nonsense"], ["--port", "0"], ["--config", '{"stge":"x"}']])("tells how it is used when it is asked %s", async (...args) => {
    const { code, errors } = await doctor(...args);

    expect(errors).toContain("Usage: npm run doctor");
    expect(code).toBe(2);
  });
});
