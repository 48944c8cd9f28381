# fails: test_one_file_takes_any_batch, test_difference_is_measured
# why: The batch is frozen to the size of the example.

# %% exercise="export"
def export_net(net: nn.Module, path: str, photos: torch.Tensor, tolerance: float = 1e-4) -> float:
    was_training = net.training
    net.eval()
    torch.onnx.export(net, (photos,), path, external_data=False, verbose=False)
    session = onnxruntime.InferenceSession(path)
    differences = []
    for batch in (photos,):
        (logits,) = session.run(None, {session.get_inputs()[0].name: batch.numpy()})
        with torch.no_grad():
            differences.append(np.abs(logits - net(batch).numpy()).max())
    net.train(was_training)
    if max(differences) > tolerance:
        Path(path).unlink()
        raise ValueError(f"ONNX differs by {max(differences):.2g}")
    return float(max(differences))
