import { collectLines, type Listener, logger } from "#runtime/logger.ts";
import type { Lifecycle } from "../lifecycle.ts";
import { type LineFiles, lineFiles } from "./line-files.ts";

/** The lines that steps of executions write, in this process and its children, kept until the platform starts again and longer. */
export function executionLines(folder: string, parts: Lifecycle): LineFiles & { readonly heard: Listener } {
  const files = lineFiles({ folder, failed: (error) => logger.warn("a line of an execution could not be kept", { error }) });
  const heard: Listener = ({ executionId = "", function: name = "" }, text) => files.add(executionId, { group: `/aws/lambda/${name}`, at: Date.now(), text });
  collectLines(heard);
  parts.defer("execution logs", async () => {
    collectLines(undefined);
    await files.settled();
  });
  return { ...files, heard };
}
