import { DomainError } from "#core/errors.ts";
import type { DuckDbSession } from "./session.ts";

/** What DuckDB says when the machine is at fault, not the file. */
const ours = /^(Out of Memory|IO|Internal|FATAL|INTERRUPT|Connection) Error/;

/** A failure to read a file as the caller's to correct, without the scratch folder's name; a failure of ours as it came. */
export function refusedInput({ folder }: DuckDbSession, what: string, cause: unknown): unknown {
  if (cause instanceof DomainError || !(cause instanceof Error) || ours.test(cause.message)) return cause;
  const line = cause.message.split("\n")[0]?.replaceAll(`${folder}/`, "").trim();
  return new DomainError("INVALID_PARAMETER_VALUE", `${what}: ${line}`, { cause });
}
