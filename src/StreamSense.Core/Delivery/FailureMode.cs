namespace StreamSense.Core.Delivery;

/// <summary>What becomes of a batch that a sink has failed to write as often as its <see cref="RetrySchedule"/> allows.</summary>
public enum FailureMode : byte
{
    /// <summary>Drops the batch, counts its events, and goes on with the next: a dead sink never slows the pipeline.</summary>
    Drop = 0,

    /// <summary>
    /// Holds the batch and keeps trying at the longest delay of the schedule: nothing is dropped while the host runs, the buffer before the
    /// sink fills, and then the pipeline's own full mode decides.
    /// </summary>
    Block = 1,
}
