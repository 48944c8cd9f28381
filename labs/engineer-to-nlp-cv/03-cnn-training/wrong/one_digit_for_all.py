# fails: test_slope_of_the_winning_logit, test_each_map_has_its_own_scale
# why: The digit of the first image is asked about in all images.

# %% exercise="saliency"
def saliency(model: nn.Module, images: torch.Tensor) -> np.ndarray:
    was_training = model.training
    model.eval()
    pixels = images.clone().requires_grad_()
    (slope,) = torch.autograd.grad(model(pixels)[:, model(pixels)[0].argmax()].sum(), pixels)
    model.train(was_training)
    strength = slope.abs()[:, 0].numpy()
    largest = strength.max(axis=(1, 2), keepdims=True)
    return strength / np.where(largest > 0, largest, 1)
