using StreamSense.Ml.Ranking.Decisions;

namespace StreamSense.Ml.Tests.Ranking.Decisions;

public sealed class RecordRingTests
{
    [Fact]
    public void TryPeek_RecordsOfAnyLength_ComeInOrderAcrossManyRounds()
    {
        var ring = new RecordRing(1024);
        var random = new Random(3);
        var waiting = new Queue<byte[]>();
        long position = 0;
        int refused = 0;
        for (int step = 0; step < 20_000; step++)
        {
            byte[] record = new byte[random.Next(1, ring.MaxRecordBytes + 1)];
            random.NextBytes(record);
            if (ring.TryReserve(record.Length, out Span<byte> room, out long at))
            {
                Assert.Equal(-1, room.IndexOfAnyExcept((byte)0));
                record.CopyTo(room);
                ring.Commit(at, record.Length);
                waiting.Enqueue(record);
            }
            else
            {
                refused++;
            }

            while (waiting.Count > random.Next(4) && ring.TryPeek(ref position, out ReadOnlySpan<byte> taken))
            {
                Assert.Equal(waiting.Dequeue(), taken.ToArray());
                position = RecordRing.After(position, taken);
                ring.Release(position);
            }
        }

        Assert.True(refused > 0);
        Assert.InRange(ring.PendingBytes, 0, 1024);
    }

    [Fact]
    public void TryPeek_ReservedAndNotCommitted_HoldsUpTheReader()
    {
        var ring = new RecordRing(1024);
        Assert.True(ring.TryReserve(8, out _, out long first));
        Assert.True(ring.TryReserve(8, out _, out long second));
        ring.Commit(second, 8);
        long position = 0;
        Assert.False(ring.TryPeek(ref position, out _));

        ring.Commit(first, 8);

        Assert.True(ring.TryPeek(ref position, out ReadOnlySpan<byte> record));
        Assert.Equal(8, record.Length);
    }

    [Fact]
    public void TryReserve_LongestRecord_ThereIsRoomForThreeAtLeast()
    {
        var ring = new RecordRing(1024);
        Assert.False(ring.TryReserve(ring.MaxRecordBytes + 1, out _, out _));
        for (int i = 0; i < 3; i++)
        {
            Assert.True(ring.TryReserve(ring.MaxRecordBytes, out _, out _));
        }
    }

    [Fact]
    public void Close_Reservations_AreRefusedAndWhatIsReservedIsKept()
    {
        var ring = new RecordRing(1024);
        Assert.True(ring.TryReserve(8, out _, out long at));
        ring.Close();
        ring.Commit(at, 8);
        Assert.False(ring.TryReserve(8, out _, out _));
        long position = 0;
        Assert.True(ring.TryPeek(ref position, out _));
        Assert.Equal(16, ring.End);
    }
}
