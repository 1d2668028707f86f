namespace StreamSense.Core.Ingest.Cmcd;

/// <summary>What one record says, or why it says nothing.</summary>
/// <remarks>Immutable but for <see cref="Data"/>, which belongs to the receiver.</remarks>
public sealed record CmcdReading
{
    /// <summary>Why the record is refused; <see cref="RejectReason.None"/> if it is not.</summary>
    public RejectReason Reason { get; init; }

    /// <summary>The same in words; empty if it is not refused.</summary>
    public string Message { get; init; } = "";

    /// <summary>The keys and their values, without those of the wrong type; empty if the record is refused.</summary>
    public CmcdData Data { get; init; } = [];

    /// <summary>What is not as the standard has it, each as <c>key: what</c>.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    internal static CmcdReading Refuse(RejectReason reason, string message) => new() { Reason = reason, Message = message };
}
