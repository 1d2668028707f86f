namespace StreamSense.Core.Tests.Sources;

/// <summary>The evening as canonical lines.</summary>
internal static class CanonicalForm
{
    /// <summary>What the player says of a fact; null if it says nothing.</summary>
    public static string? Player(EveningView view, Fact fact, int number)
    {
        string? rest = fact.Kind switch
        {
            FactKind.Request => "'kind':'playback_request'",
            FactKind.Start => "'kind':'playback_start'",
            FactKind.BufferStart => "'kind':'buffer_start'",
            FactKind.BufferEnd => "'kind':'buffer_end'",
            FactKind.SeekStart => "'kind':'seek_start'",
            FactKind.SeekEnd => "'kind':'seek_end'",
            FactKind.Pause => "'kind':'pause'",
            FactKind.Resume => "'kind':'resume'",
            FactKind.Bitrate => $"'kind':'bitrate_change','bitrateKbps':{fact.Kbps}",
            FactKind.Beat => "'kind':'heartbeat','state':'playing','intervalMs':10000",
            FactKind.Error => "'kind':'error','code':'net-1','severity':'fatal'",
            FactKind.Completed => "'kind':'playback_end','reason':'completed'",
            FactKind.Quit => "'kind':'playback_end','reason':'quit'",
            _ => null,
        };
        bool hasPlayhead = fact.Kind is not (FactKind.BufferStart or FactKind.BufferEnd or FactKind.Bitrate or FactKind.Error);
        return rest is null ? null : Line(view, fact, $"{rest},'seq':{number}" + (hasPlayhead ? $",'playheadMs':{fact.Playhead}" : ""));
    }

    /// <summary>What a CDN says of a fact; null if it sees nothing of it.</summary>
    public static string? Request(EveningView view, Fact fact, int number)
    {
        const string Answer = "'kind':'media_request','cacheStatus':'hit','status':200";
        string id = $"'id':'{view.Id}-{number}'";
        return fact.Kind switch
        {
            FactKind.Request => Line(view, fact, $"{Answer},{id},'objectType':'m','bytes':2000"),
            FactKind.Segment => Line(
                view,
                fact,
                $"{Answer},{id},'objectType':'v','bytes':{fact.Bytes},'durationMs':{Fact.SegmentMs},'bitrateKbps':{fact.Kbps}"
                    + (fact.IsFirst ? ",'startup':true" : "") + (fact.IsStarved ? ",'starved':true" : "")),
            _ => null,
        };
    }

    private static string Line(EveningView view, Fact fact, string rest)
    {
        long time = view.DeviceTime(fact);
        string who = $"'view':'{view.Id}','title':'{view.Title}','viewer':'{view.Viewer}','device':'{view.Device}','source':'web'";
        string when = $"'time':{time},'sent':{time},'received':{time - view.SkewMs}";
        return ("{" + who + "," + when + "," + rest + "}\n").Replace('\'', '"');
    }
}
