import type * as z from "zod";
import { AwsError } from "./aws-error.ts";
import type { Operation } from "./server.ts";

/** An operation whose input is parsed first; what does not fit is a ValidationException that names the field. */
export const operation =
  <S extends z.ZodType>(input: S, run: (input: z.output<S>) => Promise<object | undefined>): Operation =>
  async (raw) => {
    const parsed = input.safeParse(raw);
    if (parsed.success) return await run(parsed.data);
    const [issue] = parsed.error.issues;
    throw new AwsError("ValidationException", `${issue?.path.map(String).join(".") ?? ""}: ${issue?.message ?? "invalid"}`);
  };
