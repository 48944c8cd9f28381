# fails: test_slope_of_the_winning_logit
# why: Slopes with their signs: a pixel that speaks against the digit seems to count less than nothing.

# %% exercise="saliency"
def saliency(model: nn.Module, images: torch.Tensor) -> np.ndarray:
    was_training = model.training
    model.eval()
    pixels = images.clone().requires_grad_()
    (slope,) = torch.autograd.grad(model(pixels).max(1).values.sum(), pixels)
    model.train(was_training)
    strength = slope[:, 0].numpy()
    largest = strength.max(axis=(1, 2), keepdims=True)
    return strength / np.where(largest > 0, largest, 1)
