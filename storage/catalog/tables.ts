import type { Kysely } from 'kysely';
import type { IdentityTables } from './identity-tables.ts';
import type { RegistryTables } from './registry/schema/registry-tables.ts';

// The catalogue's tables. Times are milliseconds UTC; documents are JSON text (documents.ts); every row that somebody
// made says who.

interface Made {
  readonly actor_kind: string;
  readonly actor_id: string;
}

export interface WorkspaceTable extends Made {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly created_at: number;
  readonly updated_at: number;
}

export interface ProjectTable extends Made {
  readonly id: string;
  /** Order of creation. */
  readonly ordinal: number;
  readonly workspace: string;
  readonly name: string;
  readonly artifact_location: string;
  readonly created_at: number;
  readonly updated_at: number;
  readonly deleted_at: number | null;
  /** Tags and the history of objectives. */
  readonly document: string;
}

export interface RunTable extends Made {
  readonly id: string;
  readonly project: string;
  readonly number: number;
  readonly name: string;
  readonly status: string;
  readonly user_id: string;
  readonly started_at: number;
  readonly ended_at: number | null;
  readonly deleted_at: number | null;
  /** Of the last commit that changed the document; points are younger in the series engine. */
  readonly changed_at: number;
  readonly sequence: number;
  readonly wire: string;
  readonly artifact_uri: string;
  /** Params, tags, edges and the objective. */
  readonly document: string;
}

export interface DatasetTable extends Made {
  readonly project: string;
  readonly name: string;
  readonly digest: string;
  readonly source_type: string;
  readonly source: string;
  readonly schema: string | null;
  readonly profile: string | null;
  readonly created_at: number;
}

export interface ModelTable extends Made {
  readonly id: string;
  readonly project: string;
  readonly name: string;
  readonly model_type: string;
  readonly source_run: string | null;
  readonly status: string;
  readonly status_message: string | null;
  readonly artifact_uri: string;
  readonly created_at: number;
  readonly updated_at: number;
  readonly deleted_at: number | null;
  readonly manifest: string | null;
  /** Params and tags. */
  readonly document: string;
}

export interface FileTable extends Made {
  /** `treeKey` of the owner. */
  readonly owner: string;
  readonly path: string;
  /** The folder with a slash behind it, or nothing: so that all below a folder is one range of it. */
  readonly parent: string;
  readonly digest: string;
  readonly size_bytes: number;
  readonly modified_at: number;
}

export interface ManifestTable extends Made {
  readonly digest: string;
  /** Canonical JSON; its SHA-256 is `digest`. */
  readonly document: string;
  /** Of its entries. */
  readonly files: number;
  readonly size_bytes: number;
  readonly created_at: number;
}

export interface ManifestBlobTable {
  readonly manifest: string;
  readonly blob: string;
}

export interface ReceiptTable extends Made {
  readonly once: string;
  readonly sequence: number;
  readonly projects: string;
  /** Numbers that versions were given; NULL when there were none. */
  readonly versions: string | null;
  readonly created_at: number;
}

export interface CondemnedBlobTable {
  readonly blob: string;
  /** Since when nothing names it. */
  readonly condemned_at: number;
}

export interface CounterTable {
  readonly name: string;
  readonly value: number;
}

export interface CatalogTables extends IdentityTables, RegistryTables {
  readonly workspace: WorkspaceTable;
  readonly project: ProjectTable;
  readonly run: RunTable;
  readonly dataset: DatasetTable;
  readonly model: ModelTable;
  readonly tree_file: FileTable;
  readonly manifest: ManifestTable;
  readonly manifest_blob: ManifestBlobTable;
  readonly receipt: ReceiptTable;
  readonly condemned_blob: CondemnedBlobTable;
  readonly counter: CounterTable;
}

export type CatalogDb = Kysely<CatalogTables>;
