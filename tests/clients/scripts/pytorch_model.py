"""A network trained by hand: a step for each epoch, the state saved on the way, the model by its address."""

import mlflow
import torch
from checking import facts, own_name, same, same_numbers
from mlflow import MlflowClient

EPOCHS = 20

client = MlflowClient()
mlflow.set_experiment(own_name("pytorch"))
torch.manual_seed(7)
torch.set_num_threads(1)

features = torch.randn(128, 4)
target = (features @ torch.tensor([1.0, -2.0, 0.5, 3.0])).unsqueeze(1)
network = torch.nn.Sequential(torch.nn.Linear(4, 8), torch.nn.ReLU(), torch.nn.Linear(8, 1))
optimizer = torch.optim.Adam(network.parameters(), lr=0.05)

losses = []
with mlflow.start_run() as started:
    mlflow.log_params({"lr": 0.05, "optimizer": "Adam", "epochs": EPOCHS})
    for epoch in range(EPOCHS):
        optimizer.zero_grad()
        loss = torch.nn.functional.mse_loss(network(features), target)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        mlflow.log_metric("loss", losses[-1], step=epoch)
        if epoch == EPOCHS // 2:
            mlflow.pytorch.log_state_dict(network.state_dict(), artifact_path="half-way")
            half_way = {name: value.clone() for name, value in network.state_dict().items()}
    saved = mlflow.pytorch.log_model(network, name="network", serialization_format="pickle")

run_id = started.info.run_id
assert losses[-1] < losses[0] / 2, f"the network learns: {losses}"
history = client.get_metric_history(run_id, "loss")
same([(point.step, point.value) for point in history], list(enumerate(losses)), "a point an epoch")
same(client.get_run(run_id).data.params["optimizer"], "Adam", "param optimizer")

network.eval()
with torch.no_grad():
    expected = network(features).ravel().tolist()
    for address in (f"runs:/{run_id}/network", saved.model_uri):
        loaded = mlflow.pytorch.load_model(address).eval()
        same_numbers(loaded(features).ravel().tolist(), expected, f"predictions of {address}")
as_function = mlflow.pyfunc.load_model(saved.model_uri).predict(features.numpy())
same_numbers(as_function.ravel().tolist(), expected, "predictions of the model as a function")

state = mlflow.pytorch.load_state_dict(f"runs:/{run_id}/half-way")
same(sorted(state), sorted(half_way), "names of the weights half-way")
for name, value in half_way.items():
    assert torch.equal(state[name], value), f"weights {name} half-way"

facts(run=run_id, torch=torch.__version__, losses=losses)
