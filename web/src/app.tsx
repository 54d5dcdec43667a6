import { I18nProvider } from "@cloudscape-design/components/i18n";
import messages from "@cloudscape-design/components/i18n/messages/all.en";
import Skeleton from "@cloudscape-design/components/skeleton";
import { QueryClientProvider } from "@tanstack/react-query";
import { Suspense } from "react";
import { Frame } from "./frame/frame.tsx";
import { Pages } from "./pages.tsx";
import { queryClient } from "./queries.ts";

/** The console: its frame, and the page that the address names. */
export function App() {
  return (
    <I18nProvider locale="en" messages={[messages]}>
      <QueryClientProvider client={queryClient}>
        <Frame>
          <Suspense fallback={<Skeleton height="20rem" />}>
            <Pages />
          </Suspense>
        </Frame>
      </QueryClientProvider>
    </I18nProvider>
  );
}
