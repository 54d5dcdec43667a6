import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import * as z from "zod";

/** Made once per data folder, kept in a file that only its owner can read. */
const Secrets = z.strictObject({
  /** What the laptop's S3 and AWS endpoints check signatures against. */
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
});
export type Secrets = z.output<typeof Secrets>;

/** Reads the secrets of a data folder, or makes them. @throws ZodError when the file was damaged */
export function secretsIn(file: string): Secrets {
  if (existsSync(file)) return Secrets.parse(JSON.parse(readFileSync(file, "utf8")));
  const secrets = { accessKeyId: `CAP${randomBytes(9).toString("hex").toUpperCase()}`, secretAccessKey: randomBytes(30).toString("base64url") };
  writeFileSync(file, JSON.stringify(secrets), { mode: 0o600, flag: "wx" });
  return secrets;
}
