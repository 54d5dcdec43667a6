import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import { useQueryClient } from "@tanstack/react-query";
import { session } from "../session.ts";
import { TokenForm } from "./token-form.tsx";

/** Asks for a token over the page when the one in use has ended: what was typed in the page is not lost. */
export function SignInAgain() {
  const queries = useQueryClient();
  const signIn = (token: string) => {
    session.signIn(token);
    void queries.invalidateQueries();
  };
  return (
    <Modal visible header="Sign in again" onDismiss={() => session.signOut()} closeAriaLabel="Sign out">
      <p>The token in use is no longer in force. The page stays as it is until there is another.</p>
      <TokenForm
        signIn={signIn}
        others={
          <Button variant="link" formAction="none" onClick={() => session.signOut()}>
            Sign out
          </Button>
        }
      />
    </Modal>
  );
}
