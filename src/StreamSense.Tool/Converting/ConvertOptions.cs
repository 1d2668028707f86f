using StreamSense.Tool.Inputs;

namespace StreamSense.Tool.Converting;

/// <summary>What a run of <c>convert</c> was asked to do.</summary>
internal sealed record ConvertOptions
{
    /// <summary>The files, in the order given; <c>-</c> is standard input.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>Where the events go; <c>-</c> is standard output.</summary>
    public required string Output { get; init; }

    /// <summary>How the files are written: one of <see cref="SourceFormats.Names"/>.</summary>
    public string Format { get; init; } = SourceFormats.Ndjson;

    /// <summary>The mapping file of format <c>mapped</c>; null if none is given.</summary>
    public string? MapFile { get; init; }

    /// <summary>How the events are written: one of <see cref="EventOutput.Names"/>.</summary>
    public string To { get; init; } = EventOutput.Ndjson;

    /// <summary>The folder that failed records are kept in; null to count them only.</summary>
    public string? FailedFolder { get; init; }

    /// <summary>The file of the key that makes pseudonyms; null for a key that is forgotten after the run.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Is told of an input whose end cannot be read; what comes before counts. Null if that ends the run.</summary>
    public Action<string>? Damaged { get; init; }
}
