import { DomainError } from "#core/errors.ts";
import { sfn } from "../clients.ts";
import { executions } from "./executions.ts";

/** Starts executions of one machine by name; a name that was used before starts nothing new. */
export const executionStarter =
  (machineArn: () => string) =>
  async (name: string, input: object): Promise<void> => {
    try {
      await executions(sfn()).start({ machineArn: machineArn(), name, input });
    } catch (error) {
      if (!(error instanceof DomainError && error.code === "RESOURCE_ALREADY_EXISTS")) throw error;
    }
  };
