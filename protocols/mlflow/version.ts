/** The MLflow version whose wire is spoken: clients decide by it what they may send. */
export const MLFLOW_VERSION = '3.17.2';
