import { startTestObjectStore, type TestObjectStore } from "#test/support/object-store/start.ts";
import { objectStoreConformance } from "#test/support/object-store-conformance.ts";

let store: TestObjectStore | undefined;
objectStoreConformance("the laptop's object store", {
  async connect() {
    store = await startTestObjectStore();
    return store.client;
  },
  close: async () => store?.stop(),
});
