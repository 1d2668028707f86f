using System.Text;
using StreamSense.Contracts;
using StreamSense.Contracts.Delivery;
using StreamSense.Core.Delivery;
using StreamSense.Sinks.Files;
using StreamSense.Testing.Clock;

namespace StreamSense.Sinks.Tests.Files;

public sealed class NdjsonFileSinkTests : IDisposable
{
    private static readonly int Line = Encoding.UTF8.GetByteCount(FileRig.TextOf(1, 1));
    private readonly ScratchDirectory _scratch = new();
    private readonly FakeTimeProvider _clock = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task WriteAsync_SizeReached_RollsBeforeTheBatch()
    {
        await using NdjsonFileSink sink = Open(new NdjsonFileOptions { MaxFileBytes = 2 * Line });
        await FileRig.WriteAsync(sink, (1, 1), (2, 1), (4, 1), (5, 1), (7, 1));
        Assert.Equal(
            [
                "events-20260101T000000-000001.ndjson",
                "events-20260101T000000-000002.ndjson",
                "events-20260101T000000-000003.ndjson",
            ],
            _scratch.DataFiles().Select(Path.GetFileName));
        Assert.Equal(FileRig.TextOf(1, 2), await File.ReadAllTextAsync(_scratch.DataFiles()[0]));
        Assert.Equal(3, sink.Counts.Files);
    }

    [Fact]
    public async Task WriteAsync_BatchLargerThanAFile_GetsOneOfItsOwn()
    {
        await using NdjsonFileSink sink = Open(new NdjsonFileOptions { MaxFileBytes = 2 * Line });
        await FileRig.WriteAsync(sink, (1, 1), (2, 9), (11, 1));
        Assert.Equal(FileRig.TextOf(2, 9), await File.ReadAllTextAsync(_scratch.DataFiles()[1]));
        Assert.Equal(3, _scratch.DataFiles().Length);
    }

