using StreamSense.Core.Ingest;

namespace StreamSense.Core.Tests.Ingest;

public sealed class FailedEventsTests
{
    [Fact]
    public void Add_MoreThanFits_KeepsTheNewestAndEveryCount()
    {
        var store = new FailedEvents(maxBytes: 64 * 1024, maxCount: 5);
        for (int i = 1; i <= 9; i++)
        {
            store.Add(Failure(i, new byte[10]));
        }

        Assert.Equal([9L, 8, 7, 6, 5], store.Newest().Select(entry => entry.RecordIndex));
        Assert.Equal([9L, 8], store.Newest(2).Select(entry => entry.RecordIndex));
        Assert.Equal(9, store.CountOf(RejectReason.Malformed));
        Assert.Equal(4, store.RolledOff);
    }

    [Fact]
    public void Add_LargeRecords_StaysWithinItsBytes()
    {
        var store = new FailedEvents(maxBytes: 16 * 1024);
        for (int i = 1; i <= 100; i++)
        {
            store.Add(Failure(i, new byte[100_000]));
        }

        Assert.Equal(3, store.Count);
        Assert.All(store.Newest(), entry => Assert.True(entry.IsRawTruncated && entry.Raw.Length == FailedEvents.MaxRawBytes));
    }

    [Fact]
    public void Add_NoConsent_KeepsNoBytes()
    {
        var store = new FailedEvents();

        store.Add(Failure(1, new byte[10]) with { Reason = RejectReason.NoConsent });

        Assert.True(Assert.Single(store.Newest()).Raw.IsEmpty);
    }

    private static FailedEvent Failure(long index, byte[] raw) => new()
    {
        Reason = RejectReason.Malformed,
        Stage = IngestStage.Decode,
        Message = "m",
        Format = "test",
        RecordIndex = index,
        Raw = raw,
    };
}
