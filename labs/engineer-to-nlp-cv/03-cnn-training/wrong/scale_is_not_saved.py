# fails: test_scaling_travels_with_the_model
# why: Plain attributes are no buffers: the scale is left behind when the state is saved.

# %% exercise="network"
class SmallCNN(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.mean = torch.tensor(0.0)
        self.std = torch.tensor(1.0)
        self.layers = nn.Sequential(
            *(nn.Conv2d(1, 8, 3, padding=1), nn.BatchNorm2d(8), nn.ReLU(), nn.MaxPool2d(2)),
            *(nn.Conv2d(8, 16, 3, padding=1), nn.BatchNorm2d(16), nn.ReLU(), nn.MaxPool2d(2)),
            *(nn.Flatten(), nn.Dropout(0.25), nn.Linear(256, 10)),
        )

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        return self.layers((images - self.mean) / self.std)
