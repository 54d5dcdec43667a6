import * as z from "zod";

/** The input of a step whose results are kept: with whether a kept one may be used. */
export const cacheableInput = <S extends z.ZodRawShape>(input: z.ZodObject<S>) =>
  input.extend({ cache: z.boolean().default(true).describe("False: the step is run, and its result kept, whatever is known.") });

/** The output of such a step: with whether it is an earlier one's. */
export const cacheableOutput = <S extends z.ZodRawShape>(output: z.ZodObject<S>) =>
  output.extend({ cached: z.boolean().default(false).describe("The result of an earlier execution, whose data and settings were the same.") });
