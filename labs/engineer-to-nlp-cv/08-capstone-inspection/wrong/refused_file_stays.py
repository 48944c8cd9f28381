# fails: test_drift_is_refused
# why: Refuses the export, and leaves the file for the next to ship.

# %% exercise="export"
def export_net(net: nn.Module, path: str, photos: torch.Tensor, tolerance: float = 1e-4) -> float:
    was_training = net.training
    net.eval()
    shapes = ({0: torch.export.Dim("n")},)
    torch.onnx.export(net, (photos,), path, dynamic_shapes=shapes, external_data=False, verbose=False)
    session = onnxruntime.InferenceSession(path)
    differences = []
    for batch in (photos, photos[:1]):
        (logits,) = session.run(None, {session.get_inputs()[0].name: batch.numpy()})
        with torch.no_grad():
            differences.append(np.abs(logits - net(batch).numpy()).max())
    net.train(was_training)
    if max(differences) > tolerance:
        raise ValueError(f"ONNX differs by {max(differences):.2g}")
    return float(max(differences))
