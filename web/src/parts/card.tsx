import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import type { ReactNode } from "react";

/** A titled box of a page. */
export function Card({
  title,
  actions,
  description,
  children,
}: {
  readonly title: string;
  readonly actions?: ReactNode;
  readonly description?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <Container
      header={
        <Header variant="h2" actions={actions} description={description}>
          {title}
        </Header>
      }
    >
      {children}
    </Container>
  );
}
