// Tables of the registry. Times are milliseconds UTC; documents and lists are JSON text.

interface Made {
  readonly actor_kind: string;
  readonly actor_id: string;
}

export interface RegisteredModelTable extends Made {
  readonly id: string;
  readonly workspace: string;
  readonly name: string;
  readonly project: string | null;
  readonly description: string;
  readonly owner: string;
  readonly created_at: number;
  readonly updated_at: number;
  readonly deleted_at: number | null;
  readonly versions: number;
  readonly last_version: number;
  readonly revision: number;
  /** Tags, aliases, stages and gates. */
  readonly document: string;
}

export interface ModelVersionTable extends Made {
  readonly model: string;
  readonly number: number;
  readonly description: string;
  readonly created_at: number;
  readonly updated_at: number;
  readonly deleted_at: number | null;
  readonly user_id: string;
  readonly run: string | null;
  readonly logged_model: string | null;
  readonly source: string;
  readonly storage_location: string;
  readonly run_link: string | null;
  readonly manifest: string | null;
  readonly stage: string;
  /** Tags, the objective, and whether it is deprecated. */
  readonly document: string;
}

/** The tags of versions once more, to find versions by them. */
export interface VersionTagTable {
  readonly model: string;
  readonly number: number;
  /** Their beginnings, so that they fit into an index of either database. */
  readonly key: string;
  readonly value: string;
}

export interface RegistryEntryTable extends Made {
  readonly model: string;
  readonly number: number;
  readonly at: number;
  readonly action: string;
  readonly version: number | null;
  readonly reason: string;
  readonly details: string;
  readonly previous: string;
  readonly hash: string;
}

export interface PromotionTable extends Made {
  readonly id: string;
  readonly model: string;
  readonly version: number;
  readonly target_kind: string;
  readonly target: string;
  readonly asked_at: number;
  readonly reason: string;
  readonly status: string;
  readonly closed_at: number | null;
  readonly approvals: string;
  /** 0 or 1. */
  readonly archive_others: number;
}

export interface EvaluationTable extends Made {
  readonly number: number;
  readonly model: string;
  readonly version: number;
  readonly metric: string;
  /** 8 bytes, little endian: −0 is a value of its own. */
  readonly value: Uint8Array;
  readonly dataset_name: string | null;
  readonly dataset_digest: string | null;
  readonly environment: string;
  readonly at: number;
  readonly samples: number | null;
  readonly run: string | null;
}

/** The newest measurement of each series of evaluations. */
export interface LatestEvaluationTable {
  readonly model: string;
  readonly version: number;
  /** SHA-256 of metric, environment, dataset name and digest. */
  readonly series: string;
  readonly at: number;
  readonly number: number;
}

export interface DeploymentTable extends Made {
  readonly id: string;
  readonly model: string;
  readonly version: number;
  readonly environment: string;
  readonly started_at: number;
  readonly ended_at: number | null;
  readonly url: string | null;
}

export interface ArtifactVersionTable extends Made {
  /** Names it in the keys of lineage. */
  readonly id: number;
  readonly workspace: string;
  readonly type: string;
  readonly name: string;
  readonly number: number;
  readonly digest: string;
  readonly created_at: number;
}

/** Nodes are `nodeKey`s. */
export interface LineageEdgeTable {
  readonly source: string;
  readonly target: string;
  readonly role: string;
  readonly at: number;
}

export interface RegistryTables {
  readonly registered_model: RegisteredModelTable;
  readonly model_version: ModelVersionTable;
  readonly version_tag: VersionTagTable;
  readonly registry_entry: RegistryEntryTable;
  readonly promotion: PromotionTable;
  readonly evaluation: EvaluationTable;
  readonly latest_evaluation: LatestEvaluationTable;
  readonly deployment: DeploymentTable;
  readonly artifact_version: ArtifactVersionTable;
  readonly lineage_edge: LineageEdgeTable;
}
