/** The account and region that the laptop's own ARNs name. */
export const region = "us-east-1";
export const account = "000000000000";

export const machineArn = (machine: string) => `arn:aws:states:${region}:${account}:stateMachine:${machine}`;
export const executionArn = (machine: string, name: string) => `arn:aws:states:${region}:${account}:execution:${machine}:${name}`;

/** The machine that an ARN names; undefined where it is not the ARN of one. */
export const machineOf = (arn: string): string | undefined => /^arn:aws:states:[\w-]+:\d{12}:stateMachine:([\w-]+)$/.exec(arn)?.[1];
/** The function that an ARN, or a bare name, means. */
export const functionOf = (arn: string): string | undefined => /^(?:arn:aws:lambda:[\w-]+:\d{12}:function:)?([\w-]+)$/.exec(arn)?.[1];

/** An execution's key in the table: `<machine>:<name>`; undefined where the ARN is not one of an execution. */
export const executionKeyOf = (arn: string): string | undefined => /^arn:aws:states:[\w-]+:\d{12}:execution:([\w-]+:[^:\s]{1,80})$/.exec(arn)?.[1];
