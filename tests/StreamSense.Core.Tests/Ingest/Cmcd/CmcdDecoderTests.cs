using System.Text;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.Cmcd;

namespace StreamSense.Core.Tests.Ingest.Cmcd;

public sealed class CmcdDecoderTests
{
    private static readonly CmcdDecoder _lenient = new();
    private static readonly CmcdDecoder _strict = new(isStrict: true);

    [Theory]
    [InlineData("CMCD=br%3D100%2Cot%3Dv")]
    [InlineData("?CMCD=br%3D100%2Cot%3Dv")]
    [InlineData("https://host/a.m4s?tok=1&CMCD=br%3D100%2Cot%3Dv&x=2")]
    [InlineData("https://host/a.m4s??CMCD=br%3D100%2Cot%3Dv#frag")]
    [InlineData("/a.m4s?CMCD=br=100,ot=v")]
    [InlineData("br=100,ot=v")]
    [InlineData("br%3D100%2Cot%3Dv")]
    [InlineData("  br=100,ot=v  ")]
    public void ReadQuery_AnyForm_FindsTheArgument(string line) =>
        Assert.Equal("br=100,ot=v", Query(line).Data.ToString());

    [Theory]
    [InlineData("")]
    [InlineData("https://host/a.m4s")]
    [InlineData("https://host/a.m4s?xCMCD=br%3D1")]
    [InlineData("https://host/a.m4s?cmcd=br%3D1")]
    [InlineData("/a.m4s?br=1")]
    public void ReadQuery_NoArgument_IsRefused(string line) => Assert.Equal(RejectReason.MissingField, Query(line).Reason);

    [Fact]
    public void ReadQuery_AValueWithQuotes_IsTakenAsItIs()
    {
        CmcdReading reading = Query("nor=\"..%2Fa+b.m4v\",url=\"https://host/x?a=1&b=2\"");

        Assert.Equal("..%2Fa+b.m4v", reading.Data["nor"].Text);
        Assert.Equal("https://host/x?a=1&b=2", reading.Data["url"].Text);
    }

    [Fact]
    public void ReadQuery_AnEncodedValue_IsDecodedOnce() =>
        Assert.Equal("..%2Fa b+c", Query("CMCD=nor%3D%22..%252Fa+b%2Bc%22").Data["nor"].Text);

    [Fact]
    public void ReadQuery_RawAmpersandBetweenQuotes_EndsNothing() =>
        Assert.Equal("a&b#c", Query("/x?CMCD=cid=\"a&b#c\",su&y=1").Data["cid"].Text);

