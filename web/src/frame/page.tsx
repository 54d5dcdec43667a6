import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type ReactNode, useEffect } from "react";
import { usePathname } from "wouter/use-browser-location";
import { Heading } from "./heading.tsx";
import { type Crumb, setPlace } from "./place.ts";
import { Stale } from "./stale.tsx";

interface PageProps {
  readonly title: string;
  readonly description?: ReactNode;
  readonly actions?: ReactNode;
  /** The pages between its section and it, for the breadcrumbs; by default they are read from the address. */
  readonly trail?: readonly Crumb[];
  readonly children: ReactNode;
}

const none: readonly Crumb[] = [];

/** A page with its heading; the tab carries the heading too. */
export function Page({ title, description, actions, trail = none, children }: PageProps) {
  const path = usePathname();
  useEffect(() => {
    document.title = `${title} - Capstan`;
    setPlace({ path, title, trail });
  }, [title, path, trail]);
  return (
    <ContentLayout
      header={
        <Header variant="h1" description={description} actions={actions && <div data-page-actions>{actions}</div>} info={<Stale />}>
          <Heading title={title} />
        </Header>
      }
    >
      <SpaceBetween size="l">{children}</SpaceBetween>
    </ContentLayout>
  );
}
