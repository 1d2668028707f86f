using StreamSense.Core.Delivery;
using StreamSense.Sinks.Files;

namespace StreamSense.Sinks.Tests.Files;

/// <summary>Files that something else has cut or changed: starting never fails, damage is counted, whole batches are kept.</summary>
public sealed class NdjsonFileSinkDamageTests
{
    private static readonly string First = FileRig.TextOf(1, 2);
    private static readonly string Second = FileRig.TextOf(3, 2);

    [Fact]
    public async Task Open_DataCutBetweenTwoCommits_KeepsExactlyTheFirst()
    {
        MemoryVolume disk = await TwoBatchesAsync();
        for (int length = First.Length; length < First.Length + Second.Length; length++)
        {
            MemoryVolume cut = disk.Reboot();
            List<byte> data = cut[DataFile(cut)];
            data.RemoveRange(length, data.Count - length);
            AssertRecovers(cut, First, damaged: 1);
        }
    }

    [Fact]
    public async Task Open_DataCutBelowTheCommitBefore_KeepsWholeLines()
    {
        MemoryVolume disk = await TwoBatchesAsync();
        for (int length = 0; length < First.Length; length++)
        {
            MemoryVolume cut = disk.Reboot();
            List<byte> data = cut[DataFile(cut)];
            data.RemoveRange(length, data.Count - length);
            AssertRecovers(cut, First[..(First[..length].LastIndexOf('\n') + 1)], damaged: 1);
        }
    }

    [Fact]
    public async Task Open_SidecarCutAtAnyLength_KeepsEveryBatch()
    {
        MemoryVolume disk = await TwoBatchesAsync();
        for (int length = 0; length < CommitRecord.SidecarBytes; length++)
        {
            MemoryVolume cut = disk.Reboot();
            List<byte> sidecar = cut[DataFile(cut) + ".commit"];
            sidecar.RemoveRange(length, sidecar.Count - length);
            AssertRecovers(cut, First + Second, damaged: length < 64 ? 1 : 0);
        }
    }

    [Fact]
    public async Task Open_OneCopyOfTheRecordFlipped_KeepsEveryBatch()
    {
        MemoryVolume disk = await TwoBatchesAsync();
        for (int at = 0; at < CommitRecord.SidecarBytes; at++)
        {
            MemoryVolume flipped = disk.Reboot();
            flipped[DataFile(flipped) + ".commit"][at] ^= (byte)(1 << (at % 8));
            AssertRecovers(flipped, First + Second, damaged: 0);
        }
    }

    [Fact]
    public async Task Open_DataOfTheLastBatchFlipped_FallsBackToTheCommitBefore()
    {
        MemoryVolume disk = await TwoBatchesAsync();
        for (int at = 0; at < Second.Length; at++)
        {
            MemoryVolume flipped = disk.Reboot();
            flipped[DataFile(flipped)][First.Length + at] ^= 1;
            AssertRecovers(flipped, First, damaged: 1);
        }
    }

    [Fact]
    public async Task Open_DataOfAnOlderBatchFlipped_KeepsTheFileAndCountsIt()
    {
        MemoryVolume disk = await TwoBatchesAsync();
        disk[DataFile(disk)][10] ^= 1;
        NdjsonFileSink sink = FileRig.Open(disk);
        Assert.Equal(1, sink.Counts.DamagedFiles);
        Assert.Equal(First.Length + Second.Length, FileRig.Replay(disk).Length);
    }

    [Fact]
    public async Task Replay_SealedFileFlipped_IsReadAndCounted()
    {
        var disk = new MemoryVolume();
        NdjsonFileSink sink = FileRig.Open(disk);
        await FileRig.WriteAsync(sink, (1, 2));
        await sink.DisposeAsync();
        disk[DataFile(disk)][^1] = (byte)' ';
        string read = FileRig.Replay(new NdjsonFileSource(disk), out ReplaySummary summary);
        Assert.Equal((1, 1), (summary.Pieces, summary.DamagedPieces));
        Assert.EndsWith("\n", read, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_FilesOfOthers_AreNeitherReadNorTouchedNorOverwritten()
    {
        const string Foreign = "events-20250101T000000-000007.ndjson";
        var disk = new MemoryVolume();
        disk.Put(Foreign, "not ours"u8.ToArray());
        disk.Put("notes.txt", "x"u8.ToArray());
        disk.Put("events-today.ndjson", "x"u8.ToArray());
        NdjsonFileSink sink = FileRig.Open(disk, new NdjsonFileOptions { MaxFileBytes = 1, MaxTotalBytes = 2, MaxFiles = 2 });
        await FileRig.WriteAsync(sink, (1, 1), (2, 1), (3, 1));
        Assert.Equal("not ours"u8.ToArray(), disk[Foreign]);
        Assert.Contains("events-20260101T000000-000010.ndjson", disk.List());
        FileRig.Replay(new NdjsonFileSource(disk), out ReplaySummary summary);
        Assert.Equal(1, summary.ForeignPieces);
    }

    private static string DataFile(MemoryVolume disk) => disk.List().Single(name => name.EndsWith(".ndjson", StringComparison.Ordinal));

    private static async Task<MemoryVolume> TwoBatchesAsync()
    {
        var disk = new MemoryVolume();
        await FileRig.WriteAsync(FileRig.Open(disk), (1, 2), (3, 2));
        return disk;
    }

    private static void AssertRecovers(MemoryVolume disk, string expected, int damaged)
    {
        string before = FileRig.Replay(new NdjsonFileSource(disk), out ReplaySummary summary);
        Assert.Equal(expected, before);
        Assert.Equal(damaged, summary.DamagedPieces);
        NdjsonFileSink sink = FileRig.Open(disk);
        Assert.Equal((1, damaged), (sink.Counts.RecoveredFiles, sink.Counts.DamagedFiles));
        Assert.Equal(expected, FileRig.Replay(disk));
    }
}
