namespace StreamSense.Core.Tests.Sources;

/// <summary>The evening in the manner of Mux.</summary>
internal static class MuxForm
{
    /// <summary>What is said of a fact; null if nothing is.</summary>
    public static string? Player(EveningView view, Fact fact, int number)
    {
        string? type = fact.Kind switch
        {
            FactKind.Request => "viewstart",
            FactKind.Start or FactKind.Resume => "playing",
            FactKind.BufferStart => "rebufferstart",
            FactKind.BufferEnd => "rebufferend",
            FactKind.SeekStart => "seeking",
            FactKind.SeekEnd => "seeked",
            FactKind.Pause => "pause",
            FactKind.Bitrate => "renditionchange",
            FactKind.Beat => "hb",
            FactKind.Error => "error",
            FactKind.Completed => "ended",
            FactKind.Quit => "viewend",
            _ => null,
        };
        if (type is null)
        {
            return null;
        }

        long time = view.DeviceTime(fact);
        string more = fact.Kind switch
        {
            FactKind.Bitrate => $",\"video_source_bitrate\":{fact.Kbps}000",
            FactKind.Beat => ",\"player_state\":\"playing\"",
            FactKind.Error => ",\"player_error_code\":\"net-1\"",
            _ => "",
        };
        return $$"""
            {"type":"{{type}}","view_id":"{{view.Id}}","video_id":"{{view.Title}}","viewer_id":"{{view.Viewer}}","device_id":"{{view.Device}}",
            "sequence_number":{{number}},"viewer_time":{{time}},"beacon_time":{{time}},"server_time":{{time - view.SkewMs}},
            "playhead_time":{{fact.Playhead}}{{more}}}
            """;
    }
}
