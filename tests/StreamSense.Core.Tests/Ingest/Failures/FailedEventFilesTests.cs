using System.Text;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.Failures;
using StreamSense.Core.Privacy;

namespace StreamSense.Core.Tests.Ingest.Failures;

public sealed class FailedEventFilesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("streamsense-failed-");
    private readonly PseudonymKey _key = PseudonymKey.CreateRandom();

    [Fact]
    public void Add_AnyRecord_IsReadBackAsItWas()
    {
        FailedEvent failed = Failed("viewer: expected a text, found 17", "{\"viewer\":17}") with { Source = "web", RecordIndex = 3 };
        using (var files = new FailedEventFiles(_folder.FullName, _key))
        {
            files.Add(failed);
        }

        StoredFailure stored = Assert.Single(Read());
        Assert.Equal(("1-1", true, true), (stored.Id, stored.IsOpen, stored.IsRecoverable));
        Assert.Equal(new FailureMessage("viewer", "expected a text", "17"), stored.Failed.Messages[0]);
        Assert.Equal("{\"viewer\":17}", Encoding.UTF8.GetString(stored.Failed.Raw.Span));
        FailedEvent read = stored.Failed;
        Assert.Equal((failed.Reason, failed.Stage, failed.Format, failed.Source, failed.RecordIndex, failed.Batch),
            (read.Reason, read.Stage, read.Format, read.Source, read.RecordIndex, read.Batch));
    }

    [Fact]
    public void Add_MoreThanTheBound_PushesOutTheOldestAndStaysWithinIt()
    {
        const int Records = 4000;
        using (var files = new FailedEventFiles(_folder.FullName, _key, maxBytes: 1024 * 1024))
        {
            for (int i = 1; i <= Records; i++)
            {
                files.Add(Failed("x: y", new string('x', 400)) with { RecordIndex = i });
            }
        }

        Assert.InRange(_folder.GetFiles().Sum(file => file.Length), 1, 1024 * 1024);
        List<StoredFailure> kept = Read();
        Assert.InRange(kept.Count, 500, Records - 1);
        Assert.Equal(Enumerable.Range(Records - kept.Count + 1, kept.Count), kept.Select(stored => (int)stored.Failed.RecordIndex));
    }

    [Fact]
    public void Add_AfterARestart_GoesOnInAFileOfItsOwn()
    {
        for (int run = 0; run < 3; run++)
        {
            using var files = new FailedEventFiles(_folder.FullName, _key);
            files.Add(Failed("x: y", "z"));
        }

        Assert.Equal(["1-1", "2-1", "3-1"], Read().Select(stored => stored.Id));
    }

    [Fact]
    public void ReadAll_LineCutByACrash_IsPassedOverAndCounted()
    {
        using (var files = new FailedEventFiles(_folder.FullName, _key))
        {
            files.Add(Failed("x: y", "first"));
            files.Add(Failed("x: y", "second"));
        }

        string path = _folder.GetFiles().Single().FullName;
        File.WriteAllText(path, File.ReadAllText(path)[..^20]);
        using var reader = new FailedEventReader(_folder.FullName, _key);
        Assert.Single(reader.ReadAll());
        Assert.Equal(1, reader.Unreadable);
    }

    [Fact]
    public void Add_RawIdsInRecordAndMessage_NeverReachTheDisk()
    {
        using (var files = new FailedEventFiles(_folder.FullName, _key))
        {
            files.Add(Failed("viewer: expected a text, found \"grandma-smith", "{\"device\":\"tv-0815\"}"));
        }

        byte[] bytes = File.ReadAllBytes(_folder.GetFiles().Single().FullName);
        Assert.True(bytes.AsSpan().IndexOf("grandma-smith"u8) < 0);
        Assert.True(bytes.AsSpan().IndexOf("tv-0815"u8) < 0);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static FailedEvent Failed(string message, string raw) => new()
    {
        Reason = RejectReason.InvalidValue,
        Stage = IngestStage.Decode,
        Message = message,
        Format = "ndjson",
        Batch = "b1",
        Raw = Encoding.UTF8.GetBytes(raw),
    };

    private List<StoredFailure> Read()
    {
        using var reader = new FailedEventReader(_folder.FullName, _key);
        return [.. reader.ReadAll()];
    }
}
