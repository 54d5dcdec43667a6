import { randomUUID } from "node:crypto";
import type { FunctionSpec } from "#contracts/function-spec.ts";
import type { Change, LocalTable } from "../local-table.ts";
import { account, region } from "../states/names.ts";
import type { EventEntry } from "../states/tasks.ts";
import type { Deliveries, Delivery } from "./deliveries.ts";

export interface BusDeps {
  readonly table: LocalTable;
  readonly deliveries: Deliveries;
  /** Functions with the events that they are invoked for. */
  readonly functions: readonly Pick<FunctionSpec, "name" | "on">[];
  /** The platform's bus. */
  readonly busName: string;
  readonly now: () => number;
}

/** Takes events and hands them to the functions that declare them, at least once each. */
export interface Bus {
  /** When it answers, everything is kept. An event for another bus is taken and meets no rule there. @returns the events' ids */
  put(entries: readonly EventEntry[]): Promise<readonly string[]>;
  /** The rows of one event, for a transaction of somebody else's; what they queue begins with the next {@link Deliveries.resume}. */
  outbox(entry: EventEntry): readonly Change[];
}

type Rule = NonNullable<FunctionSpec["on"]>[number];

/** Whether each member that a rule names has one of the texts that it names. */
function fits(wanted: Rule["detail"] = {}, detail: unknown): boolean {
  const members = typeof detail === "object" && detail !== null ? new Map(Object.entries(detail)) : new Map<string, unknown>();
  return Object.entries(wanted).every(([name, texts]) => texts.some((text) => text === members.get(name)));
}

/** Writes that DynamoDB takes in one transaction. */
const rowsPerWrite = 100;

export function eventBus({ table, deliveries, functions, busName, now }: BusDeps): Bus {
  const listeners = ({ Source, DetailType, EventBusName = "default" }: EventEntry, detail: unknown): string[] => {
    const bus = EventBusName.split("/").at(-1);
    if (bus !== busName && !Source.startsWith("aws.")) return [];
    const concerns = (rule: Rule) => rule.source === Source && rule.detailType === DetailType && fits(rule.detail, detail);
    return functions.filter(({ on = [] }) => on.some(concerns)).map(({ name }) => name);
  };
  function queued(entry: EventEntry): { readonly id: string; readonly queue: readonly Delivery[] } {
    const id = randomUUID();
    const detail = JSON.parse(entry.Detail) as unknown;
    const time = new Date(entry.time ?? now()).toISOString();
    const envelope = {
      version: "0",
      id,
      "detail-type": entry.DetailType,
      source: entry.Source,
      account,
      time: time.replace(/\.\d+Z$/, "Z"),
      region,
      resources: entry.Resources ?? [],
      detail,
    };
    const queue = listeners(entry, detail).map((name) => ({
      id: `${new Date(now()).toISOString()}#${id}#${name}`,
      target: { function: name },
      payload: envelope,
      from: `event ${id}`,
      attempts: 0,
      notBefore: now(),
    }));
    return { id, queue };
  }
  return {
    async put(entries) {
      const taken = entries.map(queued);
      const queue = taken.flatMap((one) => one.queue);
      for (let start = 0; start < queue.length; start += rowsPerWrite) await table.write(deliveries.rows(queue.slice(start, start + rowsPerWrite)));
      deliveries.take(queue);
      return taken.map(({ id }) => id);
    },
    outbox: (entry) => deliveries.rows(queued(entry).queue),
  };
}
