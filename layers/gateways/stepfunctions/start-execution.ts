import { ExecutionAlreadyExists, type SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { canonicalJson } from "#core/pipelines/canonical-json.ts";

/**
 * Starts an execution by name. Safe to repeat: one of that name and input that still runs is answered as if it had been started now.
 * @returns false when the name was used before, by one that has ended or has other input
 */
export async function startExecution(client: SFNClient, stateMachineArn: string, name: string, input: unknown): Promise<boolean> {
  try {
    await client.send(new StartExecutionCommand({ stateMachineArn, name, input: canonicalJson(input) }));
    return true;
  } catch (error) {
    if (error instanceof ExecutionAlreadyExists) return false;
    throw error;
  }
}
