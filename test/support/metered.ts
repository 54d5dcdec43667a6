import type { ConsumedCapacity, DynamoDBClient } from "@aws-sdk/client-dynamodb";

export interface Meter {
  /** What was consumed since it was last asked. */
  take(): { readonly calls: number; readonly readUnits: number; readonly writeUnits: number };
}

const total = (values: readonly (number | undefined)[]) => values.reduce<number>((sum, value) => sum + (value ?? 0), 0);

/** Counts calls and capacity units of a client from now on; transactions and updates count as written. */
export function metered(client: DynamoDBClient): Meter {
  let calls = 0;
  let readUnits = 0;
  let writeUnits = 0;
  client.middlewareStack.add(
    (next, context) => async (args) => {
      Object.assign(args.input, { ReturnConsumedCapacity: "TOTAL" });
      const result = await next(args);
      const { ConsumedCapacity: reported } = result.output as { ConsumedCapacity?: ConsumedCapacity | ConsumedCapacity[] };
      const units = total([reported ?? []].flat().map(({ CapacityUnits }) => CapacityUnits));
      calls += 1;
      if (/^(Get|BatchGet|Query|Scan|TransactGet)/.test(context.commandName ?? "")) readUnits += units;
      else writeUnits += units;
      return result;
    },
    { step: "initialize", name: "meter" },
  );
  return {
    take() {
      const taken = { calls, readUnits, writeUnits };
      calls = 0;
      readUnits = 0;
      writeUnits = 0;
      return taken;
    },
  };
}
