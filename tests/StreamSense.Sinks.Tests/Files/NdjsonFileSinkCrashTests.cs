using StreamSense.Sinks.Files;

namespace StreamSense.Sinks.Tests.Files;

/// <summary>The process ends at any byte and at any operation: what is read back are whole batches, acknowledged ones all.</summary>
public sealed class NdjsonFileSinkCrashTests
{
    private static readonly (int From, int Count)[] Script = [(1, 2), (3, 1), (4, 2), (6, 2)];
    private static readonly string[] Prefixes = PrefixesOf(Script);

    // The third batch begins a second file, the fourth makes the sink delete nothing yet.
    private static NdjsonFileOptions Small(bool flush) => new() { MaxFileBytes = 500, MaxTotalBytes = 1 << 20, FlushToDisk = flush };

    [Fact]
    public async Task Crash_AtEveryByteWritten_LeavesWholeBatches()
    {
        var whole = new MemoryVolume();
        Assert.Equal(Script.Length, await RunAsync(whole, Small(flush: false)));
        for (long bytes = 0; bytes < whole.BytesWritten; bytes++)
        {
            await CrashAsync(new MemoryVolume { BytesUntilCrash = bytes }, Small(flush: false));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Crash_AtEveryOperation_LeavesWholeBatches(bool flush)
    {
        var whole = new MemoryVolume();
        await RunAsync(whole, Small(flush));
        Assert.InRange(whole.Steps, 10, 200);
        for (int steps = 0; steps < whole.Steps; steps++)
        {
            await CrashAsync(new MemoryVolume { StepsUntilCrash = steps }, Small(flush));
        }
    }

    [Fact]
    public async Task Crash_WhileRecovering_IsRecoveredFromAgain()
    {
        var torn = new MemoryVolume { BytesUntilCrash = 1_024 + 250 };
        int acknowledged = await RunAsync(torn, Small(flush: false));
        int steps = 0;
        for (bool recovered = false; !recovered; steps++)
        {
            MemoryVolume disk = torn.Reboot();
            disk.StepsUntilCrash = steps;
            try
            {
                FileRig.Open(disk);
                recovered = true;
            }
            catch (MemoryVolume.CrashException)
            {
                AssertPrefix(FileRig.Replay(disk.Reboot()), acknowledged);
            }
        }

        Assert.InRange(steps, 2, 20);
    }

    private static async Task CrashAsync(MemoryVolume disk, NdjsonFileOptions options)
    {
        int acknowledged = await RunAsync(disk, options);

        // The source reads the same before and after a sink has recovered the directory.
        MemoryVolume after = disk.Reboot();
        string before = FileRig.Replay(after);
        AssertPrefix(before, acknowledged);
        NdjsonFileSink sink = FileRig.Open(after, options);
        Assert.Equal(0, sink.Counts.DamagedFiles);
        Assert.Equal(before, FileRig.Replay(after));
        await FileRig.WriteAsync(sink, (50, 1));
        await sink.DisposeAsync();
        Assert.Equal(before + FileRig.TextOf(50, 1), FileRig.Replay(after));
    }

    private static async Task<int> RunAsync(MemoryVolume disk, NdjsonFileOptions options)
    {
        int acknowledged = 0;
        try
        {
            NdjsonFileSink sink = FileRig.Open(disk, options);
            foreach ((int from, int count) in Script)
            {
                await FileRig.WriteAsync(sink, (from, count));
                acknowledged++;
            }

            await sink.DisposeAsync();
        }
        catch (MemoryVolume.CrashException)
        {
            // The process has ended.
        }

        return acknowledged;
    }

    private static void AssertPrefix(string read, int acknowledged)
    {
        // A batch whose commit record was written may be there although nobody was told.
        int found = Array.IndexOf(Prefixes, read);
        Assert.InRange(found, acknowledged, acknowledged + 1);
    }

    private static string[] PrefixesOf((int From, int Count)[] script)
    {
        var prefixes = new List<string> { "" };
        foreach ((int from, int count) in script)
        {
            prefixes.Add(prefixes[^1] + FileRig.TextOf(from, count));
        }

        return [.. prefixes];
    }
}
