import type { Wire } from '#protocols/edge/wire.ts';
import { mlflowWire } from '#protocols/mlflow/mlflow-wire.ts';
import { nativeWire } from '#protocols/native/native-wire.ts';

/** The wires this server speaks: deleting a line and its folder deletes the wire. */
export const WIRES: readonly Wire[] = [nativeWire, mlflowWire];
