import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import type { ReactNode } from "react";

/** A titled box of a page. */
export function Card({
  title,
  actions,
  description,
  counter,
  children,
}: {
  readonly title: string;
  readonly actions?: ReactNode;
  readonly description?: ReactNode;
  /** How many there are, in brackets. */
  readonly counter?: string;
  readonly children: ReactNode;
}) {
  return (
    <Container
      header={
        <Header variant="h2" actions={actions} description={description} {...(counter !== undefined && { counter })}>
          {title}
        </Header>
      }
    >
      {children}
    </Container>
  );
}
