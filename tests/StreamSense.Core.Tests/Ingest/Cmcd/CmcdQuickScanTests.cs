using System.Text;
using System.Text.Unicode;
using StreamSense.Core.Ingest.Cmcd;

namespace StreamSense.Core.Tests.Ingest.Cmcd;

public sealed class CmcdQuickScanTests
{
    private const long Most = long.MaxValue / 1000;
    private const string Alphabet = ",=\"%&#+;()\\?@:-*. 0123456789abdfrstuvAZ~\u00e9\0";

    [Theory]
    [InlineData("CMCD=bl%3D2400%2Ccid%3D%22film-1%22%2Cnor%3D%22a%252Fb.m4s%22%2Cot%3Dv%2Csu%2Ccom.example-k%3D1.5", true)]
    [InlineData("/a.m4s?x=1&CMCD=br=1,nor=\"a.m4s\",su&y=2", true)]
    [InlineData("CMCD=d%3d123456789012345%2cts%3d1764752430000#top", true)]
    [InlineData("CMCD=d%3D1234567890123456", false)]
    [InlineData("CMCD=pr%3D1.2345", false)]
    [InlineData("CMCD=cid%3D%22a%20b%22", false)]
    [InlineData("CMCD=cid%3D%22a\"", false)]
    [InlineData("CMCD=nor%3D%22a%5C%22b%22", false)]
    [InlineData("CMCD=br%3D(1)%2Cbl%3D(1200%3Ba)", false)]
    [InlineData("CMCD=br%3D(1)%2Csu&y=2", true)]
    [InlineData("CMCD=br=(800;v 128;a),nor=(\"a\";r=\"0-9\")", true)]
    [InlineData("CMCD=br=(800;v 128;a;),su", false)]
    [InlineData("CMCD=br=(800)x", false)]
    [InlineData("CMCD=br%3D1,su", false)]
    [InlineData("CMCD=br%3D1%2C", false)]
    [InlineData("CMCD=BR%3D1", false)]
    [InlineData("CMCD=br%3", false)]
    [InlineData("CMCD=", false)]
    [InlineData("br=1234", false)]
    public void TryScanQuery_Argument_IsTakenOnlyIfNothingNeedsDecoding(string line, bool isTaken) =>
        Assert.Equal(isTaken, Compare(Encoding.UTF8.GetBytes(line)));

    [Fact]
    public void TryScanQuery_RandomRecords_ReadAsTheyAreDecoded()
    {
        int taken = 0;
        for (int seed = 0; seed < 4_000; seed++)
        {
            string record = RandomCmcd.Of(seed, version: 1 + (seed % 4 / 3), isEvent: seed % 8 == 0).ToString();
            taken += Compare(Encoding.UTF8.GetBytes("CMCD=" + Uri.EscapeDataString(record))) ? 1 : 0;
            taken += Compare(Encoding.UTF8.GetBytes("/a?CMCD=" + record)) ? 1 : 0;
        }

        Assert.True(taken > 400);
    }

    [Fact]
    public void TryScanQuery_DamagedRecords_ReadAsTheyAreDecoded()
    {
        var random = new Random(7);
        string[] seeds =
        [
            "CMCD=bl%3D2400%2Cbr%3D6000%2Ccid%3D%22film-1%22%2Cd%3D4004%2Cnor%3D%22a%252Fb.m4s%22%2Cot%3Dav%2Cpr%3D1.08%2Csid%3D%22ab%22%2Csu",
            "CMCD=bl=2400,br=6000,cid=\"film-1\",d=40041234567,nor=\"a.m4s\",ot=av,pr=1.08,sid=\"ab\",su&x=\"1\"",
        ];
        int taken = 0;
        for (int round = 0; round < 40_000; round++)
        {
            var line = new StringBuilder(seeds[round % 2]);
            for (int change = random.Next(1, 4); change > 0; change--)
            {
                line[random.Next(5, line.Length)] = Alphabet[random.Next(Alphabet.Length)];
            }

            int length = random.Next(3) == 0 ? random.Next(line.Length + 1) : line.Length;
            taken += Compare(Encoding.UTF8.GetBytes(line.ToString(0, length))) ? 1 : 0;
        }

        Assert.True(taken > 2_000);
    }

