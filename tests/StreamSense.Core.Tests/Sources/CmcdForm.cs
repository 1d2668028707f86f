namespace StreamSense.Core.Tests.Sources;

/// <summary>The evening as CMCD version 2 in event mode, as players send it: nobody says that the viewer left.</summary>
internal static class CmcdForm
{
    /// <summary>What is said of a fact; null if nothing is.</summary>
    public static string? Player(EveningView view, Fact fact, int number)
    {
        bool isBuffering = view.Facts.Count(other => other.At < fact.At && other.Kind == FactKind.BufferStart)
            > view.Facts.Count(other => other.At < fact.At && other.Kind == FactKind.BufferEnd);
        string? rest = fact.Kind switch
        {
            FactKind.Request => "e=ps,sta=s",
            FactKind.Start or FactKind.Resume or FactKind.BufferEnd => "e=ps,sta=p",
            FactKind.SeekEnd => isBuffering ? null : "e=ps,sta=p",
            FactKind.BufferStart => "e=ps,sta=r",
            FactKind.SeekStart => "e=ps,sta=k",
            FactKind.Pause => "e=ps,sta=a",
            FactKind.Bitrate => $"br=({fact.Kbps}),e=bc",
            FactKind.Beat => "e=t,sta=p",
            FactKind.Error => "e=e,ec=(\"net-1\"),sta=f",
            FactKind.Completed => "e=ps,sta=e",
            _ => null,
        };
        return rest is null
            ? null
            : $"cid=\"{view.Title}\",{rest},pt={fact.Playhead},sid=\"{view.Id}\",sn={number},ts={view.DeviceTime(fact)},v=2\n";
    }
}
