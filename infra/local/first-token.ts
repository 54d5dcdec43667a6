import { existsSync, writeFileSync } from "node:fs";
import { type IdentityContext, issueToken } from "#core/identity/tokens.ts";

/** Issues the administrator's first token into a file that only its owner reads, unless the file is there. @returns the file */
export async function firstToken(identity: IdentityContext, file: string): Promise<string> {
  if (existsSync(file)) return file;
  const { secret } = await issueToken(identity, "admin");
  writeFileSync(file, `${secret}\n`, { mode: 0o600 });
  return file;
}
