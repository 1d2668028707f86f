using StreamSense.Core.Events.Payloads;

namespace StreamSense.Core.Ingest.MessagePack;

/// <summary>What of a plain event waits until all of it has been read.</summary>
internal ref struct PlainDraft()
{
    public long Time = Absent.Time;
    public long Sent = Absent.Time;
    public long Received = Absent.Time;
    public ulong IdBits;
    public ReadOnlySpan<byte> Id;
    public ulong TitleBits;
    public int TitlePlace = -1;
    public ReadOnlySpan<byte> Title;
    public ReadOnlySpan<byte> FirstText;
    public ReadOnlySpan<byte> SecondText;
}
