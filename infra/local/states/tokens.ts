import { randomUUID } from "node:crypto";
import { AwsError } from "../aws/aws-error.ts";
import type { Frame } from "./frame.ts";

/** A task token names the execution and the frame that wait for it; it counts only while that very token is kept there. */
export const newToken = (key: string, frame: Frame): string => Buffer.from(JSON.stringify([key, frame.id, randomUUID()])).toString("base64url");

/** @throws AwsError InvalidToken for a text that is no token of ours */
export function readToken(token: string): { readonly key: string; readonly frame: string } {
  try {
    const [key, frame] = JSON.parse(Buffer.from(token, "base64url").toString("utf8")) as [unknown, unknown];
    if (typeof key === "string" && typeof frame === "string") return { key, frame };
  } catch {
    // answered below, as for a token of another form
  }
  throw new AwsError("InvalidToken", "Invalid Token: 'Invalid token'");
}