    [Fact]
    public void TryScan_RandomAndDamagedRecords_ReadAsByTheFullReader()
    {
        var random = new Random(9);
        int taken = 0;
        for (int round = 0; round < 30_000; round++)
        {
            var record = new StringBuilder(RandomCmcd.Of(round % 3_000, version: 1 + (round % 2), isEvent: round % 3 == 0).ToString());
            record.Replace(",", ", ", 0, random.Next(2) * (record.Length / 2));
            for (int change = random.Next(0, 3); change > 0 && record.Length > 0; change--)
            {
                record[random.Next(record.Length)] = Alphabet[random.Next(Alphabet.Length)];
            }

            taken += ComparePlain(Encoding.UTF8.GetBytes(record.ToString())) ? 1 : 0;
        }

        Assert.True(taken > 3_000, $"{taken} were taken");
    }

    [Fact]
    public void TryScan_PartsOfARecord_AreAddedUp()
    {
        byte[] record = Encoding.UTF8.GetBytes("br=1 sid=\"a\"");
        var scratch = new CmcdScratch();
        scratch.Begin(record.Length);

        Assert.True(CmcdQuickScan.TryScan(record, 0, 4, scratch));
        Assert.True(CmcdQuickScan.TryScan(record, 4, 8, scratch));
        Assert.True(scratch.Has(CmcdKey.Br) && scratch.Has(CmcdKey.Sid));
        Assert.Equal((10, 1), (scratch.Slots[(int)CmcdKey.Sid].Start, scratch.Slots[(int)CmcdKey.Sid].Length));
    }

    private static bool ComparePlain(byte[] text)
    {
        var scratch = new CmcdScratch();
        scratch.Begin(text.Length);
        if (!CmcdQuickScan.TryScan(text, 0, text.Length, scratch))
        {
            return false;
        }

        Assert.True(CmcdRecord.TryScan(text, scratch, out CmcdRecord record, isStrict: true));
        CompareWithFullReader(ref record, text, Encoding.UTF8.GetString(text));
        return true;
    }

    // Whether a line was taken; if so, all that can be read of it is what the full reader gives, to the letter of RFC 8941.
    private static bool Compare(byte[] line)
    {
        var scratch = new CmcdScratch();
        if (!CmcdRecord.TryScanQuery(line, scratch, out CmcdRecord record))
        {
            return false;
        }

        string text = Encoding.UTF8.GetString(line);
        Assert.True(new CmcdQueryText().TryFind(line, out ReadOnlySpan<byte> value, allowBare: true), text);
        Assert.True(Utf8.IsValid(value), text);
        CompareWithFullReader(ref record, value, text);
        return true;
    }

    private static void CompareWithFullReader(ref CmcdRecord record, ReadOnlySpan<byte> value, string text)
    {
        Assert.True(CmcdRecord.TryRead(value, new CmcdScratch(), out CmcdRecord expected, isStrict: true), text);
        for (CmcdKey key = 0; key < CmcdKey.Count; key++)
        {
            Assert.Equal(expected.Has(key), record.Has(key));
            Assert.Equal(expected[key].Type, record[key].Type);
            Assert.True(expected[key].Raw.SequenceEqual(record[key].Raw), text);
            Assert.True(expected.ReadText(key, 5).SequenceEqual(record.ReadText(key, 5)), text);
            Assert.Equal(expected.ReadTruth(key), record.ReadTruth(key));
            Assert.Equal(expected.TryReadNumber(key, 5_000, out long number), record.TryReadNumber(key, 5_000, out long quick));
            Assert.Equal(number, quick);
            Assert.Equal(expected.TryReadNumber(key, Most, out number, 3), record.TryReadNumber(key, Most, out quick, 3));
            Assert.Equal(number, quick);
            Assert.Equal(expected.Ignored, record.Ignored);
        }
    }
}
