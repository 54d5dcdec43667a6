import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { session } from "../session.ts";
import { Heading } from "./heading.tsx";
import { TokenForm } from "./token-form.tsx";

/** The way in. The page's address stays, so that one arrives where one wanted to go; nothing that was read before is kept. */
export function SignIn() {
  const queries = useQueryClient();
  useEffect(() => {
    document.title = "Sign in - Capstan";
    queries.clear();
  }, [queries]);
  return (
    <Container
      header={
        <Header variant="h1">
          <Heading title="Sign in" />
        </Header>
      }
    >
      <TokenForm signIn={(token) => session.signIn(token)} />
    </Container>
  );
}
