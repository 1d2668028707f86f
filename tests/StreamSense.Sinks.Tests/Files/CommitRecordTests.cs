using StreamSense.Sinks.Files;

namespace StreamSense.Sinks.Tests.Files;

public sealed class CommitRecordTests
{
    [Fact]
    public void TryRead_WhatWasWritten_IsTheSame()
    {
        var record = new CommitRecord(9, new CommitPoint(1L << 40, 77, 0xDEADBEEF), new CommitPoint(5, 1, 3), IsSealed: true);
        byte[] sidecar = new byte[CommitRecord.SidecarBytes];
        record.WriteTo(sidecar);
        Assert.True(CommitRecord.TryRead(sidecar, out CommitRecord read));
        Assert.Equal(record, read);
    }

    [Fact]
    public void TryRead_TornBetweenTheCopies_TakesTheLaterGeneration()
    {
        CommitRecord older = CommitRecord.None.Next(new CommitPoint(10, 1, 1));
        CommitRecord newer = older.Next(new CommitPoint(20, 2, 2));
        byte[] before = new byte[CommitRecord.SidecarBytes];
        byte[] after = new byte[CommitRecord.SidecarBytes];
        older.WriteTo(before);
        newer.WriteTo(after);
        for (int written = 0; written <= before.Length; written++)
        {
            byte[] torn = [.. after[..written], .. before[written..]];
            Assert.True(CommitRecord.TryRead(torn, out CommitRecord read));
            Assert.Equal(written < 64 ? older : newer, read.Generation == older.Generation ? older : newer);
            Assert.Contains(read, new[] { older, newer });
        }
    }

    [Theory]
    [InlineData("events-20260101T000000-000001.ndjson", true)]
    [InlineData("events-20260101T000000-1234567.ndjson", true)]
    [InlineData("events-20260101T000000-.ndjson", false)]
    [InlineData("events-20261301T000000-000001.ndjson", false)]
    [InlineData("events-20260101T000000-+00001.ndjson", false)]
    [InlineData("events-20260101T000000-000001.ndjson.commit", false)]
    [InlineData("events-.ndjson", false)]
    [InlineData("events.ndjson", false)]
    public void TryParse_Names_AreTakenOnlyAsTheSinkSpellsThem(string text, bool expected) =>
        Assert.Equal(expected, EventFileName.TryParse(text, out _));
}
