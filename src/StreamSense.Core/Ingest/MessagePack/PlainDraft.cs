using StreamSense.Core.Events.Payloads;

namespace StreamSense.Core.Ingest.MessagePack;

/// <summary>What of a plain event waits until all of it has been read.</summary>
internal struct PlainDraft()
{
    public long Time = Absent.Time;
    public long Sent = Absent.Time;
    public long Received = Absent.Time;
    public ulong IdBits;
    public ulong TitleBits;
    public int TitlePlace = -1;
    public TextPlace Id;
    public TextPlace Title;
    public TextPlace FirstText;
    public TextPlace SecondText;
}
