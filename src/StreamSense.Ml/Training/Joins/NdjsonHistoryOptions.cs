using StreamSense.Core.Admission;
using StreamSense.Core.Ingest.Json;
using StreamSense.Core.Sessions;

namespace StreamSense.Ml.Training.Joins;

/// <summary>How a <see cref="NdjsonHistory"/> is read.</summary>
/// <remarks>Memory during a replay: that of a closed set, 128 bytes an event and its text, and the views that are open at one
/// time.</remarks>
public sealed class NdjsonHistoryOptions
{
    /// <summary>How lines become events.</summary>
    /// <value>Default as a door reads them, but times of receipt are believed.</value>
    public NdjsonOptions Ndjson { get; set; } = new() { TrustReceived = true };

    /// <summary>How events become views.</summary>
    /// <value>Default as a pipeline's.</value>
    public SessionOptions Sessions { get; set; } = new();

    /// <summary>How many events are held, and in which order they come.</summary>
    /// <value>Default: nothing is late, and clocks are put right.</value>
    public ClosedSetOptions Set { get; set; } = new();

    /// <summary>Whether all rows of the catalogue come before everything else, and once more at their time.</summary>
    /// <value>Default true: a catalogue is often written when the titles have long been watched.</value>
    public bool CatalogueFirst { get; set; } = true;
}
