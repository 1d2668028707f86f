using System.IO.Compression;
using System.Text;
using StreamSense.Tool.Inputs;

namespace StreamSense.Tool.Tests.Inputs;

public sealed class GzipInputTests
{
    private static readonly string _lines =
        string.Concat(Enumerable.Range(0, 100).Select(i => $"{{\"kind\":\"heartbeat\",\"view\":\"v{i * 7919 % 1000}\"}}\n"));

    [Fact]
    public void Read_OfAFileCutAnywhere_ReadsWhatIsThereAndIsOnlyWholeBehindAMember()
    {
        byte[][] members =
        [
            Gzip.Member(_lines),
            Gzip.EmptyMember,
            WithHeader(Gzip.Member("named\n"), 8, [.. "file name\0"u8]),
            WithHeader(Gzip.Member("with an extra field\n"), 4, [40, 0, .. new byte[40]]),
            WithHeader(Gzip.Member("with another, and a name\n"), 4 | 8 | 16, [40, 0, .. Enumerable.Repeat<byte>(255, 40), .. "a\0b\0"u8]),
            Gzip.Member("stored\n", CompressionLevel.NoCompression),
        ];
        byte[] file = [.. members.SelectMany(member => member)];
        var ends = new HashSet<int>();
        for (int i = 1; i <= members.Length; i++)
        {
            ends.Add(members.Take(i).Sum(member => member.Length));
        }

        foreach (int step in (int[])[1, 3, 1 << 16])
        {
            for (int cut = GzipInput.MagicBytes; cut <= file.Length; cut++)
            {
                (byte[] text, bool isWhole) = Read(file[..cut], step);
                Assert.True(isWhole == ends.Contains(cut), $"cut at {cut} of {file.Length}");
                Assert.Equal(Gzip.Text(file[..cut]), text);
            }
        }
    }

    [Theory]
    [InlineData("\0")]
    [InlineData("{\"kind\":\"heartbeat\"}\n")]
    [InlineData("\u001f")]
    [InlineData("\u001f{")]
    public void Read_OfWhatIsNoMemberBehindOne_IsDamage(string behind)
    {
        (byte[] text, bool isWhole) = Read([.. Gzip.Member(_lines), .. Encoding.UTF8.GetBytes(behind)], 1 << 16);

        Assert.False(isWhole);
        Assert.Equal(_lines, Encoding.UTF8.GetString(text));
    }

    [Fact]
    public void Read_OfAWrongChecksum_IsDamage()
    {
        byte[] file = Gzip.Member(_lines);
        file[^5] ^= 1;

        Assert.False(Read(file, 1 << 16).IsWhole);
    }

    [Fact]
    public void Read_OfDamageAnywhere_GivesAllTextBeforeItWhereTheFileCanBeOpenedAgain()
    {
        // Long enough for several blocks, and hard to pack.
        var random = new Random(1);
        byte[] first = Gzip.Member(string.Concat(Enumerable.Range(0, 60_000).Select(_ => random.Next())));
        byte[] file = [.. first, .. Gzip.Member(_lines)];
        for (int round = 0; round < 40; round++)
        {
            byte[] damaged = [.. file];
            damaged[random.Next(20, file.Length)] ^= (byte)(1 << random.Next(8));
            byte[] before = OneByteAtATime(damaged);

            (byte[] text, bool isWhole) = Read(damaged, 1 << 16, () => new MemoryStream(damaged));
            Assert.Equal(before.Length, text.Length);
            Assert.Equal(before, text);

            (byte[] piped, bool isPipeWhole) = Read(damaged, 1 << 16);
            Assert.Equal(isWhole, isPipeWhole);
            Assert.InRange(piped.Length, before.Length - 4095, before.Length);
            Assert.Equal(before[..piped.Length], piped);
        }
    }

    [Fact]
    public void Read_OfMuchTextInAFewBytes_NeedsNoMoreMemoryThanOfLittle()
    {
        byte[] member = Gzip.Member(new byte[1 << 24]);
        byte[] file = [.. member, .. member, .. member, .. member];
        var into = new byte[1 << 20];
        Read([.. Gzip.EmptyMember], 1 << 16);

        long before = GC.GetAllocatedBytesForCurrentThread();
        long text = 0;
        using (var input = new GzipInput(file[..2], new MemoryStream(file, 2, file.Length - 2)))
        {
            for (int count = -1; count != 0; text += count)
            {
                count = input.Read(into);
            }
        }

        Assert.Equal(4L << 24, text);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 18);
    }

    private static byte[] WithHeader(byte[] member, byte flags, byte[] fields)
    {
        const int plain = 10;
        byte[] all = [.. member[..plain], .. fields, .. member[plain..]];
        all[3] = flags;
        return all;
    }

    private static byte[] OneByteAtATime(byte[] file)
    {
        using var text = new MemoryStream();
        using var stream = new GZipStream(new MemoryStream(file), CompressionMode.Decompress);
        try
        {
            for (int next = stream.ReadByte(); next >= 0; next = stream.ReadByte())
            {
                text.WriteByte((byte)next);
            }
        }
        catch (InvalidDataException)
        {
            // What came before is what there is.
        }

        return text.ToArray();
    }

    private static (byte[] Text, bool IsWhole) Read(byte[] file, int step, Func<Stream>? again = null)
    {
        using var text = new MemoryStream();
        using var input = new GzipInput(file[..GzipInput.MagicBytes], new Steps(file[GzipInput.MagicBytes..], step), again);
        var into = new byte[1 << 16];
        try
        {
            for (int count = -1; count != 0; text.Write(into, 0, count))
            {
                count = input.Read(into);
            }

            return (text.ToArray(), true);
        }
        catch (InvalidDataException)
        {
            return (text.ToArray(), false);
        }
    }

    // As a pipe: a few bytes at a time.
    private sealed class Steps(byte[] bytes, int step) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(step, count));
    }
}