    [Fact]
    public async Task WriteAsync_AgeReached_Rolls()
    {
        await using NdjsonFileSink sink = Open(new NdjsonFileOptions { MaxFileAge = TimeSpan.FromMinutes(5) });
        await FileRig.WriteAsync(sink, (1, 1));
        _clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(1));
        await FileRig.WriteAsync(sink, (2, 1));
        Assert.Single(_scratch.DataFiles());
        _clock.Advance(TimeSpan.FromTicks(1));
        await FileRig.WriteAsync(sink, (3, 1));
        Assert.Equal("events-20260101T000500-000002.ndjson", Path.GetFileName(_scratch.DataFiles()[^1]));
    }

    [Fact]
    public async Task WriteAsync_TotalReached_DeletesTheOldestAndCounts()
    {
        await using NdjsonFileSink sink = Open(new NdjsonFileOptions { MaxFileBytes = Line, MaxTotalBytes = 3 * Line });
        for (int id = 1; id <= 28; id += 3)
        {
            await FileRig.WriteAsync(sink, (id, 1));
            Assert.InRange(_scratch.DataFiles().Sum(path => new FileInfo(path).Length), 1, 3 * Line + 30);
        }

        NdjsonFileCounts counts = sink.Counts;
        Assert.Equal((10L, 10L - counts.Files, 10L - counts.Files), (counts.Events, counts.DeletedFiles, counts.DeletedEvents));
        Assert.InRange(counts.Files, 2, 3);
        Assert.Equal(counts.WrittenBytes, counts.Bytes + counts.DeletedBytes);
        Assert.EndsWith(FileRig.TextOf(28, 1), Replay(out _), StringComparison.Ordinal);
        Assert.Equal(2 * counts.Files, Directory.GetFiles(_scratch.Path, "events-*").Length);
    }

    [Fact]
    public async Task WriteAsync_MaxFilesReached_DeletesTheOldest()
    {
        await using NdjsonFileSink sink = Open(new NdjsonFileOptions { MaxFileBytes = 1, MaxTotalBytes = 1 << 20, MaxFiles = 2 });
        await FileRig.WriteAsync(sink, (1, 1), (2, 1), (3, 1), (4, 1));
        Assert.Equal(FileRig.TextOf(3, 2), Replay(out _));
        Assert.Equal(2, sink.Counts.DeletedFiles);
    }

    [Fact]
    public async Task Open_AfterAnEarlierRun_BeginsANewFileAndKeepsCounting()
    {
        await using (NdjsonFileSink first = Open())
        {
            await FileRig.WriteAsync(first, (1, 5));
        }

        await using NdjsonFileSink second = Open();
        Assert.Equal((1, 0), (second.Counts.Files, second.Counts.RecoveredFiles));
        await FileRig.WriteAsync(second, (6, 5));
        Assert.EndsWith("-000002.ndjson", _scratch.DataFiles()[^1], StringComparison.Ordinal);
        Assert.Equal(FileRig.TextOf(1, 10), Replay(out ReplaySummary summary));
        Assert.Equal((2, 0, 0), (summary.Pieces, summary.DamagedPieces, summary.ForeignPieces));
    }

    [Fact]
    public async Task Open_WithoutAnyBatch_LeavesNoFile()
    {
        await using (Open())
        {
        }

        Assert.Empty(_scratch.DataFiles());
    }

    [Fact]
    public async Task Open_DirectoryWithAWriter_IsRefusedWithItsName()
    {
        NdjsonFileSink first = Open();
        IOException refused = Assert.Throws<IOException>(() => Open());
        Assert.Contains(_scratch.Path, refused.Message, StringComparison.Ordinal);
        Assert.Contains("has a writer already", refused.Message, StringComparison.Ordinal);
        await first.DisposeAsync();
        await Open().DisposeAsync();
    }

    [Fact]
    public async Task Open_ContradictingOptions_AreRefusedAndTheDirectoryIsFree()
    {
        Assert.Throws<ArgumentException>(() => Open(new NdjsonFileOptions { MaxFileBytes = 100, MaxTotalBytes = 199 }));
        await Open().DisposeAsync();
    }

    [SkippableFact]
    public async Task Open_NewDirectory_IsForItsOwnerAlone()
    {
        Skip.If(OperatingSystem.IsWindows(), "Unix file modes");
        await using NdjsonFileSink sink = Open();
        await FileRig.WriteAsync(sink, (1, 1));
        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(_scratch.Path));
            Assert.Equal(OwnerOnly, File.GetUnixFileMode(_scratch.DataFiles()[0]));
        }
    }

    [Fact]
    public async Task Replay_WhileASinkWrites_ReadsWhatIsCommitted()
    {
        await using NdjsonFileSink sink = Open(new NdjsonFileOptions { FlushToDisk = true });
        await FileRig.WriteAsync(sink, (1, 4));
        Assert.Equal(FileRig.TextOf(1, 4), Replay(out _));
        await FileRig.WriteAsync(sink, (5, 4));
        Assert.Equal(FileRig.TextOf(1, 8), Replay(out _));
        await sink.FlushAsync(default);
    }

    [Fact]
    public void Replay_NoDirectory_ReadsNothing() => Assert.Equal("", Replay(out _));

    [Fact]
    public async Task Replay_Cancelled_Ends()
    {
        await using NdjsonFileSink sink = Open();
        await FileRig.WriteAsync(sink, (1, 1));
        Assert.Throws<OperationCanceledException>(
            () => new NdjsonFileSource(_scratch.Path).Replay(_ => { }, new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task WriteAsync_InSteadyState_AllocatesNothingPerEvent()
    {
        await using NdjsonFileSink sink = Open();
        DeliveryBatch batch = SinkEvents.Batch(1, 1_000);
        await sink.WriteAsync(batch, default);

        Assert.InRange(await Allocations.LeastAsync(() => sink.WriteAsync(batch, default)), 0, 1_024);
    }

    [Fact]
    public async Task WriteAsync_AfterDispose_IsRefused()
    {
        NdjsonFileSink sink = Open();
        await sink.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => FileRig.WriteAsync(sink, (1, 1)));
    }

    private NdjsonFileSink Open(NdjsonFileOptions? options = null) => new(_scratch.Path, SinkEvents.Vocabulary, options, _clock);

    private string Replay(out ReplaySummary summary) => FileRig.Replay(new NdjsonFileSource(_scratch.Path), out summary);
}
