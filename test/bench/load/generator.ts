/** The process that makes load: takes a {@link LoadPlan} from its parent, reports when its window begins and ends, and exits. */
import { setTimeout as sleep } from "node:timers/promises";
import { connection } from "./connection.ts";
import type { LoadMessage, LoadPlan } from "./plan.ts";

/** A server that is gone must not keep us trying. */
const mostFailures = 1_000;

/** Texts between placeholders are cut once: a body may be 100 kB. */
function template(text: string): (n: number, value: string) => string {
  const parts = text.split("{{value}}").map((part) => part.split("{{n}}"));
  return (n, value) => parts.map((part) => part.join(String(n))).join(value);
}

async function generate(plan: LoadPlan): Promise<void> {
  const { hostname, port, pathname, search, host } = new URL(plan.url);
  const body = template(plan.body);
  const headers = Object.entries(plan.headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `${plan.method} ${pathname}${search} HTTP/1.1\r\nhost: ${host}\r\n${headers.join("")}${plan.keepAlive ? "" : "connection: close\r\n"}`;
  const request = (n: number, value: string) => {
    const text = body(n, value);
    return text === "" ? `${head}\r\n` : `${head}content-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
  };

  let next = plan.firstNumber;
  let times: number[] = [];
  let failed = 0;
  let failure: string | undefined;
  let stopping = false;
  const mayGoOn = () => !stopping && failed < mostFailures;

  async function work(index: number): Promise<void> {
    const value = plan.values[index % plan.values.length] ?? "";
    const line = connection(hostname, Number(port), plan.keepAlive);
    while (mayGoOn()) {
      const text = request(next++, value);
      const sent = performance.now();
      try {
        const answer = await line.send(text);
        times.push(performance.now() - sent);
        if (answer.status >= 200 && answer.status < 300) continue;
        failure ??= `${answer.status} ${answer.body.toString("utf8", 0, 300)}`;
      } catch (error) {
        failure ??= String(error);
      }
      failed += 1;
    }
    line.end();
  }

  const working = Promise.all(Array.from({ length: plan.connections }, (_, index) => work(index)));
  await sleep(plan.warmUpMs);
  tell({ kind: "began" });
  times = [];
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  await sleep(plan.durationMs);
  while (mayGoOn() && times.length < plan.leastRequests) await sleep(20);
  const seconds = (performance.now() - began) / 1000;
  const requests = times.length;
  const used = process.cpuUsage(cpu);
  const sorted = Float64Array.from(times).sort();
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
  const report = {
    requests,
    failed,
    seconds,
    p50: at(0.5),
    p99: at(0.99),
    cpuSeconds: (used.user + used.system) / 1e6,
    ...(failure !== undefined && { failure }),
  };
  tell({ kind: "ended", report });
  stopping = true;
  await working;
  process.disconnect();
}

const tell = (message: LoadMessage) => void process.send?.(message);

process.once("message", (plan) => {
  generate(plan as LoadPlan).catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  });
});
process.once("disconnect", () => process.exit(0));