    [Fact]
    public void ReadQuery_TwoArguments_TakesTheFirstAndWarns()
    {
        CmcdReading reading = Query("?CMCD=br%3D1&CMCD=br%3D2");

        Assert.Equal("br=1", reading.Data.ToString());
        Assert.Contains(reading.Warnings, warning => warning.StartsWith("CMCD:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("bl=3993.8321995464853", "bl: has more digits")]
    [InlineData("cid=\"\u00e9t\u00e9\"", "cid: has letters beyond ASCII")]
    [InlineData("com.example-myKey=\"x\"", "com.example-myKey: has capitals")]
    [InlineData("tb=1234567890123456", "tb: has more digits")]
    public void ReadEvent_WhatPlayersGetWrong_IsReadLenientlyWithAWarning(string record, string warning)
    {
        CmcdReading reading = Event(record);

        Assert.Equal(record, reading.Data.ToString());
        Assert.Contains(reading.Warnings, found => found.StartsWith(warning, StringComparison.Ordinal));
        Assert.Equal(RejectReason.Malformed, _strict.ReadEvent(Encoding.UTF8.GetBytes(record)).Reason);
    }

    [Theory]
    [InlineData("br=100,")]
    [InlineData("br=100,,d=5")]
    [InlineData("BR=100")]
    [InlineData("{\"br\":1}")]
    [InlineData("br=")]
    [InlineData("br=1.")]
    [InlineData("br=1e5")]
    [InlineData("cid=\"x")]
    [InlineData("cid=\"a\\b\"")]
    [InlineData("cid=\"a\tb\"")]
    [InlineData("br=(1 2")]
    [InlineData("br=(1,2)")]
    [InlineData("br=(3000;v,v=2")]
    [InlineData("br=1 d=2")]
    [InlineData("br=1;")]
    [InlineData("br=1;B")]
    [InlineData("su=?2")]
    [InlineData("ot=v{")]
    public void ReadEvent_BrokenStructure_IsMalformedEitherWay(string record)
    {
        Assert.Equal(RejectReason.Malformed, Event(record).Reason);
        Assert.Equal(RejectReason.Malformed, _strict.ReadEvent(Encoding.UTF8.GetBytes(record)).Reason);
    }

    [Theory]
    [InlineData("a=1 ,\tb=2", "a=1,b=2")]
    [InlineData("br=( 500;v  32; a) ,ltc=3", "br=(500;v 32;a),ltc=3")]
    [InlineData("a=007,b=-0,c=1.50", "a=7,b=0,c=1.5")]
    [InlineData("a=:aGk=:,b=@17,c=*t/x:y", "a=:aGk=:,b=@17,c=*t/x:y")]
    [InlineData("a=1;p=2;p=3,b;q=?0", "a=1;p=3,b;q=?0")]
    [InlineData("br=1,br=2", "br=2")]
    public void ReadEvent_WhatRfc8941Allows_IsReadStrictly(string record, string read) =>
        Assert.Equal(read, _strict.ReadEvent(Encoding.UTF8.GetBytes(record)).Data.ToString());

    [Fact]
    public void ReadEvent_ValuesOfTheWrongType_AreLeftOutKeyByKey()
    {
        CmcdReading reading = Event("bl=\"9\",br=(\"x\"),bs=true,d=4000,ec=27,ot=7,pr=fast,sid=?1,su=\"yes\",v=2");

        Assert.Equal("d=4000,ec=27,v=2", reading.Data.ToString());
        foreach (string key in new[] { "bl", "br", "bs", "ec", "ot", "pr", "sid", "su" })
        {
            Assert.Contains(reading.Warnings, warning => warning.StartsWith(key + ":", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void ReadEvent_WhatTheReferenceRefusesButPlayersSend_IsTaken()
    {
        CmcdReading reading = Event("e=h,h=\"a.example\",sf=e,sta=w,ts=1764752400000,v=2");

        Assert.Equal(6, reading.Data.Count);
        Assert.Empty(reading.Warnings);
    }

    [Fact]
    public void ReadEvent_UnknownKeys_StayWithAWarning()
    {
        CmcdReading reading = Event("e=t,ts=1,v=2,x-y=a,xyz=1");

        Assert.Equal("e=t,ts=1,v=2,x-y=a,xyz=1", reading.Data.ToString());
        Assert.Equal(
            ["x-y: has no reversed domain name before its hyphen", "xyz: is no key of CMCD, and custom keys have a hyphen"],
            reading.Warnings);
    }

    [Fact]
    public void ReadQuery_VersionAbove2_RefusesTheSet()
    {
        Assert.Equal(RejectReason.UnsupportedVersion, Query("br=1,v=3").Reason);
        Assert.Equal("br=1", Query("br=1,v=x").Data.ToString());
        Assert.Equal(RejectReason.None, Query("br=1,v=3,v=2").Reason);
    }

    [Fact]
    public void Feed_Headers_ReadsBlocksObjectsAndDumps()
    {
        CmcdReading[] readings = Headers(
            """
            A player's first words
            GET /a.m4s?CMCD=br%3D9 HTTP/1.1
            Host: example.org
            cmcd-object: br=1
            CMCD-Status: rtp=100,
             bs
            cmcd-object: d=2

            GET /b.m4s?CMCD=br%3D3 HTTP/1.1
            Host: example.org
            GET /c.m4s HTTP/1.1
            Host: example.org
            {"Host":"h","CMCD-Request":"su","cmcd-session":["cid=\"a\"","sid=\"b\""]}
            {CMCD-Request: 'su', CMCD-Session: 'cid="a\"b"'}
            {"CMCD-Request":5}
            {oh dear
            :path: /d.m4s?CMCD=br%3D4
            """);

        Assert.Equal(
            [
                "Malformed", "br=1,bs,d=2,rtp=100", "br=3", "MissingField", "cid=\"a\",sid=\"b\",su", "cid=\"a\\\"b\",su",
                "MissingField", "Malformed", "br=4",
            ],
            readings.Select(reading => reading.Reason == RejectReason.None ? reading.Data.ToString() : reading.Reason.ToString()));
        Assert.Contains("CMCD: the query argument is passed over, as there are headers", readings[1].Warnings);
    }

    [Fact]
    public void Feed_HeadersInTheWrongPlace_AreReadWithAWarning()
    {
        CmcdReading reading = Assert.Single(Headers("CMCD-Object: bl=100,pr=2\nCMCD-Session: ot=v,pr=2\n"));

        Assert.Equal("bl=100,ot=v,pr=2", reading.Data.ToString());
        Assert.Contains("bl: belongs in CMCD-Request", reading.Warnings);
        Assert.Contains("ot: belongs in CMCD-Object", reading.Warnings);
        Assert.Single(reading.Warnings, warning => warning.StartsWith("pr: belongs", StringComparison.Ordinal));
    }

    [Fact]
    public void Feed_ChunksOfAnySize_GiveTheSameReadings()
    {
        const string Body = "CMCD-Object: br=1\nCMCD-Request: su\n\nCMCD-Object: d=2\r\n\r\n{CMCD-Request: 'bl=100'}\n";
        byte[] bytes = Encoding.UTF8.GetBytes(Body);
        for (int size = 1; size < bytes.Length; size++)
        {
            List<string> read = [];
            var decoder = new CmcdBodyDecoder(CmcdForm.Headers, reading => read.Add(reading.Data.ToString()));
            for (int i = 0; i < bytes.Length; i += size)
            {
                decoder.Feed(bytes.AsSpan(i, Math.Min(size, bytes.Length - i)));
            }

            decoder.Complete();
            Assert.Equal(["br=1,su", "d=2", "bl=100"], read);
        }
    }

    [Theory]
    [InlineData(CmcdForm.Query)]
    [InlineData(CmcdForm.Headers)]
    [InlineData(CmcdForm.Events)]
    public void Feed_AnyBytes_GivesReadingsAndNeverThrows(CmcdForm form)
    {
        var random = new Random(7);
        byte[] seed = Encoding.UTF8.GetBytes(
            "GET /a?CMCD=bl%3D1 HTTP/1.1\nCMCD-Object: br=(1;v 2),cid=\"c\\\"\"\n\n{\"CMCD-Request\":\"su\"}\n{CMCD-Status: 'bs;x=:aa:'}\nv=2,e=t");
        for (int round = 0; round < 5_000; round++)
        {
            byte[] body = [.. seed];
            for (int change = random.Next(1, 8); change > 0; change--)
            {
                body[random.Next(body.Length)] = (byte)random.Next(256);
            }

            int readings = 0;
            var decoder = new CmcdBodyDecoder(form, _ => readings++, isStrict: round % 2 == 0, maxRecordBytes: 64);
            decoder.Feed(body.AsSpan(0, random.Next(1, body.Length + 1)));
            decoder.Complete();
            Assert.True(readings <= body.Length);
        }
    }

    private static CmcdReading Query(string line) => _lenient.ReadQuery(Encoding.UTF8.GetBytes(line));

    private static CmcdReading Event(string record) => _lenient.ReadEvent(Encoding.UTF8.GetBytes(record));

    private static CmcdReading[] Headers(string body)
    {
        List<CmcdReading> readings = [];
        var decoder = new CmcdBodyDecoder(CmcdForm.Headers, readings.Add);
        decoder.Feed(Encoding.UTF8.GetBytes(body));
        decoder.Complete();
        return [.. readings];
    }
}
