namespace StreamSense.Core.Ingest.MessagePack;

/// <summary>How large the batches may be that are read; how their records are read, the options of NDJSON say.</summary>
/// <remarks>Read when a decoder is made; later changes have no effect on it.</remarks>
public sealed class MessagePackOptions
{
    internal const int DefaultMaxBatchEvents = 65_536;

    /// <summary>The longest body of a batch, in bytes, that is looked at; a longer one is refused as
    /// <see cref="RejectReason.TooLarge"/>.</summary>
    /// <value>1 Mi. At least 1,024, at most 64 Mi.</value>
    public int MaxBatchBytes { get; set; } = 1024 * 1024;

    /// <summary>How many events a batch may have; of one that announces more nothing is taken.</summary>
    /// <value>65,536. At least 1.</value>
    public int MaxBatchEvents { get; set; } = DefaultMaxBatchEvents;

    internal MessagePackOptions Copy() => (MessagePackOptions)MemberwiseClone();

    internal static void Validate(MessagePackOptions options)
    {
        if (options.MaxBatchBytes is < 1024 or > 64 * 1024 * 1024)
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.MaxBatchBytes, "MaxBatchBytes lies outside 1,024 to 64 Mi.");
        }

        if (options.MaxBatchEvents < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.MaxBatchEvents, "MaxBatchEvents is less than 1.");
        }
    }
}
