import Box from "@cloudscape-design/components/box";
import { GoTo } from "../parts/go-to.tsx";
import { Page } from "./page.tsx";

/** An address that leads nowhere. */
export function NotFoundPage() {
  return (
    <Page title="No such page">
      <Box variant="p">
        Nothing lies at <Box variant="code">{window.location.pathname}</Box>. <GoTo href="/">Go home</GoTo>
      </Box>
    </Page>
  );
}
