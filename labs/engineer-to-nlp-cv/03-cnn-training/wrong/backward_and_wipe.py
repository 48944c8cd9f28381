# fails: test_looking_leaves_no_trace
# why: Wipes the slopes afterwards, those that were there before as well.

# %% exercise="saliency"
def saliency(model: nn.Module, images: torch.Tensor) -> np.ndarray:
    was_training = model.training
    model.eval()
    pixels = images.clone().requires_grad_()
    model(pixels).max(1).values.sum().backward()
    slope = pixels.grad
    model.zero_grad()
    model.train(was_training)
    strength = slope.abs()[:, 0].numpy()
    largest = strength.max(axis=(1, 2), keepdims=True)
    return strength / np.where(largest > 0, largest, 1)
