# why: PyTorch's own loader makes the batches, and the best weights are kept in a file.

# %% exercise="train"
def train(model, sets, augment, plan):
    torch.manual_seed(plan.seed)
    dice = torch.Generator().manual_seed(plan.seed)
    std, mean = torch.std_mean(sets["train"].images)
    model.load_state_dict({"mean": mean, "std": std}, strict=False)
    rows = torch.utils.data.TensorDataset(*sets["train"])
    loader = torch.utils.data.DataLoader(rows, batch_size=BATCH, shuffle=True, generator=dice)
    adam = torch.optim.Adam(model.parameters(), RATE)

    def judge(plates):
        model.eval()
        with torch.inference_mode():
            logits = torch.cat([model(part) for part in plates.images.split(100)])
            return (
                nn.functional.cross_entropy(logits, plates.labels).item(),
                (logits.argmax(dim=1) == plates.labels).double().mean().item(),
            )

    curve, best, stop = [], -1, False
    while not stop and len(curve) < plan.epochs:
        model.train()
        for images, labels in loader:
            adam.zero_grad()
            nn.functional.cross_entropy(model(augment(images, dice)), labels).backward()
            adam.step()
        curve.append(judge(sets["val"])[0])
        best, stop = early_stop(curve, plan.patience)
        if best == len(curve) - 1:
            torch.save(model.state_dict(), "best.pt")
    model.load_state_dict(torch.load("best.pt"))
    return {"curve": curve, "best_epoch": best, "accuracy": judge(sets["test"])[1]}
