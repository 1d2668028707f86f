namespace StreamSense.Core.Ingest;

/// <summary>One record that was refused.</summary>
/// <param name="Line">The number of its line in the body, from 1.</param>
/// <param name="Reason">Why.</param>
/// <param name="Message">In words: the field, the rule and what was found instead.</param>
public sealed record IngestError(long Line, RejectReason Reason, string Message)
{
    /// <summary>The error as a line of text: <c>line 3: playheadMs: expected a number, found "abc"</c>.</summary>
    public override string ToString() =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"line {Line}: {Message}");
}
