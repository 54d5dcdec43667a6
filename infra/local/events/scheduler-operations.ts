import * as z from "zod";
import { DomainError } from "#core/errors.ts";
import { AwsError } from "../aws/aws-error.ts";
import { operation } from "../aws/parse-input.ts";
import type { RestRoute } from "../aws/server.ts";
import { account, functionOf, machineOf, region } from "../states/names.ts";
import type { Target } from "./deliveries.ts";
import type { Schedule, Schedules } from "./schedules.ts";

const definition = z.object({
  Name: z.string().regex(/^[0-9a-zA-Z_.-]{1,64}$/),
  GroupName: z.string().optional(),
  ScheduleExpression: z.string().max(256),
  ScheduleExpressionTimezone: z.string().default("UTC"),
  State: z.enum(["ENABLED", "DISABLED"]).default("ENABLED"),
  Description: z.string().max(512).optional(),
  StartDate: z.number().optional(),
  EndDate: z.number().optional(),
  ActionAfterCompletion: z.enum(["NONE", "DELETE"]).optional(),
  FlexibleTimeWindow: z.object({ Mode: z.enum(["OFF", "FLEXIBLE"]), MaximumWindowInMinutes: z.int().min(1).max(1440).optional() }),
  Target: z.looseObject({ Arn: z.string(), RoleArn: z.string(), Input: z.string().optional() }),
});
type Definition = z.output<typeof definition>;
const named = z.object({ Name: z.string(), groupName: z.string().optional() });

function targetOf(arn: string): Target {
  const machine = machineOf(arn);
  if (machine !== undefined) return { machine };
  const name = arn.startsWith("arn:") ? functionOf(arn) : undefined;
  if (name === undefined) throw new AwsError("ValidationException", `Target.Arn must be a function or a state machine, got ${arn}`);
  return { function: name };
}
function inputOf(text: string | undefined): unknown {
  try {
    return text === undefined ? {} : JSON.parse(text);
  } catch {
    throw new AwsError("ValidationException", "Target.Input must be JSON");
  }
}

/** EventBridge Scheduler's API for the schedules that users make, all of them in the one group that the platform owns. */
export function schedulerRoutes(schedules: Schedules, group: string, now: () => number): RestRoute[] {
  const arnOf = (name: string) => `arn:aws:scheduler:${region}:${account}:schedule/${group}/${name}`;
  const inGroup = (name: string | undefined): void => {
    if (name !== group) throw new AwsError("ResourceNotFoundException", `Schedule group ${name ?? "default"} does not exist.`, 404);
  };
  const existing = (name: string): Schedule => {
    const schedule = schedules.find(group, name);
    if (!schedule) throw new AwsError("ResourceNotFoundException", `Schedule ${name} does not exist.`, 404);
    return schedule;
  };
  async function save(request: Definition, before: Schedule | undefined): Promise<object> {
    inGroup(request.GroupName);
    const time = now();
    try {
      await schedules.save({
        group,
        name: request.Name,
        expression: request.ScheduleExpression,
        timezone: request.ScheduleExpressionTimezone,
        enabled: request.State === "ENABLED",
        target: targetOf(request.Target.Arn),
        input: inputOf(request.Target.Input),
        windowMinutes: request.FlexibleTimeWindow.MaximumWindowInMinutes ?? 60,
        createdAt: before?.createdAt ?? time,
        changedAt: time,
        request,
        ...(request.StartDate !== undefined && { from: request.StartDate * 1000 }),
        ...(request.EndDate !== undefined && { until: request.EndDate * 1000 }),
        ...(before?.lastDue !== undefined && { lastDue: before.lastDue }),
      });
    } catch (error) {
      throw error instanceof DomainError ? new AwsError("ValidationException", error.message) : error;
    }
    return { ScheduleArn: arnOf(request.Name) };
  }
  const shown = ({ name, createdAt, changedAt, request }: Schedule) => ({
    ...(request as Definition),
    Arn: arnOf(name),
    GroupName: group,
    CreationDate: createdAt / 1000,
    LastModificationDate: changedAt / 1000,
  });
  const one = /^\/schedules\/(?<Name>[^/]+)$/;
  return [
    {
      method: "POST",
      path: one,
      run: operation(definition, async (request) => {
        if (schedules.find(group, request.Name)) throw new AwsError("ConflictException", `Schedule ${request.Name} already exists.`, 409);
        return await save(request, undefined);
      }),
    },
    { method: "PUT", path: one, run: operation(definition, async (request) => await save(request, existing(request.Name))) },
    {
      method: "GET",
      path: one,
      run: operation(named, async ({ Name, groupName }) => {
        inGroup(groupName);
        return shown(existing(Name));
      }),
    },
    {
      method: "DELETE",
      path: one,
      run: operation(named, async ({ Name, groupName }) => {
        inGroup(groupName);
        await schedules.remove(existing(Name));
        return {};
      }),
    },
    {
      method: "GET",
      path: /^\/schedules$/,
      run: operation(z.object({ ScheduleGroup: z.string().optional(), NamePrefix: z.string().default(""), State: z.string().optional() }), async (request) => {
        if (request.ScheduleGroup !== undefined) inGroup(request.ScheduleGroup);
        const found = schedules.list(group).map(shown);
        return {
          Schedules: found
            .filter(({ Name, State }) => Name.startsWith(request.NamePrefix) && (request.State === undefined || State === request.State))
            .map(({ Name, Arn, GroupName, State, CreationDate, LastModificationDate, Target }) => ({
              Name,
              Arn,
              GroupName,
              State,
              CreationDate,
              LastModificationDate,
              Target: { Arn: Target.Arn },
            })),
        };
      }),
    },
  ];
}
