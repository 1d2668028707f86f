using FsCheck;
using FsCheck.Fluent;
using StreamSense.Core.Events;
using StreamSense.Core.Sketches;

namespace StreamSense.Core.Tests.Sketches;

/// <summary>The bytes of every sketch: those that version 1 wrote are read for ever, and damage is told, not believed.</summary>
public sealed class SketchFormatTests
{
    public static TheoryData<string> Names =>
    [
        "hyperloglog-empty", "hyperloglog-sparse", "hyperloglog-dense", "quantile-empty", "quantile-few", "quantile-many",
        "heavy-hitters", "count-min", "decayed", "decayed-empty", "histogram",
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void WriteTo_TheSameInput_WritesTheFixture(string name)
    {
        string path = PathOf(name);
        string written = Convert.ToHexString(Written(name));
        Assert.True(File.Exists(path), $"{path} is missing; it should hold {written}");
        Assert.Equal(Lines(File.ReadAllText(path)), written);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_AFixture_GivesTheSketchThatWroteIt(string name)
    {
        byte[] fixture = Convert.FromHexString(Lines(File.ReadAllText(PathOf(name))));
        Assert.Equal(fixture, ReadAndWritten(name, fixture));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_BytesCutOrLengthened_SaysSo(string name)
    {
        byte[] bytes = Written(name);
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => ReadAndWritten(name, bytes[..length]));
        }

        Assert.Throws<InvalidDataException>(() => ReadAndWritten(name, [.. bytes, 0]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_AnyByteChanged_SaysSoOrGivesASketch(string name)
    {
        byte[] bytes = Written(name);
        for (int place = 0; place < bytes.Length; place++)
        {
            foreach (byte change in new byte[] { 1, 0x40, 0x80, 0xFF })
            {
                byte[] changed = [.. bytes];
                changed[place] ^= change;
                TryRead(name, changed, mustFail: place < 4);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_AHeaderAndAnything_SaysSoOrGivesASketch(string name)
    {
        byte[] header = Written(name)[..4];
        Prop.ForAll<byte[]>(rest => TryRead(name, [.. header, .. rest], mustFail: false)).QuickCheckThrowOnFailure();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_CountsOfBillions_TakesNoRoomForThem(string name)
    {
        byte[] header = Written(name)[..4];
        byte[] bytes = [.. header, .. Enumerable.Repeat((byte)0xFF, 40)];
        long before = GC.GetAllocatedBytesForCurrentThread();
        TryRead(name, bytes, mustFail: true);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, long.MinValue, 100_000);
    }

    private static void TryRead(string name, byte[] bytes, bool mustFail)
    {
        try
        {
            byte[] written = ReadAndWritten(name, bytes);
            Assert.False(mustFail, "Damage in the header was not noticed.");
            Assert.Equal(bytes, written);
        }
        catch (InvalidDataException)
        {
            // That is the answer to damage.
        }
    }

    private static string PathOf(string name)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !Directory.Exists(Path.Combine(folder.FullName, "Sketches", "Fixtures")))
        {
            folder = folder.Parent;
        }

        Assert.NotNull(folder);
        return Path.Combine(folder.FullName, "Sketches", "Fixtures", name + ".v1.hex");
    }

    private static string Lines(string text) => string.Concat(text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static byte[] ReadAndWritten(string name, byte[] bytes) => name.Split('-')[0] switch
    {
        "hyperloglog" => SketchLaws.BytesOf(HyperLogLog.Read(bytes)),
        "quantile" => SketchLaws.BytesOf(QuantileSketch.Read(bytes)),
        "heavy" => SketchLaws.BytesOf(HeavyHitters.Read(bytes)),
        "count" => SketchLaws.BytesOf(CountMinSketch.Read(bytes)),
        "decayed" => SketchLaws.BytesOf(DecayedCounter.Read(bytes)),
        _ => SketchLaws.BytesOf(FixedHistogram.Read(bytes)),
    };

    private static byte[] Written(string name) => name switch
    {
        "hyperloglog-empty" => SketchLaws.BytesOf(new HyperLogLog()),
        "hyperloglog-sparse" => SketchLaws.BytesOf(Distinct(precision: 12, keys: 30)),
        "hyperloglog-dense" => SketchLaws.BytesOf(Distinct(precision: 6, keys: 500)),
        "quantile-empty" => SketchLaws.BytesOf(new QuantileSketch()),
        "quantile-few" => SketchLaws.BytesOf(Values(5)),
        "quantile-many" => SketchLaws.BytesOf(Values(200)),
        "heavy-hitters" => SketchLaws.BytesOf(Heavy()),
        "count-min" => SketchLaws.BytesOf(Counted()),
        "decayed" => SketchLaws.BytesOf(Decayed(40)),
        "decayed-empty" => SketchLaws.BytesOf(Decayed(0)),
        _ => SketchLaws.BytesOf(Histogram()),
    };

    private static HyperLogLog Distinct(int precision, int keys)
    {
        var sketch = new HyperLogLog(precision, seed: 42);
        for (ulong key = 0; key < (ulong)keys; key++)
        {
            sketch.Add(key);
        }

        return sketch;
    }

    private static QuantileSketch Values(int count)
    {
        var sketch = new QuantileSketch();
        for (int i = 0; i < count; i++)
        {
            sketch.Add(i * i * 37L);
        }

        return sketch;
    }

    private static HeavyHitters Heavy()
    {
        var sketch = new HeavyHitters(counters: 16, seed: 3);
        for (int i = 1; i < 300; i++)
        {
            sketch.Add((ulong)(i % (1 + (i % 41))), i);
        }

        return sketch;
    }

    private static CountMinSketch Counted()
    {
        var sketch = new CountMinSketch(depth: 2, width: 16, seed: 9);
        for (int i = 0; i < 1_000; i++)
        {
            sketch.Add((ulong)(i % 23));
        }

        return sketch;
    }

    private static DecayedCounter Decayed(int weights)
    {
        var counter = new DecayedCounter(TimeSpan.FromMinutes(5));
        for (int i = 0; i < weights; i++)
        {
            counter.Add(new EventTime(1_700_000_000_000_000L + (i * 123_456_789L)), i - 5);
        }

        return counter;
    }

    private static FixedHistogram Histogram()
    {
        var histogram = new FixedHistogram(-10, 0, 250, 1_000);
        for (int i = -100; i < 2_000; i++)
        {
            histogram.Add(i);
        }

        return histogram;
    }
}
