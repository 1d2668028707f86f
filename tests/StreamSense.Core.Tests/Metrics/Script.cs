using System.Globalization;

namespace StreamSense.Core.Tests.Metrics;

/// <summary>Writes canonical lines of views: one call an event, seconds after a fixed instant.</summary>
internal sealed class Script
{
    internal static readonly DateTimeOffset Start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<string, int> _sequences = new(StringComparer.Ordinal);

    internal List<string> Lines { get; } = [];

    /// <summary>Adds an event.</summary>
    /// <param name="seconds">When.</param>
    /// <param name="kind">What.</param>
    /// <param name="fields">Further members, with single quotes for double ones.</param>
    /// <param name="view">Whose.</param>
    internal Script At(double seconds, string kind, string fields = "", string view = "v")
    {
        int sequence = _sequences.GetValueOrDefault(view);
        _sequences[view] = sequence + 1;
        string time = (Start + TimeSpan.FromSeconds(seconds)).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
        string more = fields.Length == 0 ? "" : "," + fields.Replace('\'', '"');
        Lines.Add($$"""{"kind":"{{kind}}","time":"{{time}}","source":"web","view":"{{view}}","seq":{{sequence}}{{more}}}""");
        return this;
    }

    internal Script Request(double seconds, string fields = "", string view = "v", string title = "t") =>
        At(seconds, "playback_request", $"'title':'{title}'" + (fields.Length == 0 ? "" : "," + fields), view);

    internal Script End(double seconds, string reason = "quit", string view = "v") =>
        At(seconds, "playback_end", $"'reason':'{reason}'", view);

    /// <summary>Requested and started in the same instant.</summary>
    internal Script Play(double seconds = 0, string view = "v") => Request(seconds, view: view).At(seconds, "playback_start", view: view);

    internal Script Beat(double seconds, string state = "playing", string fields = "", string view = "v") =>
        At(seconds, "heartbeat", $"'state':'{state}'" + (fields.Length == 0 ? "" : "," + fields), view);

    internal EngineMeasure Measure(bool close = true) => EngineMeasure.Run(Lines, close: close);
}
