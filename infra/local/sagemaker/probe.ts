import { setTimeout as delay } from "node:timers/promises";
import { refused } from "./refusals.ts";

const everyMs = 200;
const attempts = 40;

/**
 * Asks the inference server whether it can answer for an endpoint that was made a moment ago: it loads the model for that.
 * @param origin asked at each attempt, as the server may still be starting
 * @throws AwsError with what the server says of a model that it cannot load
 */
export const probe = (origin: () => string) => async (name: string) => {
  let reason = "the inference server does not answer";
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const response = await fetch(`${origin()}/v2/models/${name}/ready`).catch(() => undefined);
    const text = await response?.text();
    if (response?.ok === true) return;
    reason = text ?? reason;
    if (response?.status === 503) break;
    await delay(everyMs);
  }
  throw refused(`The primary container did not pass the ping health check: ${reason}`);
};
