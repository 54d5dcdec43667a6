import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Form from "@cloudscape-design/components/form";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { isInForce } from "../client.ts";

interface TokenFormProps {
  /** Called with a token that the platform knows. */
  readonly signIn: (token: string) => void;
  readonly others?: ReactNode;
}

/** Asks for an access token and tries it before it is taken. */
export function TokenForm({ signIn, others }: TokenFormProps) {
  const [token, setToken] = useState("");
  const attempt = useMutation({
    mutationFn: async (candidate: string) => {
      if (!(await isInForce(candidate))) throw new Error("The token that was sent is not in force.");
      signIn(candidate);
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (token.trim() !== "") attempt.mutate(token.trim());
      }}
    >
      <Form
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            {others}
            <Button variant="primary" loading={attempt.isPending} loadingText="Asking the platform">
              Sign in
            </Button>
          </SpaceBetween>
        }
      >
        <FormField label="Access token" description="Kept until this tab is closed." errorText={attempt.error?.message}>
          <Input value={token} type="password" autoComplete={false} autoFocus onChange={({ detail }) => setToken(detail.value)} />
        </FormField>
        <Box variant="p" color="text-body-secondary">
          On a laptop the first token is in the file that the start-up text names; others are issued with <Box variant="code">npm run token</Box>.
        </Box>
      </Form>
    </form>
  );
}
