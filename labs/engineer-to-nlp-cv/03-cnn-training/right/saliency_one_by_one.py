# why: One image at a time, on a copy of the model that may be spoilt.

# %% exercise="saliency"
def saliency(model: nn.Module, images: torch.Tensor) -> np.ndarray:
    spare = copy.deepcopy(model).eval()
    maps = np.zeros((len(images), 16, 16))
    for place in range(len(images)):
        image = images[place : place + 1].detach().clone().requires_grad_()
        logits = spare(image)[0]
        logits[int(logits.argmax())].backward()
        strength = image.grad[0, 0].abs().numpy()
        if strength.max() > 0:
            maps[place] = strength / strength.max()
    return maps
