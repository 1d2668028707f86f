namespace StreamSense.Tool.Measuring;

/// <summary>Passes on how many of the events of a set have been handed over.</summary>
/// <param name="progress">Is told.</param>
/// <param name="total">How many events there are.</param>
internal sealed class DeliveryProgress(IMeasureProgress progress, long total) : IProgress<int>
{
    /// <inheritdoc/>
    public void Report(int value) => progress.Measured(value, total);
}
