using StreamSense.Core.Ingest;

namespace StreamSense.Tool.Inputs;

/// <summary>A format that the tool reads.</summary>
/// <param name="Name">What <c>--format</c> calls it.</param>
/// <param name="Says">What it is, in a few words.</param>
/// <param name="Open">Makes a reader.</param>
internal sealed record SourceFormat(string Name, string Says, Func<SourceContext, IEventIngest> Open)
{
    /// <summary>Whether it is read by a mapping file.</summary>
    public bool NeedsMapping { get; init; }

    /// <summary>Other names that people call it by.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];
}
