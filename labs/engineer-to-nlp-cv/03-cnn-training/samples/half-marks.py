# score: 10
# why: An honest learner who ran out of time: a network whose dropout is always on, NaN not thought of, a training that
# why: leaves with its last weights and shakes the validation images, and one exercise not begun.

# %% exercise="network"
class SmallCNN(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("mean", torch.tensor(0.0))
        self.register_buffer("std", torch.tensor(1.0))
        self.layers = nn.Sequential(
            *(nn.Conv2d(1, 8, 3, padding=1), nn.BatchNorm2d(8), nn.ReLU(), nn.MaxPool2d(2)),
            *(nn.Conv2d(8, 16, 3, padding=1), nn.BatchNorm2d(16), nn.ReLU(), nn.MaxPool2d(2)),
            nn.Flatten(),
        )
        self.head = nn.Linear(256, 10)

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        found = self.layers((images - self.mean) / self.std)
        return self.head(nn.functional.dropout(found, 0.25))


# %% exercise="stop"
def early_stop(curve: list[float], patience: int) -> tuple[int, bool]:
    best = curve.index(min(curve))
    return best, len(curve) - best > patience


# %% exercise="train"
def train(
    model: nn.Module,
    sets: dict[str, Plates],
    augment: Callable[[torch.Tensor, torch.Generator], torch.Tensor],
    plan: Plan,
) -> dict:
    fit, val, test = sets["train"], sets["val"], sets["test"]
    torch.manual_seed(plan.seed)
    generator = torch.Generator().manual_seed(plan.seed)
    model.mean.copy_(fit.images.mean())
    model.std.copy_(fit.images.std())
    optimiser = torch.optim.Adam(model.parameters(), lr=RATE)
    curve = []
    for _ in range(plan.epochs):
        model.train()
        for batch in torch.randperm(len(fit.labels), generator=generator).split(BATCH):
            loss = nn.functional.cross_entropy(model(augment(fit.images[batch], generator)), fit.labels[batch])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
        model.eval()
        with torch.no_grad():
            curve.append(nn.functional.cross_entropy(model(augment(val.images, generator)), val.labels).item())
        best, stop = early_stop(curve, plan.patience)
        if stop:
            break
    with torch.no_grad():
        right = model(test.images).argmax(1) == test.labels
    return {"curve": curve, "best_epoch": best, "accuracy": right.float().mean().item()}


# %% exercise="saliency"
def saliency(model: nn.Module, images: torch.Tensor) -> np.ndarray:
    # YOUR CODE HERE
    raise NotImplementedError
