# fails: test_steps_are_those_of_adam, test_accuracy_holds_on_fresh_plates
# why: The slopes of all steps so far are added up.

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
    curve, kept = [], {}
    for _ in range(plan.epochs):
        model.train()
        for batch in torch.randperm(len(fit.labels), generator=generator).split(BATCH):
            loss = nn.functional.cross_entropy(model(augment(fit.images[batch], generator)), fit.labels[batch])
            loss.backward()
            optimiser.step()
        model.eval()
        with torch.no_grad():
            curve.append(nn.functional.cross_entropy(model(val.images), val.labels).item())
        best, stop = early_stop(curve, plan.patience)
        if best == len(curve) - 1:
            kept = copy.deepcopy(model.state_dict())
        if stop:
            break
    model.load_state_dict(kept)
    with torch.no_grad():
        right = model(test.images).argmax(1) == test.labels
    return {"curve": curve, "best_epoch": best, "accuracy": right.float().mean().item()}
