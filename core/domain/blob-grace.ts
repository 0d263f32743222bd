/** How long bytes stay that nothing names, in milliseconds: an upload, and a backup, must be done within it. */
export const BLOB_GRACE_MS = 24 * 60 * 60 * 1000;
