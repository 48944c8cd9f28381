# fails: test_shape_and_budget, test_scaling_travels_with_the_model
# why: PyTorch does not look into a plain list: its layers are neither trained nor saved.

# %% exercise="network"
class SmallCNN(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("mean", torch.tensor(0.0))
        self.register_buffer("std", torch.tensor(1.0))
        self.convolutions = [nn.Conv2d(1, 8, 3, padding=1), nn.Conv2d(8, 16, 3, padding=1)]
        self.drop = nn.Dropout(0.25)
        self.head = nn.Linear(256, 10)

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        found = (images - self.mean) / self.std
        for convolution in self.convolutions:
            found = nn.functional.max_pool2d(torch.relu(convolution(found)), 2)
        return self.head(self.drop(found.flatten(1)))
