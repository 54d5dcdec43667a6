import Box from "@cloudscape-design/components/box";
import { CopyLine } from "./copy-line.tsx";

/** Nothing is there yet, and the command that changes it. */
export function Empty({ text, command }: { readonly text: string; readonly command?: string }) {
  return (
    <Box textAlign="center" color="text-body-secondary" padding={{ vertical: "s" }}>
      <Box variant="p" color="text-body-secondary">
        {text}
      </Box>
      {command !== undefined && <CopyLine text={command} label={`Copy: ${text}`} />}
    </Box>
  );
}
