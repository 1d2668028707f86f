using StreamSense.Core.Metrics;
using StreamSense.Core.Metrics.Profiles;
using StreamSense.Tool.Inputs;

namespace StreamSense.Tool.Measuring;

/// <summary>What a run of <c>measure</c> was asked to do.</summary>
internal sealed record MeasureOptions
{
    /// <summary>The dimensions that the report can be cut by.</summary>
    public static IReadOnlyList<string> Dimensions { get; } = ["title", "cdn", "country", "deviceKind"];

    /// <summary>The files, in the order given; <c>-</c> is standard input.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>How they are written: one of <see cref="SourceFormats.Names"/>.</summary>
    public string Format { get; init; } = SourceFormats.Ndjson;

    /// <summary>The mapping file of format <c>mapped</c>; null if none is given.</summary>
    public string? MapFile { get; init; }

    /// <summary>The folder that failed records are kept in; null to count them only.</summary>
    public string? FailedFolder { get; init; }

    /// <summary>The file of the key under which failed records are sealed; null if none are kept.</summary>
    public string? KeyFile { get; init; }

    /// <summary>What to cut by; null for nothing.</summary>
    public string? By { get; init; }

    /// <summary>By whose definitions to measure, too; null for nobody's.</summary>
    public MetricProfile? Profile { get; init; }

    /// <summary>With whose definitions to compare those of <see cref="Profile"/>, or else our own; null for nobody's.</summary>
    public MetricProfile? Against { get; init; }

    /// <summary>The length of the windows to measure, too; null for none.</summary>
    public TimeSpan? Every { get; init; }

    /// <summary>On how many threads to read and measure.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>What the report says beside quality.</summary>
    public ReportSections Sections { get; init; } = ReportSections.Default;

    /// <summary>How far behind an event may arrive; null if nothing is late.</summary>
    public TimeSpan? Lateness { get; init; }

    /// <summary>Is told of an input whose end cannot be read; what comes before counts. Null if that ends the run.</summary>
    public Action<string>? Damaged { get; init; }
}
