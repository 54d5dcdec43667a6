import type { FunctionSpec } from "#contracts/function-spec.ts";
import { logger } from "#runtime/logger.ts";
import type { LocalTable } from "../local-table.ts";
import type { At } from "../timers.ts";
import type { Deliveries, Target } from "./deliveries.ts";
import { readExpression } from "./expression.ts";

/** A schedule, and what is known of its runs. Times are epoch milliseconds. */
export interface Schedule {
  readonly group: string;
  readonly name: string;
  readonly expression: string;
  readonly timezone: string;
  readonly enabled: boolean;
  readonly target: Target;
  readonly input: unknown;
  /** How late a run that was missed may still begin. */
  readonly windowMinutes: number;
  readonly from?: number;
  readonly until?: number;
  readonly createdAt: number;
  readonly changedAt: number;
  /** The due time of the last run. */
  readonly lastDue?: number;
  /** What a client sent, to be shown again. */
  readonly request?: unknown;
}

export interface ScheduleDeps {
  readonly table: LocalTable;
  readonly deliveries: Deliveries;
  readonly at: At;
  readonly now: () => number;
}

/** Runs schedules: each run once, none while the last one of the same schedule is still under way. */
export interface Schedules {
  /** Takes up every schedule: those of the functions as they are declared now, and those that users made. */
  resume(functions: readonly Pick<FunctionSpec, "name" | "schedule">[]): Promise<void>;
  find(group: string, name: string): Schedule | undefined;
  list(group: string): readonly Schedule[];
  /** @throws DomainError for an expression or time zone that cannot be read */
  save(schedule: Schedule): Promise<void>;
  remove(schedule: Schedule): Promise<void>;
  stop(): void;
}

/** Schedules that functions declare, apart from those that users make. */
const ofFunctions = "functions";
const keyOf = ({ group, name }: Pick<Schedule, "group" | "name">) => `${group}/${name}`;
const minute = 60_000;
/** Runs come this long after a whole minute: windows that end on the minute have settled by then. */
const settledMs = 15_000;

export function schedules({ table, deliveries, at, now }: ScheduleDeps): Schedules {
  const known = new Map<string, Schedule>();
  const timers = new Map<string, () => void>();
  const timetable = ({ expression, timezone, createdAt }: Schedule) => readExpression(expression, createdAt, timezone);
  const row = (schedule: Schedule) => ({ put: { pk: "SCHEDULE", sk: keyOf(schedule), body: schedule } });

  function forget(key: string): void {
    timers.get(key)?.();
    timers.delete(key);
  }
  /** Waits for the first time after `after`. A time that is past already, missed while nothing ran, is due at once. */
  function arm(schedule: Schedule, after: number): void {
    const key = keyOf(schedule);
    forget(key);
    known.set(key, schedule);
    if (!schedule.enabled) return;
    const due = timetable(schedule).next(Math.max(after, (schedule.from ?? 0) - 1));
    if (due === undefined || due > (schedule.until ?? Number.POSITIVE_INFINITY)) return;
    timers.set(
      key,
      at(due, () => void run(schedule, due).catch((error: unknown) => retryLater(schedule, after, error))),
    );
  }
  function retryLater(schedule: Schedule, after: number, error: unknown): void {
    logger.warn("a schedule could not be recorded and is repeated", { schedule: keyOf(schedule), error });
    timers.set(
      keyOf(schedule),
      at(now() + 1_000, () => arm(schedule, after)),
    );
  }
  async function run(schedule: Schedule, due: number): Promise<void> {
    const key = keyOf(schedule);
    const from = `schedule ${key}`;
    const ran = { ...schedule, lastDue: due };
    if (deliveries.isPending(from)) {
      logger.warn("a run was left out: the one before it is still under way", { schedule: key, due: new Date(due).toISOString() });
      await table.write([row(ran)]);
    } else {
      const delivery = { id: `${new Date(due).toISOString()}#${key}`, target: schedule.target, payload: schedule.input, from, attempts: 0, notBefore: now() };
      await table.write([row(ran), ...deliveries.rows([delivery])]);
      deliveries.take([delivery]);
    }
    if (known.get(key) === schedule) arm(ran, Math.max(due, now()));
  }
  /** Of the times that were missed, the first within the window runs, and runs once. */
  const takeUp = (schedule: Schedule): void => arm(schedule, Math.max(schedule.lastDue ?? schedule.createdAt, now() - schedule.windowMinutes * minute));

  function declared({ name, schedule }: Pick<FunctionSpec, "name" | "schedule">, before: Schedule | undefined): Schedule[] {
    if (!schedule) return [];
    const kept =
      before && before.expression === schedule.expression
        ? { createdAt: before.createdAt, ...(before.lastDue !== undefined && { lastDue: before.lastDue }) }
        : { createdAt: now() - ((now() - settledMs) % minute) };
    return [
      {
        group: ofFunctions,
        name,
        expression: schedule.expression,
        timezone: "UTC",
        enabled: true,
        target: { function: name },
        input: schedule.input,
        windowMinutes: 60,
        changedAt: now(),
        ...kept,
      },
    ];
  }
  return {
    async resume(functions) {
      const rows = new Map((await table.query("SCHEDULE")).map(({ sk, body }) => [sk, body as Schedule]));
      for (const spec of functions) {
        for (const schedule of declared(spec, rows.get(`${ofFunctions}/${spec.name}`))) {
          await table.write([row(schedule)]);
          takeUp(schedule);
        }
      }
      for (const schedule of rows.values()) if (schedule.group !== ofFunctions) takeUp(schedule);
    },
    find: (group, name) => known.get(`${group}/${name}`),
    list: (group) => [...known.values()].filter((schedule) => schedule.group === group).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    async save(schedule) {
      timetable(schedule);
      await table.write([row(schedule)]);
      arm(schedule, now());
    },
    async remove(schedule) {
      const key = keyOf(schedule);
      await table.write([{ remove: { pk: "SCHEDULE", sk: key } }]);
      forget(key);
      known.delete(key);
    },
    stop() {
      for (const key of [...timers.keys()]) forget(key);
    },
  };
}
