/** Of the data file. A file of another layout is refused rather than guessed at. */
export const layout = 2;

/** By which SQLite files are told apart: "park". */
export const application = 0x7061_726b;

export const tables = `
CREATE TABLE tenants (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, domain TEXT NOT NULL UNIQUE, website TEXT, timezone TEXT,
  currency TEXT, region TEXT, enabled INTEGER NOT NULL
) STRICT;

CREATE TABLE accounts (
  id TEXT PRIMARY KEY, tenant_id TEXT REFERENCES tenants, username TEXT NOT NULL, password TEXT NOT NULL,
  role TEXT NOT NULL, two_factor INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX accounts_by_name ON accounts (coalesce(tenant_id, ''), username);

CREATE TABLE sessions (
  id TEXT PRIMARY KEY, account_id TEXT NOT NULL REFERENCES accounts, tenant_id TEXT REFERENCES tenants,
  access_hash TEXT NOT NULL UNIQUE, access_ends INTEGER NOT NULL,
  refresh_hash TEXT NOT NULL UNIQUE, refresh_ends INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_by_account ON sessions (account_id);
CREATE INDEX sessions_by_end ON sessions (refresh_ends);

CREATE TABLE numbers (
  id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL REFERENCES tenants, extension_number TEXT NOT NULL,
  type TEXT NOT NULL, name TEXT NOT NULL, display_name TEXT,
  UNIQUE (tenant_id, extension_number)
) STRICT;

CREATE TABLE blobs (
  id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL REFERENCES tenants, key TEXT NOT NULL UNIQUE,
  file_name TEXT NOT NULL, content BLOB NOT NULL
) STRICT;
CREATE INDEX blobs_by_tenant ON blobs (tenant_id);

CREATE TABLE uploads (
  id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL REFERENCES tenants, token TEXT NOT NULL,
  file_name TEXT NOT NULL, size INTEGER NOT NULL, ends INTEGER NOT NULL
) STRICT;
CREATE INDEX uploads_by_tenant ON uploads (tenant_id);

CREATE TABLE upload_parts (
  upload_id TEXT NOT NULL REFERENCES uploads ON DELETE CASCADE, start INTEGER NOT NULL, content BLOB NOT NULL,
  PRIMARY KEY (upload_id, start)
) STRICT;

CREATE TABLE call_park (
  tenant_id TEXT PRIMARY KEY REFERENCES tenants, enabled INTEGER NOT NULL, extension_number TEXT,
  recall_to TEXT NOT NULL, recall_time INTEGER NOT NULL, recall_ring_group_time INTEGER NOT NULL,
  ring_group_id TEXT, prompt_file_id TEXT REFERENCES blobs, send_notification_to_parker INTEGER NOT NULL
) STRICT;

CREATE TABLE call_park_groups (
  id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL REFERENCES tenants, name TEXT NOT NULL, recall_to TEXT NOT NULL,
  ring_group_id TEXT, UNIQUE (tenant_id, name)
) STRICT;

CREATE TABLE call_park_group_members (
  number_id TEXT PRIMARY KEY REFERENCES numbers,
  group_id TEXT NOT NULL REFERENCES call_park_groups ON DELETE CASCADE
) STRICT;
CREATE TABLE identity (
  only INTEGER PRIMARY KEY CHECK (only = 1), key TEXT NOT NULL, cert TEXT NOT NULL
) STRICT;
CREATE INDEX members_by_group ON call_park_group_members (group_id);
`;

/** Of what the PBX holds, each before those that it points to. */
export const emptying = `
DELETE FROM call_park_group_members; DELETE FROM call_park_groups; DELETE FROM call_park; DELETE FROM uploads;
DELETE FROM blobs; DELETE FROM numbers; DELETE FROM sessions; DELETE FROM accounts; DELETE FROM tenants;
`;
