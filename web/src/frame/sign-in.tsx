import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Form from "@cloudscape-design/components/form";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { session } from "../session.ts";

/** Asks for an access token. It is kept for this tab only and sent with every request. */
export function SignIn() {
  const [token, setToken] = useState("");
  const queries = useQueryClient();
  const wasRefused = session.token() !== null;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (token.trim() === "") return;
        session.signIn(token.trim());
        void queries.resetQueries();
      }}
    >
      <Form actions={<Button variant="primary">Sign in</Button>}>
        <Container header={<Header variant="h1">Sign in</Header>}>
          <FormField
            label="Access token"
            description="Kept until this tab is closed."
            errorText={wasRefused ? "The token that was sent is not in force." : undefined}
          >
            <Input value={token} type="password" autoComplete={false} autoFocus onChange={({ detail }) => setToken(detail.value)} />
          </FormField>
          <Box variant="p" color="text-body-secondary">
            On a laptop the first token is in the file that the start-up text names; others are issued with <Box variant="code">npm run token</Box>.
          </Box>
        </Container>
      </Form>
    </form>
  );
}
