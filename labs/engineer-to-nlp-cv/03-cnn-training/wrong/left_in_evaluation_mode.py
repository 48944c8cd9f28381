# fails: test_looking_leaves_no_trace
# why: The model comes in training mode and leaves in evaluation mode.

# %% exercise="saliency"
def saliency(model: nn.Module, images: torch.Tensor) -> np.ndarray:
    model.eval()
    pixels = images.clone().requires_grad_()
    (slope,) = torch.autograd.grad(model(pixels).max(1).values.sum(), pixels)
    strength = slope.abs()[:, 0].numpy()
    largest = strength.max(axis=(1, 2), keepdims=True)
    return strength / np.where(largest > 0, largest, 1)
