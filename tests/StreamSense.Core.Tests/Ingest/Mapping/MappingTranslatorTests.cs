using System.Text;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.Mapping;

namespace StreamSense.Core.Tests.Ingest.Mapping;

public sealed class MappingTranslatorTests
{
    private const int Rounds = 5;
    private const int RowsOfARound = 1000;

    public static TheoryData<string> Samples => ShippedMappingTests.Files;

    [Theory]
    [InlineData("movielens", "1,31,2.5,1260759144", "userId,movieId,rating,timestamp")]
    [InlineData("cdnow", " 00004 0001 19990101  2   29.33", "")]
    [InlineData("akamai-datastream2", "{\"reqId\":\"1\",\"reqTimeSec\":\"1700000000.125\",\"cmcd\":\"bl%3D1%2Csid%3D%22s%22\",\"timeToFirstByte\":\"12\"}", "")]
    [InlineData("fastly", "{\"timestamp\":\"2023-11-14T22:13:20+0000\",\"time_to_first_byte\":\"0.002\",\"fastly_info_state\":\"HIT\"}", "")]
    public void Translate_WarmRecord_AllocatesNothing(string mapping, string row, string header)
    {
        var translator = new MappingTranslator(SourceMapping.Load(Mapped.PathOf($"samples/mappings/{mapping}.json")));
        var output = new CanonicalRecords();
        byte[] piece = Encoding.UTF8.GetBytes(row);
        if (header.Length > 0)
        {
            translator.Translate(Encoding.UTF8.GetBytes(header), output);
        }

        translator.Translate(piece, output);
        Assert.Equal(RejectReason.None, output[0].Reason);

        long least = long.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < RowsOfARound; i++)
            {
                output.Clear();
                translator.Translate(piece, output);
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Translate_AnyText_GivesEveryLineOnceAndDoesNotThrow(string mapping)
    {
        string[] seeds =
        [
            "userId,movieId,rating,timestamp", "1,2,3.5,964982703", "1::2::3::4", " 1 2 19970101 3 4.5", "\"a\"\"b\",c", "\"open",
            "{\"type\":\"playing\",\"view_id\":\"w\",\"viewer_time\":1.5e300}", "{\"results\":[{\"titleId\":[]},{}]}", "{\"cmcd\":\"%%3\",\"reqTimeSec\":\"-\"}",
            "title,type,name", "é,\uD83D\uDE00,\0", "{\"a\":", "[]", "-", "#",
        ];
        SourceMapping loaded = SourceMapping.Load(Mapped.PathOf($"samples/mappings/{mapping}.json"));
        var random = new Random(7);
        for (int round = 0; round < 80; round++)
        {
            var body = new StringBuilder();
            int lines = random.Next(1, 12);
            for (int i = 0; i < lines; i++)
            {
                body.Append(Mutate(seeds[random.Next(seeds.Length)], random)).Append('\n');
            }

            (_, IngestResult result, _) = Mapped.Ingest(loaded, Encoding.UTF8.GetBytes(body.ToString()));
            Assert.Equal(result.Offered, result.Written + result.Rejected);
        }
    }

    [Fact]
    public void Load_AnyMutationOfAMapping_LoadsOrSaysWhyNot()
    {
        string[] seeds = [.. ShippedMappingTests.Names.Select(name => File.ReadAllText(Mapped.PathOf($"samples/mappings/{name}.json")))];
        byte[] body = Encoding.UTF8.GetBytes("a,b,c,d\n1,2,3,4\n{\"type\":\"hb\",\"results\":[{}]}\n1::2::3::4\n\"x\ny\",2\n");
        var random = new Random(11);
        int loaded = 0;
        for (int round = 0; round < 800; round++)
        {
            try
            {
                SourceMapping mapping = Mapped.Load(Mutate(seeds[random.Next(seeds.Length)], random));
                (_, IngestResult result, _) = Mapped.Ingest(mapping, body);
                Assert.Equal(result.Offered, result.Written + result.Rejected);
                loaded++;
            }
            catch (MappingException error)
            {
                Assert.True(error.Line > 0 && error.Column > 0, error.Message);
            }
        }

        Assert.InRange(loaded, 50, 799);
    }

    private static string Mutate(string text, Random random)
    {
        string[] inserts = ["\"", "{", "}", "[", "]", ",", ":", "null", "1e9", "-", "\\u0000", "::", "%", "true", "é", " "];
        for (int i = random.Next(4); i > 0; i--)
        {
            int at = random.Next(text.Length + 1);
            int removed = random.Next(3) == 0 ? Math.Min(random.Next(6), text.Length - at) : 0;
            text = text[..at] + (random.Next(3) == 0 ? inserts[random.Next(inserts.Length)] : "") + text[(at + removed)..];
        }

        return text;
    }
}
