# fails: test_slope_of_the_winning_logit, test_looking_leaves_no_trace
# why: Asks the model in whatever mode it is: dropout makes holes in the map, and batch statistics move.

# %% exercise="saliency"
def saliency(model: nn.Module, images: torch.Tensor) -> np.ndarray:
    was_training = model.training
    pixels = images.clone().requires_grad_()
    (slope,) = torch.autograd.grad(model(pixels).max(1).values.sum(), pixels)
    model.train(was_training)
    strength = slope.abs()[:, 0].numpy()
    largest = strength.max(axis=(1, 2), keepdims=True)
    return strength / np.where(largest > 0, largest, 1)
