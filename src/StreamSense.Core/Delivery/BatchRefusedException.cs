namespace StreamSense.Core.Delivery;

/// <summary>Says that a sink will never take a batch, so that trying again is of no use.</summary>
public sealed class BatchRefusedException : Exception
{
    /// <summary>Creates the exception.</summary>
    public BatchRefusedException()
        : this("The sink refused the batch.")
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Why the batch is refused.</param>
    public BatchRefusedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Why the batch is refused.</param>
    /// <param name="innerException">What the sink met.</param>
    public BatchRefusedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
