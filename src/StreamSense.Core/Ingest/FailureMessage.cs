namespace StreamSense.Core.Ingest;

/// <summary>One thing that was wrong with a record.</summary>
/// <param name="Path">The field, as the format names it; empty if it is the record as a whole.</param>
/// <param name="Rule">What was expected.</param>
/// <param name="Found">What was found instead, cut; empty if nothing was, or if it says no more than the rule.</param>
public readonly record struct FailureMessage(string Path, string Rule, string Found)
{
    private const string FoundMark = ", found ";

    /// <summary>Takes a message apart: <c>playheadMs: expected a number, found "abc"</c>.</summary>
    /// <param name="text">The message, as readers of every format write it.</param>
    public static FailureMessage Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int found = text.IndexOf(FoundMark, StringComparison.Ordinal);
        string head = found < 0 ? text : text[..found];
        string excerpt = found < 0 ? "" : text[(found + FoundMark.Length)..];
        int colon = head.IndexOf(": ", StringComparison.Ordinal);
        return colon < 0 ? new FailureMessage("", head, excerpt) : new FailureMessage(head[..colon], head[(colon + 2)..], excerpt);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        (Path.Length > 0 ? Path + ": " : "") + Rule + (Found.Length > 0 ? FoundMark + Found : "");
}
