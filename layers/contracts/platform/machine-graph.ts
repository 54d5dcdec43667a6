import * as z from "zod";

export const MachineState = z
  .object({
    name: z.string(),
    type: z.string().describe("Task, Choice, Wait, Pass, Parallel, Map, Succeed or Fail."),
    comment: z.string().optional(),
    within: z.string().optional().describe("The Parallel or Map that it is a part of."),
    isStart: z.boolean().describe("Of the machine, or of a branch."),
    retries: z.int().describe("How often it is tried again at most, over all errors."),
  })
  .meta({ id: "MachineState", description: "A state of a state machine." });

export const MachineTransition = z
  .object({
    from: z.string(),
    to: z.string(),
    kind: z.enum(["next", "choice", "default", "catch", "branch"]).describe("`branch`: from a Parallel or Map to the first state within it."),
    label: z.string().optional().describe("The condition of a choice, or the errors that are caught."),
  })
  .meta({ id: "MachineTransition", description: "What leads from one state to another." });

export const MachineGraph = z
  .object({ states: z.array(MachineState), transitions: z.array(MachineTransition) })
  .meta({ id: "MachineGraph", description: "The states of a state machine in the order of its definition, branches behind what holds them." });

export type MachineState = z.output<typeof MachineState>;
export type MachineTransition = z.output<typeof MachineTransition>;
export type MachineGraph = z.output<typeof MachineGraph>;
