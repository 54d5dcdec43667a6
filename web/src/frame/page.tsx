import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type ReactNode, useEffect } from "react";
import { Heading } from "./heading.tsx";
import { Stale } from "./stale.tsx";

interface PageProps {
  readonly title: string;
  readonly description?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A page with its heading; the tab carries the heading too. */
export function Page({ title, description, actions, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} - Capstan`;
  }, [title]);
  return (
    <ContentLayout
      header={
        <Header variant="h1" description={description} actions={actions} info={<Stale />}>
          <Heading title={title} />
        </Header>
      }
    >
      <SpaceBetween size="l">{children}</SpaceBetween>
    </ContentLayout>
  );
}
