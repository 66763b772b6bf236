import type { Identity } from "../tls/certificate.ts";
import type { Database } from "./database.ts";

export interface IdentityStore {
  show(): Identity | undefined;
  save(identity: Identity): void;
}

export const createIdentity = (database: Database): IdentityStore => {
  const show = database.one<Identity>("SELECT key, cert FROM identity");
  const save = database.run("INSERT OR REPLACE INTO identity VALUES (1, ?, ?)");
  return {
    show,
    save: ({ key, cert }) => {
      save(key, cert);
    },
  };
};
