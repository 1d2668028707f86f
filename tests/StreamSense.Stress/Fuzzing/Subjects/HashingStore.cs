using StreamSense.Core.Ingest;

namespace StreamSense.Stress.Fuzzing.Subjects;

/// <summary>Takes failed records by hashing them.</summary>
/// <param name="withRaw">Whether the bytes of a record are the same wherever its body was cut.</param>
internal sealed class HashingStore(bool withRaw) : IFailedEventStore
{
    private ReadingHash _hash;

    public ulong Digest => _hash.Value;

    public long Count { get; private set; }

    public string? Broken { get; private set; }

    public void Begin()
    {
        _hash = new ReadingHash();
        Count = 0;
        Broken = null;
    }

    public void Add(FailedEvent failed)
    {
        Count++;
        _hash.Add((ulong)failed.Reason);
        _hash.Add((ulong)failed.Stage);
        _hash.Add(failed.RecordIndex);
        _hash.Add(failed.Message);
        _hash.Add(withRaw ? failed.Raw.Span : default);
        Broken ??= failed.Reason == RejectReason.None ? "a record failed without a reason" : null;
        Broken ??= failed.Message.Length is 0 or > 1024 ? "a failure says nothing, or more than 1,024 letters" : null;
    }
}
