using System.Text;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest.Json;

namespace StreamSense.Core.Tests.Ingest.Json;

public sealed class EnvelopeRunsTests
{
    private const string Padding = "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz";

    [Fact]
    public void Find_NothingRemembered_FindsNothing()
    {
        Assert.Equal(-1, new EnvelopeRuns().Find(LineOf(1), 0));
    }

    [Fact]
    public void Find_EachByteChangedOnce_FindsOnlyTheSameBytes()
    {
        var runs = new EnvelopeRuns();
        byte[] text = LineOf(1);
        Remember(runs, text, new EnvelopeRun { View = new ViewId(7) }, default);
        byte[] line = [.. "{"u8, .. text, .. ",\"seq\":1}"u8];

        int index = runs.Find(line, 1);

        Assert.Equal(new ViewId(7), runs[index].View);
        Assert.Equal(text.Length, runs[index].Length);
        for (int i = 1; i <= text.Length; i++)
        {
            line[i] ^= 1;
            Assert.Equal(-1, runs.Find(line, 1));
            line[i] ^= 1;
        }
    }

    [Fact]
    public void Find_LineThatEndsWithTheRunOrInIt_FindsNothingAndReadsNoFurther()
    {
        var runs = new EnvelopeRuns();
        byte[] text = LineOf(1);
        Remember(runs, text, default, default);

        for (int length = 0; length <= text.Length; length++)
        {
            Assert.Equal(-1, runs.Find(text.AsSpan(0, length), 0));
        }
    }

    [Fact]
    public void Remember_TooShortOrTooLong_RemembersNothing()
    {
        var runs = new EnvelopeRuns();

        Remember(runs, new byte[EnvelopeRuns.MinLength - 1], default, default);
        Remember(runs, new byte[EnvelopeRuns.MaxLength + 1], default, default);

        Assert.Equal(0, runs.Count);
    }

    [Fact]
    public void Remember_TenThousandRuns_KeepsAtMostItsBoundAndFindsWhatItKeeps()
    {
        var runs = new EnvelopeRuns();
        int found = 0;
        for (int round = 0; round < 3; round++)
        {
            found = 0;
            for (int i = 0; i < 10_000; i++)
            {
                byte[] line = [.. LineOf(i), (byte)','];
                int index = runs.Find(line, 0);
                found += index >= 0 ? 1 : 0;
                Assert.True(index < 0 || runs[index].View == new ViewId((ulong)i + 1));
                Remember(runs, line.AsSpan(0, line.Length - 1), new EnvelopeRun { View = new ViewId((ulong)i + 1) }, default);
            }
        }

        Assert.InRange(runs.Count, 900, 1024);
        Assert.InRange(found, 1, 1024);
    }

    [Fact]
    public void Remember_MoreSendersThanRoom_LeavesThoseThatCameFirstUntilAnotherComesAgain()
    {
        var runs = new EnvelopeRuns();
        for (int i = 0; i < 20_000; i++)
        {
            Remember(runs, LineOf(i), new EnvelopeRun { View = new ViewId((ulong)i) }, default);
        }

        byte[] late = [.. LineOf(1_000_000), (byte)','];
        Remember(runs, late.AsSpan(0, late.Length - 1), default, default);
        Assert.Equal(-1, runs.Find(late, 0));
        Remember(runs, late.AsSpan(0, late.Length - 1), default, default);
        Assert.NotEqual(-1, runs.Find(late, 0));
    }

    [Fact]
    public void Forget_ManyRuns_FindsNoneAndStartsAnew()
    {
        var runs = new EnvelopeRuns();
        for (int i = 0; i < 200; i++)
        {
            Remember(runs, LineOf(i), default, default);
        }

        runs.Forget();

        Assert.Equal(0, runs.Count);
        for (int i = 0; i < 200; i++)
        {
            byte[] line = [.. LineOf(i), (byte)','];
            Assert.Equal(-1, runs.Find(line, 0));
            Remember(runs, line.AsSpan(0, line.Length - 1), default, default);
            Assert.NotEqual(-1, runs.Find(line, 0));
        }
    }

    private static void Remember(EnvelopeRuns runs, ReadOnlySpan<byte> text, EnvelopeRun run, ReadOnlySpan<EnvelopeRun.Place> places)
    {
        int index = runs.PlaceFor(text);
        if (index >= 0)
        {
            runs.Remember(index, text, run, places);
        }
    }

    private static byte[] LineOf(int sender) => Encoding.UTF8.GetBytes($"\"view\":\"view-{sender}\",\"viewer\":\"{Padding}\"");
}
