# fails: test_each_map_has_its_own_scale
# why: Divided by the largest value of all maps, so that a map depends on its neighbours.

# %% exercise="saliency"
def saliency(model: nn.Module, images: torch.Tensor) -> np.ndarray:
    was_training = model.training
    model.eval()
    pixels = images.clone().requires_grad_()
    (slope,) = torch.autograd.grad(model(pixels).max(1).values.sum(), pixels)
    model.train(was_training)
    strength = slope.abs()[:, 0].numpy()
    largest = strength.max()
    return strength / np.where(largest > 0, largest, 1)
