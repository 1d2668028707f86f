using StreamSense.Core.Tests.Ingest.Snowplow;

namespace StreamSense.Core.Tests.Sources;

/// <summary>The evening as Snowplow's media events: nobody says that the viewer left.</summary>
internal static class SnowplowForm
{
    /// <summary>What is said of a fact; null if nothing is.</summary>
    public static string? Player(EveningView view, Fact fact, int number)
    {
        (string? name, string data) = fact.Kind switch
        {
            FactKind.Request or FactKind.Resume => ("play", "{}"),
            FactKind.Start or FactKind.BufferEnd => ("buffer_end", "{}"),
            FactKind.BufferStart => ("buffer_start", "{}"),
            FactKind.SeekStart => ("seek_start", "{}"),
            FactKind.SeekEnd => ("seek_end", "{}"),
            FactKind.Pause => ("pause", "{}"),
            FactKind.Bitrate => ("quality_change", $$"""{"bitrate":{{fact.Kbps}}000}"""),
            FactKind.Beat => ("ping", "{}"),
            FactKind.Error => ("error", """{"errorCode":"net-1"}"""),
            FactKind.Completed => ("end", "{}"),
            _ => (null, ""),
        };
        if (name is null)
        {
            return null;
        }

        string player = SnowplowTexts.Player(fact.Playhead / 1000.0, paused: fact.Kind == FactKind.Pause, label: view.Title);
        string session = $$"""{"mediaSessionId":"{{view.Id}}","pingInterval":10}""";
        string id = $"{view.Id}-{number}";
        return SnowplowTexts.Payload(SnowplowTexts.Element(
            name, id, view.DeviceTime(fact), player, data, session, entities: "", EveningView.LatencyMs, view.Device));
    }
}
