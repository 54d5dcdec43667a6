import Box from "@cloudscape-design/components/box";

/** A browser's reader of PDF does not work in a sandbox, and without one a PDF could run its scripts beside the console: so it is not drawn. */
export function PdfViewer() {
  return (
    <Box color="text-body-secondary">
      A PDF may hold scripts and ask for what lies elsewhere, and nothing that people log runs in the console. Download it to read it in a reader of your own.
    </Box>
  );
}
