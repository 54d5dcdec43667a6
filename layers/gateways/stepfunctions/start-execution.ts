import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { withDependencyErrors } from "#stores/dependency-errors.ts";

let client: SFNClient | undefined;
const stepFunctions = () => (client ??= withDependencyErrors(new SFNClient({ maxAttempts: 3 })));

/** Starts executions of one machine by name; a name that was used before starts nothing new. */
export const executionStarter =
  (machineArn: () => string) =>
  async (name: string, input: object): Promise<void> => {
    try {
      await stepFunctions().send(new StartExecutionCommand({ stateMachineArn: machineArn(), name, input: JSON.stringify(input) }));
    } catch (error) {
      if (!(error instanceof ExecutionAlreadyExists)) throw error;
    }
  };
